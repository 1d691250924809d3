"""Changing a user: name, sign-in, password, and whether they may still come in.

Each writes the columns that it changes and no other: what was read before the lock may have been changed since.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from axes.models import AccessAttempt
from django.db.models import F, Q, QuerySet

from opstap.accounts.logic.told import CLOSED
from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations.holding import keep_administrators
from opstap.accounts.operations.sessions import end_sessions_of
from opstap.accounts.operations.telling import tell_changed, tell_others
from opstap.accounts.permissions import IN, require_keeping, require_other, second_step_name
from opstap.accounts.selectors.links import user_of_link
from opstap.accounts.selectors.people import words_of
from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import ALPHABET

GROUPS, GROUP = 4, 4


def change_user(
    *, by: Actor, user: User, name: str, staff_code: str, email: str = "", opened_on: str | None = None
) -> None:
    """Give a user another name, staff code or mail address.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("manage_accounts")
    require_keeping(by, user)
    with writing(by=by, verb="change_user", about=user.reference):
        user.refresh_from_db()
        require_unchanged("user", words_of(user), opened_on)
        before, user.name, user.staff_code, user.email = user.email, name, staff_code, email.casefold() or None
        user.save(update_fields=["name", "staff_code", "email"])
    if user.email != before:
        tell_changed(by, user)


def invite_user(*, by: Actor, user: User, sign_in_name: str) -> str:
    """Let somebody who was known from a file sign in; returns the password for the first time."""
    by.require("manage_accounts")
    require_keeping(by, user)
    with writing(by=by, verb="invite_user", about=user.reference):
        user.sign_in_name = sign_in_name.casefold()
        user.save(update_fields=["sign_in_name"])
        return give_one_time_password(by=by, user=user)


def give_one_time_password(*, by: Actor, user: User) -> str:
    """Make a password that must be changed at the first sign-in, and return it: it is shown once."""
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    set_password(by=by, user=user, password=password, must_change=True)
    return password


def set_password(*, by: Actor, user: User, password: str, must_change: bool = False) -> None:
    """Give a user another password; whoever was signed in with the old one no longer is."""
    by.require("manage_accounts")
    require_keeping(by, user)
    require_other(by, user)
    with writing(by=by, verb="set_password", about=user.reference):
        _set_password(by, user, password, must_change=must_change)
    tell_changed(by, user)


class LinkOver(Exception):
    """The link was used meanwhile, or is too old. Nothing was changed."""


class AccountClosed(Exception):
    """The account was closed meanwhile. Nothing was changed."""


def change_own_password(
    *, by: Actor, user: User, password: str, session_key: str | None = None, link: Sequence[str] | None = None
) -> None:
    """Choose another password oneself; every session ends but the one with this key.

    By a link it must still hold when it is written: LinkOver for the second of two at once. AccountClosed for who is
    let in no more by then.
    """
    if by.user_id != user.pk:
        by.require("manage_accounts")
        require_keeping(by, user)
    with writing(by=by, verb="set_password", about=user.reference):
        if link is not None and user_of_link(*link) != user:
            raise LinkOver
        if not User.objects.filter(pk=user.pk, is_active=True).exists():
            raise AccountClosed
        _set_password(by, user, password, must_change=False, besides=session_key)


def _set_password(by: Actor, user: User, password: str, *, must_change: bool, besides: str | None = None) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    end_sessions_of(by=by, user=user, besides=besides)
    _forget_mistakes(user)


def _forget_mistakes(user: User) -> None:
    """A new password opens the door that mistakes with the old one closed, in every browser."""
    name = user.sign_in_name
    if name:
        step = second_step_name(user)
        AccessAttempt.objects.filter(Q(username__in=[name, step]) | Q(username__startswith=f"{name}{IN}")).delete()


def deactivate_user(*, by: Actor, user: User) -> None:
    """Let somebody in no more from this moment, in whichever municipality. Roles, teams and caseload stay as they
    were, for who comes after; those of another municipality end, which reads it in its log. Coming back there takes
    `let_in`.
    """
    by.require("manage_accounts")
    require_keeping(by, user)
    with writing(by=by, verb="deactivate_user", about=user.reference):
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions_of(by=by, user=user)
        keep_administrators(by, user, user.municipality_id)
        ended = _end_elsewhere(by, user)
    tell_others(by, ended, user, CLOSED)


def _end_elsewhere(by: Actor, user: User) -> set[int]:
    """End what is held, or was to be held, in other municipalities than the one that keeps the account; returns which
    they are. None of them is asked whether an administrator is left: closing waits for nobody.
    """
    today, ended = dates.today(), set[int]()
    for model, verb, where in (
        (RoleHolding, "end_role", "municipality"),
        (TeamMembership, "leave_team", "team__municipality"),
    ):
        rows: QuerySet[Any] = QuerySet(model).filter(_going_on(today), user=user)
        for held in rows.exclude(**{where: user.municipality_id}).select_related("team"):
            with writing(by=by, verb=verb, about=user.reference):
                held.ends_on = max(held.starts_on, today)
                held.save(update_fields=["ends_on"])
            ended.add(held.municipality_id if model is RoleHolding else held.team.municipality_id)
    return ended


def _going_on(day: date) -> Q:
    return Q(ends_on__isnull=True) | (Q(ends_on__gt=day) & Q(ends_on__gt=F("starts_on")))


def reactivate_user(*, by: Actor, user: User) -> list[Team]:
    """Let somebody in again, with the roles they still hold, all of the municipality that keeps the account; returns
    the teams they are in no more.

    A team that ended while the account was closed had them no longer from that day on.
    """
    by.require("manage_accounts")
    require_keeping(by, user)
    with writing(by=by, verb="reactivate_user", about=user.reference):
        user.is_active = True
        user.save(update_fields=["is_active"])
        left: dict[int, Team] = {}
        for model in (TeamMembership, RoleHolding):
            left |= _leave_ended(model, user)
    return sorted(left.values(), key=lambda team: team.name)


def _leave_ended(model: type[TeamMembership | RoleHolding], user: User) -> dict[int, Team]:
    today, left = dates.today(), dict[int, Team]()
    rows: QuerySet[Any] = QuerySet(model).filter(_going_on(today), user=user, team__ended_on__lte=today)
    for held in rows.select_related("team"):
        team: Team = held.team
        held.ends_on = max(held.starts_on, team.ended_on or today)
        held.save(update_fields=["ends_on"])
        left[team.pk] = team
    return left
