"""What is measured side by side with a named alternative; started by hand, never part of a test."""
