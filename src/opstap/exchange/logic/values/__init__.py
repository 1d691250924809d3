"""One cell to one value, or to a fault that says why not. Never raises, whatever the cell holds."""
