"""A caseload: who is in it, in which order; a page of it is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

import polars as pl

from opstap.audit.permissions import Actor
from opstap.audit.selectors import remembered
from opstap.clients.models import Client, Person
from opstap.clients.permissions import sees_whole_municipality, visible_ids, withheld_ids
from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import AWAY, COUNT, Desk
from opstap.dossier.selectors.persons import persons_seen
from opstap.dossier.selectors.reached import ONLY_OWN, CaseloadsReached
from opstap.dossier.selectors.staff import Staff
from opstap.municipality.selectors import labels_on
from opstap.selections.logic import ANY, NONE, Criteria

GROWTH = {"with": 1, "without": 0, "unknown": -1}
CARRIED = (
    "level_id", "measured_on", "growth", "expected_level_id", "expected_by", "team_id",
    "last_contact_on", "next_on", "next_kind", AWAY, "away_until", "died_on",
)  # fmt: skip
ORDERS = {
    "name": "folded_name",
    "level": "place",
    "expected": "expected_place",
    "since": "measured_on",
    "spoken": "last_contact_on",
    "next": "next_on",
    "attention": COUNT,
    "worker": "worker_name",
}


@dataclass(frozen=True)
class CaseloadRow:
    """Someone in a caseload, as known now."""

    client_id: int
    reference: str
    number: str
    name: str
    birth_date: date | None
    level_id: int | None
    measured_on: date | None
    growth: int | None
    expected_level_id: int | None
    expected_by: date | None
    team_id: int | None
    worker: str
    last_contact_on: date | None
    next_on: date | None
    next_kind: str | None
    away: bool | None
    away_until: date | None
    died_on: date | None
    reasons: tuple[Reason, ...]


class Caseload(Sequence[CaseloadRow]):
    """The people of a list in its order. `counts` are of everybody in reach, before any other choice."""

    def __init__(self, actor: Actor, staff: Staff, chosen: pl.DataFrame, counts: Mapping[str, int]) -> None:
        self._actor = actor
        self._staff = staff
        self._chosen = chosen
        self.counts = counts

    def __len__(self) -> int:
        return self._chosen.height

    @property
    def client_ids(self) -> list[int]:
        """Everybody on the list."""
        return list(self._chosen["client_id"])

    @overload
    def __getitem__(self, index: int) -> CaseloadRow: ...

    @overload
    def __getitem__(self, index: slice) -> list[CaseloadRow]: ...

    def __getitem__(self, index: int | slice) -> CaseloadRow | list[CaseloadRow]:
        if isinstance(index, slice):
            return self._read(self._chosen[index])
        return self._read(self._chosen[index : index + 1])[0]

    def _read(self, part: pl.DataFrame) -> list[CaseloadRow]:
        rows = part.rows(named=True)
        ids = [row["client_id"] for row in rows]
        persons = persons_seen(self._actor, ids)
        return [_row(row, persons[row["client_id"]], self._staff) for row in rows if row["client_id"] in persons]


def caseload(
    actor: Actor,
    desk: Desk,
    asked: Criteria,
    staff: Staff,
    within: Mapping[str, frozenset[int]] | None = None,
    *,
    caseloads: CaseloadsReached = ONLY_OWN,
    priorities: frozenset[int] = frozenset(),
) -> Caseload:
    """The list that is asked for, of those whom the actor may see. `within` names further choices by their ids;
    `caseloads` keeps apart the own one and those of whom the actor stands in for; `priorities` are counted beside.
    """
    reached = caseloads.of(in_reach(actor, desk))
    first = reached.filter(pl.col("client_id").is_in(sorted(priorities))).height if priorities else 0
    counts = {**counts_of(reached), "priority": first}
    chosen = _chosen(reached, desk, asked if caseloads.chosen is None else asked.but(worker=""), staff)
    for ids in (within or {}).values():
        chosen = chosen.filter(pl.col("client_id").is_in(sorted(ids)))
    return Caseload(actor, staff, _ordered(chosen, asked.sort, staff), counts)


def in_reach(actor: Actor, desk: Desk) -> pl.DataFrame:
    """The rows of the desk that pass the gate."""
    if sees_whole_municipality(actor):
        kept = withheld_ids(actor)
        return desk.rows.filter(~pl.col("client_id").is_in(sorted(kept))) if kept else desk.rows
    ids = visible_ids(actor)
    return desk.rows.filter(pl.col("client_id").is_in(ids))


def counts_of(rows: pl.DataFrame) -> dict[str, int]:
    """How many there are, how many need attention, and for which reason."""
    found = rows.select(
        pl.len().alias(""),
        (pl.col(COUNT) > 0).sum().alias(ANY),
        *(pl.col(reason.value).sum() for reason in Reason),
        pl.col(AWAY).is_not_null().sum(),
    )
    return {key: int(value) for key, value in found.row(0, named=True).items()}


def _chosen(rows: pl.DataFrame, desk: Desk, asked: Criteria, staff: Staff) -> pl.DataFrame:
    conditions = [
        *_of_attention(asked),
        *_of_level(desk, asked),
        *_of_place("team_id", asked.team, staff.teams),
        *_of_place("worker_id", asked.worker, staff.known),
    ]
    return rows.filter(conditions) if conditions else rows


def _of_attention(asked: Criteria) -> Iterator[pl.Expr]:
    if asked.attention == ANY:
        yield pl.col(COUNT) > 0
    elif asked.attention in set(Reason):
        yield pl.col(asked.attention)
    elif asked.attention == AWAY:
        yield pl.col(AWAY).is_not_null()


def _of_level(desk: Desk, asked: Criteria) -> Iterator[pl.Expr]:
    if asked.level == NONE:
        yield pl.col("level_id").is_null()
    elif asked.level:
        levels = [level.id for level in desk.scale.levels if asked.level in {level.code, level.parent_code}]
        yield pl.col("level_id").is_in(levels)
    if asked.growth in GROWTH:
        yield pl.col("growth") == GROWTH[asked.growth]


def _of_place(column: str, choice: str, ids: Mapping[str, int]) -> Iterator[pl.Expr]:
    """Of a team or a worker by its reference; `none` is nobody's."""
    if choice == NONE:
        yield pl.col(column).is_null()
    elif choice:
        yield pl.col(column) == ids.get(choice, -1)


def _ordered(rows: pl.DataFrame, sort: str, staff: Staff) -> pl.DataFrame:
    """By the column asked for, then by name; who has nothing in that column comes last."""
    key = sort.removeprefix("-") or "name"
    column, descending = ORDERS[key], sort.startswith("-")
    if key == "worker":
        names = pl.DataFrame(staff.name_rows, schema={"worker_id": pl.Int64, "worker_name": pl.String}, orient="row")
        rows = rows.join(names, on="worker_id", how="left")
    return rows.sort(column, "folded_name", "client_id", descending=[descending, False, False], nulls_last=True)


def _row(row: Mapping[str, Any], identity: tuple[Client, Person | None], staff: Staff) -> CaseloadRow:
    client, person = identity
    given = {key: row[key] for key in CARRIED}
    return CaseloadRow(
        client_id=client.pk,
        reference=client.reference,
        number=client.number,
        name=person.list_name if person else client.number,
        birth_date=person.birth_date if person else None,
        worker=staff.name_of(row["worker_id"]),
        reasons=tuple(reason for reason in Reason if row[reason.value]),
        **given,
    )


@remembered
def kinds_of_contact(recording: int, day: date, language: str) -> Mapping[str, str]:
    """What the kinds of contact are called."""
    del recording
    return labels_on(["contact_kind"], day, language)["contact_kind"]
