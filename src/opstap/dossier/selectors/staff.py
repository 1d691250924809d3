"""The teams and the workers among whom an actor can choose: those of their reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from opstap.accounts.logic import batch_roles, caseload_roles, stand_in_roles
from opstap.accounts.models import RoleHolding, Team, User
from opstap.accounts.selectors import teams_worked_in
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.permissions import Actor
from opstap.audit.selectors import remembered
from opstap.clients.selectors.scopes import reached_teams, reached_workers


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff."""

    id: int
    reference: str
    name: str
    team_ids: frozenset[int]
    is_active: bool


@dataclass(frozen=True)
class Staff:
    """Teams by name, and workers by name. `everybody` of the municipality, to tell what somebody is called."""

    team_list: tuple[tuple[int, str, str], ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    everybody: Mapping[int, Colleague] = field(default_factory=dict)

    @property
    def teams(self) -> dict[str, int]:
        """Team references and their ids."""
        return {reference: pk for pk, reference, _name in self.team_list}

    @property
    def known(self) -> dict[str, int]:
        """References of everybody and their ids: whose clients are seen, the gate says."""
        return {one.reference: one.id for one in self.everybody.values()}

    @property
    def name_rows(self) -> list[tuple[int, str]]:
        """Ids with names."""
        return [(one.id, one.name.casefold()) for one in self.everybody.values()]

    def name_of(self, worker_id: int | None) -> str:
        """What somebody is called; empty when nobody is meant."""
        known = None if worker_id is None else self.everybody.get(worker_id)
        return known.name if known else ""

    def by_reference(self, reference: str) -> Colleague | None:
        """A worker, or None."""
        return next((one for one in self.colleagues if one.reference == reference), None)

    def left(self, reference: str) -> Colleague | None:
        """Somebody of the municipality whom one does not steer, or no more; clients within reach may be with them."""
        known = {one.id for one in self.colleagues}
        others = (one for one in self.everybody.values() if one.id not in known)
        return next((one for one in others if one.reference == reference), None)


def staff_of(actor: Actor, recording: int, day: date) -> Staff:
    """Whom the actor steers: everybody, the own team, or nobody but oneself; oneself also beside the team one leads."""
    if actor.municipality_id is None:
        return Staff()
    whole = _staff(recording, actor.municipality_id, day)
    if actor.may("reach_municipality"):
        return whole
    led, workers = reached_teams(actor), reached_workers(actor)
    own = tuple(one for one in whole.colleagues if one.team_ids & led or one.id in workers)
    return Staff(tuple(team for team in whole.team_list if team[0] in led), own, whole.everybody)


def colleagues_of(actor: Actor, recording: int, day: date) -> list[Colleague]:
    """Every other case manager of the municipality who works there today, whomever the actor steers."""
    if actor.municipality_id is None:
        return []
    whole = _staff(recording, actor.municipality_id, day)
    return [one for one in whole.colleagues if one.is_active and one.id != actor.user_id]


def able_to_stand_in(colleagues: Iterable[Colleague], municipality_id: int | None, day: date) -> list[Colleague]:
    """Those of these colleagues whose role has a caseload of its own, and so opens that of somebody away."""
    held = RoleHolding.objects.active_on(day).filter(role__in=stand_in_roles(), municipality=municipality_id)
    able = set(held.values_list("user", flat=True))
    return [one for one in colleagues if one.id in able]


def beside_staff(municipality_id: int, day: date) -> list[Colleague]:
    """Who can guide along beside a case manager: their role reaches whom they are given by name."""
    held = RoleHolding.objects.active_on(day).filter(role__in=batch_roles(), municipality=municipality_id)
    users = User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")
    return [Colleague(user.pk, user.reference, user.name, frozenset(), user.is_active) for user in users]


@remembered
def _staff(recording: int, municipality_id: int, day: date) -> Staff:
    """Who may hold a caseload today, by the roles they hold, and the teams they are in."""
    del recording
    teams = Team.objects.open_on(day).filter(municipality=municipality_id).values_list("pk", "reference", "name")
    held = RoleHolding.objects.active_on(day).filter(
        role__in=caseload_roles(), municipality=municipality_id, user=OuterRef("pk")
    )
    users = workers_of(municipality_id).annotate(works=Exists(held)).order_by("name", "pk")
    worked_in = teams_worked_in(users, day, municipality_id)
    everybody = {
        user.pk: Colleague(user.pk, user.reference, user.name, worked_in.get(user.pk, frozenset()), user.is_active)
        for user in users
    }
    working = tuple(everybody[user.pk] for user in users if user.works)
    return Staff(tuple(teams), working, everybody)
