"""A command that shows or changes people's data, in the access log: once when it begins, once when it has ended."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace

from opstap.audit.logic.entries import BEGUN, DONE, FAILED, REFUSED
from opstap.audit.logic.seen import Seen, watching
from opstap.audit.operations import LogUnavailable, log_access
from opstap.audit.permissions import Actor, command_line
from opstap.config.command import Refusal
from opstap.config.commands.migrate_command import ensure_up_to_date


def logged(name: str, run: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run the command; it does not begin while the log can't be written. Values typed on the line are not kept."""
    who, action = replace(command_line(), on_behalf_of=_of_the_machine()), f"command:{name}"
    ensure_up_to_date()
    try:
        return _between(who, action, run, arguments)
    except LogUnavailable as problem:
        raise Refusal(
            f"het inzagelogboek kan niet worden bijgeschreven ({problem.__cause__}). Zonder logboek geeft Opstap geen "
            "gegevens. Kijk of de schijf vol is en of de database antwoordt."
        ) from None


def _between(who: Actor, action: str, run: Callable[[list[str]], int], arguments: list[str]) -> int:
    log_access(by=who, action=action, method="", result=BEGUN, seen=Seen())
    result = FAILED
    with watching() as seen:
        try:
            code = run(arguments)
            result = DONE if code == 0 else REFUSED
        except Refusal:
            result = REFUSED
            raise
        finally:
            log_access(by=who, action=action, method="", result=result, seen=seen)
    return code


def _of_the_machine() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a user of the machine without a name
