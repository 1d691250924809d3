"""Words and rows of the privacy room."""
