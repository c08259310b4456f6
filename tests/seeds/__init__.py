"""Tests on the five real archived pages beside the project."""
