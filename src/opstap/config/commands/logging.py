"""A command that shows or changes people's data, in the access log: once when it begins, once when it has ended."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseProblem

from opstap.audit.logic.entries import BEGUN, DONE, FAILED, REFUSED
from opstap.audit.logic.seen import Seen, watching
from opstap.audit.operations import LogUnavailable, log_access, writing
from opstap.audit.permissions import Actor, command_line
from opstap.config.backups.in_use import turn
from opstap.config.backups.journal import UNSAID, all_said, unsaid_of
from opstap.config.command import Refusal
from opstap.config.commands.choosing import local_moment
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation import dates
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class _Begun:
    """What stands in the log as begun, and how the municipality is found that it is for."""

    name: str
    meant: Callable[[], Municipality | None]


_begun: ContextVar[_Begun | None] = ContextVar("_begun", default=None)


def of_all() -> Municipality | None:
    """For every municipality at once: each has the record in its log."""
    return None


def begin(name: str, meant: Callable[[], Municipality | None] = of_all, *, why: str = "") -> None:
    """Once its arguments are right: bring the database up to date, and say in the log that the command begins.

    It does not begin while the log can't be written. What was typed on the line is not kept, but for the municipality
    that was meant: both records stand in its log alone.
    """
    ensure_up_to_date()
    say_put_back()
    begun = _Begun(name, meant)
    _log(begun, BEGUN, Seen(why=why))
    _begun.set(begun)


def log_done(name: str, *, why: str = "") -> None:
    """In the log, of a command that can't say so before it has done it."""
    _log(_Begun(name, of_all), DONE, Seen(why=why))


def say_put_back() -> None:
    """Record, and say in the log, that a backup was put back, of when, and what became of the log of then.

    Before anybody works again: where the restore was cut off, whoever comes next does. Refused while it can't be said.
    """
    data = Path(settings.DATA)
    if not unsaid_of(data):
        return
    with turn(data, UNSAID):
        for one in unsaid_of(data):
            with writing(by=command_line(), verb="restore_backup", about=f"recording {one.recording}"):
                pass
            log_done("restore", why=f"{one.log} {local_moment(datetime.fromisoformat(one.made_at))}")
        all_said(data)


def run_and_log(run: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; one that began in the log ends there too, whatever becomes of it."""
    _begun.set(None)
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
            begun = _begun.get()
            if begun is not None:
                _log(begun, result, seen)
    return code


def _log(begun: _Begun, result: str, seen: Seen) -> None:
    who: Actor = replace(command_line(), on_behalf_of=_of_the_machine(), municipality_id=_where(begun))
    try:
        log_access(by=who, action=f"command:{begun.name}", method="", result=result, seen=seen)
    except LogUnavailable as problem:
        raise Refusal(
            f"het inzagelogboek kan niet worden bijgeschreven ({problem.__cause__}). Zonder logboek geeft Opstap geen "
            "gegevens. Kijk of de schijf vol is en of de database antwoordt."
        ) from None


def _where(begun: _Begun) -> int | None:
    """Of a database that does not answer nobody knows it; that the command ended still goes into the log."""
    try:
        meant = begun.meant()
    except DatabaseProblem:
        return None
    return None if meant is None else meant.pk


def _of_the_machine() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a user of the machine without a name
