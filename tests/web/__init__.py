"""Tests of the web package, over a searcher in memory."""
