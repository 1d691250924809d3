"""The client list of a question: each person with placement, goal, help, barriers and remarks, as known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import narwhals as nw
import polars as pl
from django.db.models import Q

from opstap.audit.models import Fact
from opstap.clients.logic.persons import listed_as
from opstap.clients.models import Client, KeptValue, Person
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.people import state_on
from opstap.plans.models import Activity, Trajectory
from opstap.reporting.selectors.counting import IS_ERASED, people_of, population_of
from opstap.reporting.selectors.known_rows import known_rows, withheld_in
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.trajectories import goal_as_read

NAME = ("surname", "name_prefix", "given_names")
REMARKS = ("remarks", "Opmerkingen")  # as the import keeps them, and as a list that was taken over names them


@dataclass(frozen=True)
class Led:
    """A running trajectory: its kind, its own name, and where it leads."""

    kind: str
    name: str
    goal_level_id: int | None
    maintains_level: bool


@dataclass(frozen=True)
class CaseRow:
    """One person of the list, in one group where these are asked for."""

    group: str | None
    reference: str
    number: str
    name: str
    level_id: int | None
    expected_level_id: int | None
    trajectories: tuple[Led, ...]
    activities: tuple[str, ...]
    barriers: tuple[str, ...]
    exemptions: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class CaseList:
    """The list, for the one viewer whose scope covers everybody on it."""

    viewer: str
    rows: tuple[CaseRow, ...]
    people: int


def case_list(question: Question) -> CaseList:
    """Everybody of the question, by client number; by group where one is asked for. As many queries for any number."""
    facts, everybody = population_of(question)
    population = everybody.filter(~pl.col("client_id").is_in(withheld_in(question)))
    state = nw.to_native(state_on(facts, question.on, question.reading)).collect()
    ids = population["client_id"].unique()
    placed = {row[0]: row[1:] for row in state.select("client_id", "level_id", "expected_level_id").rows()}
    barriers = _by_client(active(facts, "barriers", question.on).select("client_id", "kind").rows())
    exempt = set(active(facts, "exemptions", question.on)["client_id"])
    names = _names(question)
    clients = dict(_clients(question))
    kept = facts.names()
    led, done, said = _led(question, kept), _done(question, kept), _said(question, kept)
    rows = []
    for client, group in population.filter(~IS_ERASED).select("client_id", _group(question)).unique().rows():
        reference, number = clients[client]
        level, expected = placed.get(client, (None, None))
        rows.append(
            CaseRow(
                group=group,
                reference=reference,
                number=number,
                name=names.get(client, ""),
                level_id=level,
                expected_level_id=expected,
                trajectories=tuple(led.get(client, ())),
                activities=tuple(done.get(client, ())),
                barriers=tuple(dict.fromkeys(barriers.get(client, ()))),
                exemptions=("yes",) if client in exempt else (),
                remarks=tuple(said.get(client, ())),
            )
        )
    order = list(question.words[question.by]) if question.by else []
    places = {code: place for place, code in enumerate(order)}
    rows.sort(key=lambda row: (places.get(row.group or "", len(places)), row.number))
    return CaseList(question.viewer, tuple(rows), len(ids))


def people_listed(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the people on the list, or of one group of them."""
    _facts, people = people_of(question, cell.get("group", ""))
    return list(people["client_id"])


def _group(question: Question) -> pl.Expr:
    return pl.col("group") if question.by else pl.lit(None, dtype=pl.String).alias("group")


def _clients(question: Question) -> Iterable[tuple[int, tuple[str, str]]]:
    rows = Client.objects.filter(municipality=question.municipality_id).values_list("pk", "reference", "number")
    return ((pk, (reference, number)) for pk, reference, number in rows)


def _names(question: Question) -> dict[int, str]:
    """Names as they are today: nobody is looked for under a name that was corrected."""
    people = Person.objects.current().filter(client__municipality=question.municipality_id)
    return {pk: listed_as(*name) for pk, *name in people.values_list("client_id", *NAME)}


def _led(question: Question, kept: Mapping[int, int]) -> dict[int, list[Led]]:
    columns = ("client_id", "kind", "name", "maintains_level", "goal_level_id")
    rows = (
        (client, Led(kind, name, goal_as_read(question, goal), maintains))
        for client, kind, name, maintains, goal in _held(question, Trajectory, columns)
    )
    return _by_client(rows, kept)


def _done(question: Question, kept: Mapping[int, int]) -> dict[int, list[str]]:
    return _by_client(_held(question, Activity, ("client_id", "description")), kept)


def _said(question: Question, kept: Mapping[int, int]) -> dict[int, list[str]]:
    rows = known_rows(question, KeptValue, ("client_id", "value"), Q(heading__in=REMARKS))
    return _by_client(rows, kept)


def _held(question: Question, model: type[Fact], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Rows of periods that hold on the day."""
    day = question.on
    return known_rows(question, model, columns, Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day)))


def _by_client(rows: Iterable[tuple[int, Any]], kept: Mapping[int, int] = MappingProxyType({})) -> dict[int, list[Any]]:
    """By client; what stands in a dossier that was merged counts for the one that is kept."""
    found: dict[int, list[Any]] = defaultdict(list)
    for client, value in rows:
        found[kept.get(client, client)].append(value)
    return found
