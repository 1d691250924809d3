"""A command that shows or changes people's data, in the access log: once when it begins, once when it has ended."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace

from opstap.audit.logic.entries import BEGUN, DONE, FAILED, REFUSED
from opstap.audit.logic.seen import Seen, watching
from opstap.audit.operations import LogUnavailable, log_access
from opstap.audit.permissions import Actor, command_line
from opstap.config.command import Refusal
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation import dates

_begun: ContextVar[str] = ContextVar("_begun", default="")


def begin(name: str) -> None:
    """Once its arguments are right: bring the database up to date, and say in the log that the command begins.

    It does not begin while the log can't be written. What was typed on the line is not kept.
    """
    ensure_up_to_date()
    _log(name, BEGUN, Seen())
    _begun.set(name)


def run_and_log(run: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; one that began in the log ends there too, whatever becomes of it."""
    _begun.set("")
    result = FAILED
    with watching() as seen:
        seen.began_at = dates.now()
        try:
            code = run(arguments)
            result = DONE if code == 0 else REFUSED
        except Refusal:
            result = REFUSED
            raise
        finally:
            if _begun.get():
                _log(_begun.get(), result, seen)
    return code


def _log(name: str, result: str, seen: Seen) -> None:
    who: Actor = replace(command_line(), on_behalf_of=_of_the_machine())
    try:
        log_access(by=who, action=f"command:{name}", method="", result=result, seen=seen)
    except LogUnavailable as problem:
        raise Refusal(
            f"het inzagelogboek kan niet worden bijgeschreven ({problem.__cause__}). Zonder logboek geeft Opstap geen "
            "gegevens. Kijk of de schijf vol is en of de database antwoordt."
        ) from None


def _of_the_machine() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a user of the machine without a name
