"""Telling the access logs of other municipalities what was done with the account of who holds a role there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from opstap.accounts.logic.told import CHANGED, why_of
from opstap.accounts.models import User
from opstap.accounts.selectors.towns import towns_of
from opstap.audit.logic.entries import DONE
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access
from opstap.audit.permissions import Actor
from opstap.foundation import dates

ACCOUNT = "accounts:user"  # the address, as the access log has it


def tell_log(by: Actor, municipality_id: int, user: User, why: str, *, done_for: str, action: str = ACCOUNT) -> None:
    """One entry in the log of a municipality: who did it, for which other one, and of whom."""
    there = replace(by, municipality_id=municipality_id, on_behalf_of=done_for)
    log_access(by=there, action=action, method="POST", result=DONE, seen=Seen(why=why_of(why, user.reference)))


def tell_changed(by: Actor, user: User) -> None:
    """That another way to come in by an account was made, in the log of each other municipality it opens now."""
    towns = {one.pk for one in towns_of(user, dates.today())} - {user.municipality_id}
    tell_others(by, towns, user, CHANGED)


def tell_others(by: Actor, municipality_ids: Iterable[int], user: User, why: str) -> None:
    """The same in the log of each of these, done for the municipality that keeps the account."""
    for one in sorted(municipality_ids):
        tell_log(by, one, user, why, done_for=user.municipality.name)
