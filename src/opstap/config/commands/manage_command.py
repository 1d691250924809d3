"""`opstap manage …`: Django's own commands."""

from __future__ import annotations

from difflib import get_close_matches

from django.core.management import execute_from_command_line, get_commands

from opstap.config.command import REFUSED, WrongUse


def run(arguments: list[str]) -> int:
    """Hand over to Django; what it ends with 1 was refused."""
    name = arguments[0] if arguments else "help"
    known = sorted([*get_commands(), "help"])
    if not name.startswith("-") and name not in known:
        near = get_close_matches(name, known, n=1)
        meant = f" Bedoelt u {near[0]}?" if near else ""
        raise WrongUse(f"Django heeft geen opdracht '{name}'.{meant} Er zijn: {', '.join(known)}.")
    try:
        execute_from_command_line(["opstap manage", *arguments])
    except SystemExit as ended:
        if ended.code == 1:
            return REFUSED
        raise
    return 0
