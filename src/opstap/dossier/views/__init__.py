"""The pages of the dossier room."""
