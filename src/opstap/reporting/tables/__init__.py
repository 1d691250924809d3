"""Counted figures given words, rows and columns: the same for page, export and command."""
