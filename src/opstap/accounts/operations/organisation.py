"""Letting in whom the organisation's provider presents: known, linked or made, with the roles of their groups.

The roles and teams that groups gave follow the groups at each sign-in. What was given by hand stays, unless a group
gives the very same: from then on it follows the group. What was taken away by hand stays away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from opstap.accounts.logic.organisation import Presented
from opstap.accounts.models import Identity, RoleHolding, TeamMembership, User
from opstap.accounts.operations.sessions import end_all_without_role, end_sessions_of
from opstap.accounts.operations.telling import tell_changed
from opstap.accounts.permissions import require_keeping, require_other
from opstap.accounts.selectors.factors import has_factor
from opstap.accounts.selectors.organisation import (
    Given,
    given_by,
    group_roles_on,
    identity_of,
    is_for_emergencies,
    user_of_identity,
)
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.logic import NEW_FROM_ORGANISATION
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on


class NotAdmitted(Exception):
    """Somebody who is not let in; `code` says why, `user` who it is when that is known here."""

    def __init__(self, code: str, user: User | None = None) -> None:
        self.code, self.user = code, user
        super().__init__(code)


class FactorFirst(Exception):
    """Somebody known by their name alone, whose account has a second factor: it is theirs once that is proved."""

    def __init__(self, user: User) -> None:
        self.user = user
        super().__init__()


def admit(*, by: Actor, presented: Presented, proved: bool = False) -> User:
    """Who this is here, with the roles that their groups give today. NotAdmitted when they may not come in.

    Whoever is met for the first time has `proved` the second factor of the account here, else FactorFirst; until then
    nothing is written.
    """
    by.require("admit_from_organisation")
    if presented.groups is None:
        raise NotAdmitted("too_many_groups")
    today, known = dates.today(), user_of_identity(presented.issuer, presented.subject)
    user = known or _of_that_name(presented) or _made(by, presented, _where(presented))
    if not user.is_active:
        raise NotAdmitted("closed", user)
    given = _given_in_each(user, presented.groups, today)
    if not presented.tells_groups and any(_steps(user, *one)[0] for one in given.items()):
        raise NotAdmitted("groups_missing", user)
    if identity_of(user) is None:
        _link_by_name(by, user, presented, proved=proved)
    for where, own in given.items():
        _follow(by, user, where, own)
    end_all_without_role(by, user)
    if not RoleHolding.objects.active_on(today).filter(user=user).exists():
        raise NotAdmitted("no_role", user)
    return user


def unlink(*, by: Actor, user: User) -> None:
    """Forget by which identity somebody is known at the provider, and sign them out everywhere: at their next sign-in
    they are linked by their name.
    """
    by.require("manage_accounts")
    require_keeping(by, user)
    require_other(by, user)
    with writing(by=by, verb="unlink_identity", about=user.reference):
        Identity.objects.filter(user=user).delete()
        end_sessions_of(by=by, user=user)
    tell_changed(by, user)


def _of_that_name(presented: Presented) -> User | None:
    """Somebody who has this sign-in name here and no identity yet. An account for emergencies is nobody's there."""
    if not presented.sign_in_name:
        raise NotAdmitted("unknown")
    user = User.objects.filter(sign_in_name=presented.sign_in_name).first()
    if user is None:
        return None
    if not user.is_active:
        raise NotAdmitted("closed", user)
    if identity_of(user) is not None:
        raise NotAdmitted("other_identity", user)
    if is_for_emergencies(user.sign_in_name):
        raise NotAdmitted("for_emergencies", user)
    return user


def _link_by_name(by: Actor, user: User, presented: Presented, *, proved: bool) -> None:
    if has_factor(user) and not proved:
        raise FactorFirst(user)
    with writing(by=by, verb="link_identity", about=user.reference):
        _link(user, presented)


def _where(presented: Presented) -> Municipality:
    """The one municipality whose groups somebody is in, if it takes whom it does not know."""
    rows = group_roles_on(dates.today(), presented.groups or ())
    found = Municipality.objects.filter(pk__in={row.municipality_id for row in rows})
    taking = [one for one in found if setting_on(one.pk, NEW_FROM_ORGANISATION, dates.today()) == "make"]
    if not taking:
        raise NotAdmitted("unknown")
    if len(taking) > 1:
        raise NotAdmitted("several_municipalities")
    return taking[0]


