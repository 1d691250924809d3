"""Words of the plans room."""
