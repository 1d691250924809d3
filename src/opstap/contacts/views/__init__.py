"""The pages of the contacts room."""