def _made(by: Actor, presented: Presented, municipality: Municipality) -> User:
    with writing(by=by, verb="make_user_from_organisation"):
        user = User(
            municipality=municipality,
            sign_in_name=presented.sign_in_name,
            name=presented.name or presented.sign_in_name,
        )
        user.set_unusable_password()
        user.save()
        _link(user, presented)
    return user


def _link(user: User, presented: Presented) -> None:
    Identity.objects.create(user=user, issuer=presented.issuer, subject=presented.subject, linked_at=dates.now())


def _given_in_each(user: User, groups: Collection[str], today: date) -> dict[int, Given]:
    """What groups give in each municipality: by the table of the one that keeps the account, and of those where
    somebody holds a role already. A group gives nothing to who was not let in there by hand, and lets nobody in again.
    """
    held = RoleHolding.objects.active_on(today).filter(user=user).values_list("municipality", flat=True)
    followed = {user.municipality_id, *held}
    given = {where: given_by(group_roles_on(today, groups, where)) for where in sorted(followed)}
    joined = TeamMembership.objects.active_on(today).filter(user=user, from_organisation=True)
    left = set(joined.values_list("team__municipality", flat=True)) - followed
    return given | dict.fromkeys(left, Given(frozenset(), frozenset()))


def _follow(by: Actor, user: User, where: int, given: Given) -> None:
    """Nothing is recorded when all is as the groups say."""
    if not any(_steps(user, where, given)):
        return
    today = dates.today()
    with writing(by=by, verb="follow_groups", about=user.reference):
        ending, adopted, roles, teams = _steps(user, where, given)  # again: now nobody else writes
        for held in ending:
            held.ends_on = today
            held.save()
        for held in adopted:
            held.from_organisation = True
            held.save()
        for role, team_id in sorted(roles, key=str):
            RoleHolding.objects.create(
                user=user, municipality_id=where, role=role, team_id=team_id, starts_on=today, from_organisation=True
            )
        for team_id in sorted(teams):
            TeamMembership.objects.create(user=user, team_id=team_id, starts_on=today, from_organisation=True)


Held = RoleHolding | TeamMembership
K = TypeVar("K")


def _steps(
    user: User, where: int, given: Given
) -> tuple[list[Held], list[Held], Collection[tuple[str, int | None]], Collection[int]]:
    """What ends in a municipality, what follows its groups from now on, and which roles and teams are new. No group
    gives a composed role, so those stay as they are.
    """
    held = RoleHolding.objects.filter(user=user, municipality=where, own_role__isnull=True)
    roles, no_roles = _held_and_taken(((one.role, one.team_id), one) for one in held.order_by("pk"))
    joined = TeamMembership.objects.filter(user=user, team__municipality=where)
    teams, no_teams = _held_and_taken((one.team_id, one) for one in joined.order_by("pk"))
    ending = [*_lost(roles, given.roles), *_lost(teams, given.teams)]
    adopted = [*_same(roles, given.roles), *_same(teams, given.teams)]
    return ending, adopted, given.roles - _keys(roles) - no_roles, given.teams - _keys(teams) - no_teams


def _held_and_taken(rows: Iterable[tuple[K, Held]]) -> tuple[list[tuple[K, Held]], set[K]]:
    """What is held today, and what a group gave before and somebody took away by hand, in the order it was given: once
    it is given by hand again, it may follow its group again.
    """
    today, held, last = dates.today(), list[tuple[K, Held]](), dict[K, Held]()
    for key, one in rows:
        last[key] = one
        if one.starts_on <= today and (one.ends_on is None or one.ends_on > today):
            held.append((key, one))
    return held, {key for key, one in last.items() if one.from_organisation and one.ended_by_hand}


def _keys(held: Iterable[tuple[K, Held]]) -> set[K]:
    return {key for key, _one in held}


def _lost(held: Iterable[tuple[object, Held]], given: Collection[object]) -> list[Held]:
    return [one for key, one in held if one.from_organisation and key not in given]


def _same(held: Iterable[tuple[object, Held]], given: Collection[object]) -> list[Held]:
    return [one for key, one in held if key in given and not one.from_organisation and one.ends_on is None]
