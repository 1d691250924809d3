"""How far was expected beside how far it came, and whose estimates are further off: for the reports that show it."""
