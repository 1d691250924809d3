"""Reads: the users of a municipality with their roles and teams on a day, and what one user held over time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from opstap.accounts.enums import Scope
from opstap.accounts.logic import caseload_roles, roles_reaching
from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.selectors.towns import accounts_of, workers_of
from opstap.foundation.registry import Registry

# How many clients of a municipality somebody has on a day, asked of the room that knows: a number only, for whoever
# closes an account.
caseload_sizes: Registry[Callable[[int, int, date], int]] = Registry("sizes of caseloads")
# The same of a team: how many clients have it as their team on a day or later.
team_sizes: Registry[Callable[[int, date], int]] = Registry("sizes of teams")


@dataclass(frozen=True)
class Wanted:
    """Which users a list shows; empty for no choice."""

    text: str = ""
    team: str = ""
    role: str = ""
    state: str = "active"


@dataclass(frozen=True)
class UserOnDay:
    """A user with the roles and teams of a day."""

    user: User
    roles: tuple[str, ...]
    held: tuple[RoleHolding, ...]
    teams: tuple[Team, ...]
    kept_by: str = ""  # the municipality that keeps the account, when it is another

    @property
    def state(self) -> str:
        """Whether they can come in: `active`, not yet (`not_invited`), no more (`closed`)."""
        if not self.user.is_active:
            return "closed"
        return "active" if self.user.sign_in_name else "not_invited"


def users_on(municipality_id: int, day: date, wanted: Wanted) -> list[UserOnDay]:
    """The users that are wanted, by name, with what they hold here; three queries."""
    held = RoleHolding.objects.active_on(day).filter(municipality=municipality_id).select_related("own_role")
    joined = TeamMembership.objects.active_on(day).filter(team__municipality=municipality_id).select_related("team")
    roles: Any = Prefetch("role_holdings", held.order_by("pk"), "held_roles")
    teams: Any = Prefetch("memberships", joined, "held_teams")
    users = workers_of(municipality_id).select_related("municipality").order_by("name", "pk")
    found = [_on_day(user, municipality_id) for user in users.prefetch_related(roles, teams)]
    return [one for one in found if _is_wanted(one, wanted)]


def user_of(municipality_id: int, reference: str) -> User | None:
    """The user with this reference who is known in the municipality."""
    return workers_of(municipality_id).filter(reference=reference).first()


def teams_of(municipality_id: int) -> list[Team]:
    """The teams by name, ended ones too."""
    return list(Team.objects.filter(municipality=municipality_id).order_by("name"))


def open_teams_of(municipality_id: int, day: date) -> list[Team]:
    """The teams by name that can be chosen on a day."""
    return [team for team in teams_of(municipality_id) if team.is_open_on(day)]


@dataclass(frozen=True)
class TeamInUse:
    """Who is in a team today or will be, and how many clients have it as their team."""

    people: tuple[User, ...]
    clients: int

    @property
    def is_used(self) -> bool:
        """Whether somebody would be left without a team."""
        return bool(self.people) or self.clients > 0


def team_in_use(team: Team, day: date) -> TeamInUse:
    """What stands in the way of ending a team; accounts that are closed don't."""
    going_on = Q(ends_on__isnull=True) | (Q(ends_on__gt=day) & Q(ends_on__gt=F("starts_on")))
    joined = TeamMembership.objects.filter(going_on, team=team).values("user")
    held = RoleHolding.objects.filter(going_on, team=team).values("user")
    people = User.objects.filter(Q(pk__in=joined) | Q(pk__in=held), is_active=True).order_by("name", "pk")
    return TeamInUse(tuple(people), sum(size(team.pk, day) for size in team_sizes))


def supervisors_of(municipality_id: int, day: date) -> list[User]:
    """With whom an intern can be: who holds a caseload on the day, by name."""
    held = RoleHolding.objects.active_on(day).filter(role__in=caseload_roles(), municipality=municipality_id)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk"))


