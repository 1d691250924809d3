"""Reads of the facts room."""
