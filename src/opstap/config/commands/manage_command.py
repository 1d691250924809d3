"""`opstap manage …`: Django's own commands."""

from __future__ import annotations

from django.core.management import execute_from_command_line


def run(arguments: list[str]) -> int:
    """Hand over to Django."""
    execute_from_command_line(["opstap manage", *arguments])
    return 0
