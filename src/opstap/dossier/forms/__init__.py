"""The forms by which a dossier is put right, closed, begun and merged."""
