"""Words of the pages of administration."""
