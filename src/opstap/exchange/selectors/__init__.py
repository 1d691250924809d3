"""Reads of the exchange room: the words of the installation, a file as read, and what an import would change."""
