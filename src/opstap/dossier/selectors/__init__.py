"""Reads of the dossier room: they put together what the rooms below know."""
