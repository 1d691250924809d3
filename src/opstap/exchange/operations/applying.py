"""Carrying out a plan within one recording, by the operations of the rooms that own the facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

from opstap.accounts.models import Team
from opstap.accounts.operations import NewUser, create_team, create_workers
from opstap.audit.permissions import Actor
from opstap.clients.operations import (
    clients as client_records,
)
from opstap.clients.operations import (
    keep_values,
    leave_ended_teams,
    record_addresses,
    record_assignments,
    record_barriers,
    record_benefit_spells,
    record_exemptions,
    record_follow_ups,
    record_persons,
    record_traits,
    register_clients,
)
from opstap.exchange.selectors.plan import PersonChange, Plan
from opstap.exchange.selectors.terms import Terms
from opstap.ladder.logic import MeasurementRow, Surroundings
from opstap.ladder.operations import record_measurements
from opstap.plans.operations import record_activities, record_instruments, record_trajectories

R = TypeVar("R")
Sealed = Sequence[client_records.SealedPersonRow]
_STAFF_CODE = re.compile(r"[A-Za-z]{0,6}[-.]?\d{1,12}")


@dataclass
class _Ids:
    """The ids that came out, for those the plan foretold: clients shift together, teams and workers are named."""

    first: int = 0
    shift: int = 0
    teams: dict[int, int] = field(default_factory=dict)
    workers: dict[int, int] = field(default_factory=dict)

    def client(self, foretold: int) -> int:
        return foretold + self.shift if foretold >= self.first else foretold

    def team(self, foretold: int | None) -> int | None:
        return self.teams.get(foretold or 0, foretold)

    def worker(self, foretold: int | None) -> int | None:
        return self.workers.get(foretold or 0, foretold)

    def settle(self, rows: Sequence[R]) -> Sequence[R]:
        """The rows with the clients' ids as they are; the same rows when all came out as foretold."""
        return _renamed(rows, {"client_id": self.client}) if self.shift else rows


def sealed_persons(changes: Iterable[PersonChange]) -> list[client_records.SealedPersonRow]:
    """Encrypt the BSNs before the transaction; one that is known is carried over as it lies."""
    sealed = []
    for row, stored in changes:
        person = client_records.seal(row)
        if stored is not None:
            encrypted, digest, key = stored
            person = replace(person, bsn_encrypted=encrypted, bsn_digest=digest, bsn_key=key)
        sealed.append(person)
    return sealed


def apply_plan(by: Actor, terms: Terms, plan: Plan, persons: Sealed) -> None:
    """Add every row of the plan. The caller holds the recording and knows that nothing was recorded since the plan."""
    additions, ids = plan.additions, _Ids(plan.additions.first_id)
    _make_names(by, terms, plan, ids)
    if additions.numbers:
        made = register_clients(by=by, municipality=terms.municipality, numbers=additions.numbers)
        ids.shift = made[0] - additions.first_id
    record_persons(by=by, municipality=terms.municipality, rows=ids.settle(persons))
    by_noun: tuple[tuple[Callable[..., object], Sequence[Any]], ...] = (
        (record_follow_ups, additions.follow_ups),
        (record_benefit_spells, additions.benefit_spells),
        (record_addresses, additions.addresses),
        (record_assignments, _named(additions.assignments, ids)),
        (record_traits, additions.traits),
        (record_barriers, additions.barriers),
        (record_exemptions, additions.exemptions),
        (partial(record_trajectories, warn=False), additions.trajectories),
        (partial(record_activities, warn=False), additions.activities),
        (partial(record_instruments, warn=False), additions.instruments),
        (keep_values, additions.kept_values),
    )
    for record, rows in by_noun:
        record(by=by, rows=ids.settle(rows))
    leave_ended_teams(by=by, municipality_id=terms.municipality_id)
    _place(by, plan, ids)


def _make_names(by: Actor, terms: Terms, plan: Plan, ids: _Ids) -> None:
    teams: dict[int, Team] = {}
    for place, name in enumerate(plan.new_teams, start=1):
        teams[-place] = create_team(by=by, municipality=terms.municipality, name=name)
    ids.teams = {foretold: team.pk for foretold, team in teams.items()}
    if not plan.new_workers:
        return
    known = {worker.team_id for worker in plan.new_workers if worker.team_id is not None and worker.team_id > 0}
    teams |= Team.objects.in_bulk(list(known))
    rows = [
        NewUser(worker.name, staff_code=_staff_code(worker.name), team=teams.get(worker.team_id or 0))
        for worker in plan.new_workers
    ]
    made = create_workers(by=by, municipality=terms.municipality, rows=rows, since=_since(terms))
    ids.workers = {-place: user.pk for place, user in enumerate(made, start=1)}


def _since(terms: Terms) -> date:
    return min(terms.effective_on, terms.today)


def _staff_code(name: str) -> str:
    """Files name workers by their code as often as by their name."""
    return name if _STAFF_CODE.fullmatch(name) else ""


def _place(by: Actor, plan: Plan, ids: _Ids) -> None:
    rows: Sequence[MeasurementRow] = plan.additions.measurements
    if ids.workers:
        rows = _renamed(rows, {"worker_id": ids.worker})
    record_measurements(by=by, rows=ids.settle(rows), around=_settled(plan.around, ids))


def _named(rows: Sequence[R], ids: _Ids) -> Sequence[R]:
    if not (ids.teams or ids.workers):
        return rows
    return _renamed(rows, {"team_id": ids.team, "worker_id": ids.worker})


def _renamed(rows: Sequence[R], settling: Mapping[str, Callable[[Any], Any]]) -> Sequence[R]:
    """The rows with some ids as they came out. `dataclasses.replace` takes ten times as long, under the lock."""
    if not rows:
        return rows
    first: Any = rows[0]
    names = [one.name for one in fields(first)]
    pick, made = attrgetter(*names), type(first)
    spots = [(names.index(name), settle) for name, settle in settling.items()]
    renamed = []
    for row in rows:
        values = list(pick(row))
        for spot, settle in spots:
            values[spot] = settle(values[spot])
        renamed.append(made(*values))
    return renamed


def _settled(around: Surroundings, ids: _Ids) -> Surroundings:
    if not ids.shift:
        return around
    return Surroundings(
        around.levels,
        _shifted(around.births, ids),
        _shifted(around.follow_ups, ids),
        {(ids.client(client), scale, day): pk for (client, scale, day), pk in around.standing.items()},
    )


def _shifted(by_client: Mapping[int, R], ids: _Ids) -> dict[int, R]:
    return {ids.client(client): value for client, value in by_client.items()}
