"""Pages of the import: file, columns, check, done."""
