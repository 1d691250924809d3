"""The pages of the ladder room."""
