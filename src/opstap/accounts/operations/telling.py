"""Telling the access logs of other municipalities what was done with the account of who holds a role there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from opstap.accounts.logic.told import why_of
from opstap.accounts.models import User
from opstap.audit.logic.entries import DONE
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access
from opstap.audit.permissions import Actor

ACCOUNT = "accounts:user"  # the address, as the access log has it


def tell_log(by: Actor, municipality_id: int, user: User, why: str, *, done_for: str, action: str = ACCOUNT) -> None:
    """One entry in the log of a municipality: who did it, for which other one, and of whom."""
    there = replace(by, municipality_id=municipality_id, on_behalf_of=done_for)
    log_access(by=there, action=action, method="POST", result=DONE, seen=Seen(why=why_of(why, user.reference)))


def tell_others(by: Actor, municipality_ids: Iterable[int], user: User, why: str) -> None:
    """The same in the log of each of these, done for the municipality that keeps the account."""
    for one in sorted(municipality_ids):
        tell_log(by, one, user, why, done_for=user.municipality.name)
