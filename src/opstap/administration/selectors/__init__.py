"""Reads of the administration room."""
