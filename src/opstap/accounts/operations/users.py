"""Changing a user: name, sign-in, password, and whether they may still come in."""

from __future__ import annotations

import secrets

from opstap.accounts.models import User
from opstap.accounts.operations.holding import keep_administrators
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation.references import ALPHABET

GROUPS, GROUP = 4, 4


def change_user(*, by: Actor, user: User, name: str, staff_code: str) -> None:
    """Give a user another name or staff code."""
    by.require("manage_accounts")
    with writing(by=by, verb="change_user", about=user.reference):
        user.name, user.staff_code = name, staff_code
        user.save()


def invite_user(*, by: Actor, user: User, sign_in_name: str) -> str:
    """Let somebody who was known from a file sign in; returns the password for the first time."""
    by.require("manage_accounts")
    with writing(by=by, verb="invite_user", about=user.reference):
        user.sign_in_name = sign_in_name.casefold()
        user.save()
        return give_one_time_password(by=by, user=user)


def give_one_time_password(*, by: Actor, user: User) -> str:
    """Make a password that must be changed at the first sign-in, and return it: it is shown once."""
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    set_password(by=by, user=user, password=password, must_change=True)
    return password


def set_password(*, by: Actor, user: User, password: str, must_change: bool = False) -> None:
    """Give a user another password; whoever was signed in with the old one no longer is."""
    by.require("manage_accounts")
    _set_password(by, user, password, must_change=must_change)


def change_own_password(*, by: Actor, user: User, password: str) -> None:
    """Choose another password oneself."""
    if by.user_id != user.pk:
        by.require("manage_accounts")
    _set_password(by, user, password, must_change=False)


def _set_password(by: Actor, user: User, password: str, *, must_change: bool) -> None:
    with writing(by=by, verb="set_password", about=user.reference):
        user.set_password(password)
        user.must_change_password = must_change
        user.save()


def deactivate_user(*, by: Actor, user: User) -> None:
    """Let somebody in no more, from this moment. Roles, teams and caseload stay as they were, for who comes after."""
    by.require("manage_accounts")
    with writing(by=by, verb="deactivate_user", about=user.reference):
        user.is_active = False
        user.save()
        keep_administrators(by, user)


def reactivate_user(*, by: Actor, user: User) -> None:
    """Let somebody in again, with the roles they still hold."""
    by.require("manage_accounts")
    with writing(by=by, verb="reactivate_user", about=user.reference):
        user.is_active = True
        user.save()
