"""Reads of the reporting room."""
