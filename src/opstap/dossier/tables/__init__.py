"""What the pages of the dossier room show, in words."""
