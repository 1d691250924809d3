"""Ending sessions: one's own, somebody else's, and all of who leaves."""

from __future__ import annotations

from django.db.models import QuerySet

from opstap.accounts.models import RoleHolding, Session, User
from opstap.accounts.permissions import require_keeping
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates


def end_session(*, by: Actor, session: Session) -> None:
    """End one session; that browser must sign in again."""
    _require_own(by, session.user)
    with writing(by=by, verb="end_sessions", about=by.reference):
        session.delete()


def end_sessions_of(*, by: Actor, user: User, besides: str | None = None) -> int:
    """End all sessions of somebody, but the one with this key; returns how many."""
    _require_own(by, user)
    found = Session.objects.filter(user=user).exclude(session_key=besides)
    return _end(by, user, found)


def end_sessions_without_role(*, by: Actor, user: User) -> int:
    """End all sessions of somebody who holds no role today; returns how many."""
    _require_own(by, user)
    return end_all_without_role(by, user)


def end_all_without_role(by: Actor, user: User) -> int:
    """The same, for an operation that asked whether it may."""
    if RoleHolding.objects.active_on(dates.today()).filter(user=user).exists():
        return 0
    return _end(by, user, Session.objects.filter(user=user))


def empty_old_sessions(*, by: Actor) -> int:
    """Remove what is left of sessions that are over; returns how many."""
    by.require("manage_accounts")
    old = Session.objects.filter(expire_date__lt=dates.now())
    if not old.exists():
        return 0
    with writing(by=by, verb="empty_old_sessions"):
        return old.delete()[0]


def _end(by: Actor, user: User, found: QuerySet[Session]) -> int:
    """Nothing is recorded when there was nothing to end."""
    if not found.exists():
        return 0
    with writing(by=by, verb="end_sessions", about=user.reference):
        return found.delete()[0]


def _require_own(by: Actor, user: User | None) -> None:
    if user is None or by.user_id is None or by.user_id != user.pk:
        by.require("manage_accounts")
        if user is not None:
            require_keeping(by, user)
