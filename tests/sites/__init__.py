"""Sample sites of our own writing, with what their pages must become."""
