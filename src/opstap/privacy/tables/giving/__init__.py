"""A person's whole dossier: as a document to read and as a file of data."""
