"""Pages of the administration room."""
