"""Reads: who somebody of the organisation is here, what its groups give, and who may sign in without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import GroupRole, Identity, RoleHolding, TeamMembership, User
from opstap.foundation import dates
from opstap.foundation.openid import Connection
from opstap.foundation.openid.provider import Provider, provider_of


@dataclass(frozen=True)
class Given:
    """What groups give somebody: roles, each with the team it reaches, and teams to work in."""

    roles: frozenset[tuple[str, int | None]]
    teams: frozenset[int]


def connection() -> Connection:
    """The provider of this installation; one that is not set when there is none."""
    found: Connection = settings.OPSTAP_OPENID
    return found


def the_provider() -> Provider | None:
    """The provider at which everybody of this installation signs in; None when there is none."""
    found = connection()
    return provider_of(found) if found.is_set else None


def provider_host() -> str:
    """The name of the machine on which it stands, for people to read."""
    return urlsplit(connection().issuer).hostname or ""


def is_for_emergencies(sign_in_name: str | None) -> bool:
    """Whether this is one of the accounts that get in when the provider is down."""
    return (sign_in_name or "").casefold() in settings.OPSTAP_LOCAL_SIGN_IN


def may_sign_in_here(user: User) -> bool:
    """Whether somebody may use a password or passkey of Opstap itself: everybody without a provider; with one only the
    accounts for emergencies, or where none are named whoever does not come by it.
    """
    if not connection().is_set or is_for_emergencies(user.sign_in_name):
        return True
    return not settings.OPSTAP_LOCAL_SIGN_IN and not _comes_by_organisation(user)


def _comes_by_organisation(user: User) -> bool:
    """Whether the provider decides about them: known there, or with a role or team of its groups."""
    today = dates.today()
    held = (model.objects.active_on(today).filter(user=user) for model in (RoleHolding, TeamMembership))
    return identity_of(user) is not None or any(rows.filter(from_organisation=True).exists() for rows in held)


def local_is_for_few() -> bool:
    """Whether signing in without the organisation is for the accounts of an emergency only."""
    return connection().is_set and bool(settings.OPSTAP_LOCAL_SIGN_IN)


def user_of_identity(issuer: str, subject: str) -> User | None:
    """Who this is here."""
    found = Identity.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    return found.user if found else None


def identity_of(user: User) -> Identity | None:
    """By which identity somebody is known at the provider."""
    return Identity.objects.filter(user=user).first()


def group_roles_on(day: date, groups: Collection[str], municipality_id: int | None = None) -> list[GroupRole]:
    """What these groups give on a day, in one municipality or in any; a team that has ended gives nothing."""
    found = GroupRole.objects.active_on(day).filter(group__in=groups).select_related("team").order_by("pk")
    if municipality_id is not None:
        found = found.filter(municipality=municipality_id)
    return [one for one in found if one.role in roles() and (one.team is None or one.team.is_open_on(day))]


def given_by(rows: Collection[GroupRole]) -> Given:
    """The same put together: a team belongs to the role where the role reaches one, else it is where one works."""
    known = roles()
    leads = [one for one in rows if known[one.role].scope == Scope.TEAM]
    return Given(
        frozenset((one.role, one.team_id if one in leads else None) for one in rows),
        frozenset(one.team_id for one in rows if one.team_id is not None and one not in leads),
    )


def group_roles_of(municipality_id: int) -> list[GroupRole]:
    """All that groups give or gave, by their name; what ended last comes first among what ended."""
    found = GroupRole.objects.filter(municipality=municipality_id).select_related("team")
    return list(found.order_by("label", "group", "role", "-starts_on", "pk"))
