"""Words and rows of the contacts room."""
