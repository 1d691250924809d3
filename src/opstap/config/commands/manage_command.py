"""`opstap manage …`: Django's own commands."""

from __future__ import annotations

from difflib import get_close_matches

from django.core.management import execute_from_command_line, get_commands

from opstap.config.command import REFUSED, WrongUse
from opstap.config.commands.logging import begin

# These read and write nobody. Of any other (shell, dumpdata, dbshell, …) it stands in the log that it was given.
SHOWS_NOBODY = frozenset({
    "check", "compilemessages", "diffsettings", "findstatic", "help", "makemessages", "makemigrations", "migrate",
    "optimizemigration", "showmigrations", "sqlflush", "sqlmigrate", "sqlsequencereset", "squashmigrations", "startapp",
    "startproject", "version",
})  # fmt: skip


def run(arguments: list[str]) -> int:
    """Hand over to Django; what it ends with 1 was refused."""
    name = arguments[0] if arguments else "help"
    known = sorted([*get_commands(), "help"])
    if not name.startswith("-") and name not in known:
        near = get_close_matches(name, known, n=1)
        meant = f" Bedoelt u {near[0]}?" if near else ""
        raise WrongUse(f"Django heeft geen opdracht '{name}'.{meant} Er zijn: {', '.join(known)}.")
    if not name.startswith("-") and name not in SHOWS_NOBODY:
        begin("manage", why=name)
    try:
        execute_from_command_line(["opstap manage", *arguments])
    except SystemExit as ended:
        if ended.code == 1:
            return REFUSED
        raise
    return 0
