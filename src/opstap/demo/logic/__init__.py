"""Drawing the town by chance: pure values and functions, no web framework, no database, no clock of the wall."""