def teams_worked_in(
    user_ids: Collection[int] | QuerySet[User], day: date, municipality_id: int | None
) -> dict[int, frozenset[int]]:
    """The teams of a municipality in which each of these people works on a day, by their ids; who works in none is not
    there.

    Whose client is in which team follows from this alone: a team that a role was given for is one that is led.
    """
    found: dict[int, set[int]] = {}
    teams = Team.objects.open_on(day).filter(municipality=municipality_id)
    joined = TeamMembership.objects.active_on(day).filter(user__in=user_ids, team__in=teams)
    for user_id, team_id in joined.values_list("user", "team"):
        found.setdefault(user_id, set()).add(team_id)
    return {user_id: frozenset(team_ids) for user_id, team_ids in found.items()}


def teams_led(municipality_id: int, day: date) -> dict[int, frozenset[str]]:
    """The references of the teams whose people somebody sees by a role for that team, by who leads more than one."""
    held = RoleHolding.objects.active_on(day).filter(municipality=municipality_id, team__isnull=False)
    found: dict[int, set[str]] = {}
    for user, team in held.filter(role__in=roles_reaching(Scope.TEAM)).values_list("user", "team__reference"):
        found.setdefault(user, set()).add(team)
    return {user: frozenset(teams) for user, teams in found.items() if len(teams) > 1}


def roles_held(user: User, municipality_id: int) -> list[RoleHolding]:
    """Every role that somebody held, holds or will hold in a municipality, the latest first."""
    return list(
        RoleHolding.objects.filter(user=user, municipality=municipality_id)
        .select_related("team", "supervisor", "own_role")
        .order_by("-starts_on", "-pk")
    )


def teams_joined(user: User, municipality_id: int) -> list[TeamMembership]:
    """Every team of a municipality that somebody was, is or will be in, the latest first."""
    joined = TeamMembership.objects.filter(user=user, team__municipality=municipality_id)
    return list(joined.select_related("team").order_by("-starts_on", "-pk"))


def caseload_size(user: User, municipality_id: int, day: date) -> int:
    """How many clients of a municipality are in somebody's caseload."""
    return sum(size(user.pk, municipality_id, day) for size in caseload_sizes)


def never_invited(municipality_id: int) -> int:
    """How many workers are known from a file and can't sign in yet."""
    return accounts_of(municipality_id).filter(is_active=True, sign_in_name__isnull=True).count()


def sign_in_is_taken(name: str, besides: User | None = None) -> bool:
    """Whether somebody, in whatever municipality, signs in with this name."""
    return User.objects.filter(sign_in_name=name.casefold()).exclude(pk=besides.pk if besides else 0).exists()


def plain(text: str) -> str:
    """Small letters without accents, as a search compares them."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _on_day(user: Any, municipality_id: int) -> UserOnDay:
    roles = tuple(dict.fromkeys(held.role for held in user.held_roles))
    teams = {member.team_id: member.team for member in user.held_teams}
    kept_by = "" if user.municipality_id == municipality_id else user.municipality.name
    by_name = tuple(sorted(teams.values(), key=lambda team: str(team.name)))
    return UserOnDay(user, roles, tuple(user.held_roles), by_name, kept_by)


def _is_wanted(one: UserOnDay, wanted: Wanted) -> bool:
    if wanted.state and one.state != wanted.state:
        return False
    if wanted.role and wanted.role not in one.roles:
        return False
    if wanted.team and wanted.team not in {team.reference for team in one.teams}:
        return False
    return _holds_all(plain(wanted.text).split(), (one.user.name, one.user.staff_code, one.user.sign_in_name or ""))


def _holds_all(words: Sequence[str], texts: Sequence[str]) -> bool:
    whole = plain(" ".join(texts))
    return all(word in whole for word in words)


def words_of(user: User) -> dict[str, Any]:
    """What a form changes of a user."""
    return {"name": user.name, "staff_code": user.staff_code, "email": user.email or ""}


END = "held-end"  # of a role or a team, as a version is of it


def words_of_end(held: RoleHolding | TeamMembership) -> dict[str, Any]:
    """What the form that ends a role or a team changes of it."""
    return {"ends_on": held.ends_on}
