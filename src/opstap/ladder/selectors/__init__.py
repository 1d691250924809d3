"""Reads of the ladder room."""
