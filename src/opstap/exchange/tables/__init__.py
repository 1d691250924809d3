"""How the import is shown: the words to its codes. What is found wrong is decided in logic."""
