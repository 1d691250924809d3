"""Reads of the clients room."""
