"""The caseloads of a team: who has how many, and how many of those are placed. Who has whom, not how anybody does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from opstap.audit.permissions import Actor
from opstap.clients.permissions import guarded_clients
from opstap.dossier.selectors.attention import COUNT, Desk
from opstap.dossier.selectors.caseload import in_reach
from opstap.dossier.selectors.staff import Colleague, Staff
from opstap.facts.selectors.people import Reading, placed_times_on


@dataclass(frozen=True)
class WorkerCaseload:
    """The caseload of one worker, or of nobody yet (`reference` empty)."""

    reference: str
    name: str
    teams: tuple[str, ...]
    clients: int
    placed: int
    placed_last_year: int
    attention: int
    works: bool = False  # may hold a caseload here today, so that a colleague can stand in


@dataclass(frozen=True)
class TeamCaseloads:
    """Who waits to be divided, everybody's caseload, and all together."""

    undivided: WorkerCaseload
    workers: tuple[WorkerCaseload, ...]
    total: WorkerCaseload


def team_caseloads(actor: Actor, desk: Desk, staff: Staff) -> TeamCaseloads:
    """The caseloads within the actor's reach, by name; workers without a caseload too. Placed as report `coverage` has
    it: ever, and code 0 is no placement.
    """
    reading = Reading(desk.scale.id, undetermined=desk.scale.undetermined)
    times = placed_times_on(desk.facts, desk.day, reading, desk.placement_months)
    rows = in_reach(actor, desk).join(times, on="client_id", how="left", maintain_order="left")
    measures = (
        pl.len().alias("clients"),
        (pl.col("times") > 0).sum().alias("placed"),
        (pl.col("recent") == 1).sum().alias("placed_last_year"),
        (pl.col(COUNT) > 0).sum().alias("attention"),
    )
    found = {row["worker_id"]: row for row in rows.group_by("worker_id").agg(measures).rows(named=True)}
    nothing = {"clients": 0, "placed": 0, "placed_last_year": 0, "attention": 0}
    names = {pk: name for pk, _reference, name in staff.team_list}
    known = {one.id for one in staff.colleagues}
    others = [staff.everybody[pk] for pk in found if pk in staff.everybody and pk not in known]
    workers = [
        _caseload(one.reference, one.name, found.get(one.id, nothing), _teams(one, names), works=one.is_active)
        for one in staff.colleagues
        if one.is_active or one.id in found
    ]
    workers += [_caseload(one.reference, one.name, found[one.id], ()) for one in others]
    total = rows.select(measures).row(0, named=True)
    return TeamCaseloads(
        _caseload("", "", found.get(None, nothing), ()),
        tuple(sorted(workers, key=lambda one: one.name.casefold())),
        _caseload("", "", total, ()),
    )


def clients_of(actor: Actor, desk: Desk, worker_id: int | None) -> list[int]:
    """The clients of a worker within the reach, or those of nobody, by name."""
    rows = in_reach(actor, desk)
    own = pl.col("worker_id").is_null() if worker_id is None else pl.col("worker_id") == worker_id
    return list(rows.filter(own).sort("folded_name", "client_id")["client_id"])


def unseen_of(actor: Actor, desk: Desk, worker_id: int, seen: Collection[int]) -> int:
    """How many in the caseload of a worker the actor guards and does not see: protected dossiers."""
    own = desk.rows.filter(pl.col("worker_id") == worker_id)["client_id"]
    hidden = set(own) - set(seen)
    return guarded_clients(actor).filter(pk__in=hidden).count() if hidden else 0


def _teams(one: Colleague, names: Mapping[int, str]) -> list[str]:
    return sorted(names[pk] for pk in one.team_ids & names.keys())


def _caseload(
    reference: str, name: str, row: dict[str, int], teams: Sequence[str], *, works: bool = False
) -> WorkerCaseload:
    figures = (row["clients"], row["placed"], row["placed_last_year"], row["attention"])
    return WorkerCaseload(reference, name, tuple(teams), *figures, works=works)
