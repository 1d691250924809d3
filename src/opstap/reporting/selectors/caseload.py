"""The client list of a question: each person with placement, goal, help, barriers and remarks, as known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, overload

import polars as pl
from django.db.models import Q

from opstap.audit.models import Fact
from opstap.clients.logic.persons import listed_as
from opstap.clients.models import KeptValue, Person
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.people import placed_on
from opstap.facts.selectors.tables import CODE
from opstap.plans.models import Activity, Trajectory
from opstap.reporting.selectors.counting import IS_ERASED, people_of, population_of
from opstap.reporting.selectors.known_rows import known_rows
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.trajectories import goal_as_read

NAME = ("surname", "name_prefix", "given_names")
COLUMNS = ("client_id", "group", "reference", "number", "level_id", "expected_level_id", "exempt")
BLOCK = 500  # rows of which is read together what is known of them
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
    """The list, for the one viewer whose scope covers everybody on it. `led` of them are in a trajectory."""

    viewer: str
    rows: Sequence[CaseRow]
    people: int
    led: int


class _Rows(Sequence[CaseRow]):
    """The rows in their order. What is known of people is read when their rows are looked at, of a block together."""

    def __init__(self, question: Question, facts: Facts, order: pl.DataFrame) -> None:
        self._question = question
        self._order = order
        self._barriers = active(facts, "barriers", question.on).select("client_id", "kind")
        self._kept = facts.names()
        self._blocks: dict[int, list[CaseRow]] = {}

    def __len__(self) -> int:
        return self._order.height

    @overload
    def __getitem__(self, index: int) -> CaseRow: ...

    @overload
    def __getitem__(self, index: slice) -> list[CaseRow]: ...

    def __getitem__(self, index: int | slice) -> CaseRow | list[CaseRow]:
        places = range(len(self))[index]
        if isinstance(places, int):
            return self._at(places)
        if places.step == 1 and len(places) <= BLOCK:
            return self._read(self._order.slice(places.start, len(places)))
        return [self._at(place) for place in places]

    def _at(self, place: int) -> CaseRow:
        number, within = divmod(place, BLOCK)
        if number not in self._blocks:
            self._blocks[number] = self._read(self._order.slice(number * BLOCK, BLOCK))
        return self._blocks[number][within]

    def _read(self, block: pl.DataFrame) -> list[CaseRow]:
        ids = set(block["client_id"])
        of_them = Q(client__in=ids | {client for client, kept in self._kept.items() if kept in ids})
        names = _names(ids)
        barriers = _by_client(self._barriers.filter(pl.col("client_id").is_in(ids)).rows())
        asked = (self._question, self._kept, of_them)
        led, done, said = _led(*asked), _done(*asked), _said(*asked)
        return [
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
                exemptions=("yes",) if exempt else (),
                remarks=tuple(said.get(client, ())),
            )
            for client, group, reference, number, level, expected, exempt in block.select(COLUMNS).rows()
        ]


def case_list(question: Question) -> CaseList:
    """Everybody of the question, by client number; by group where one is asked for. As many queries for any number, and
    some more for every so many whose rows are looked at.
    """
    facts, everybody = population_of(question)
    population = everybody.filter(question.choice.sees())
    order = _in_order(question, facts, population)
    led = active(facts, "trajectories", question.on).select("client_id").unique()
    return CaseList(
        question.viewer,
        _Rows(question, facts, order),
        people=population["client_id"].n_unique(),
        led=order.select("client_id").unique().join(led, on="client_id", how="semi").height,
    )


def _in_order(question: Question, facts: Facts, population: pl.DataFrame) -> pl.DataFrame:
    """A row for each person, in each of the groups, with `COLUMNS`; nobody who was erased."""
    places = {code: place for place, code in enumerate(question.words[question.by] if question.by else ())}
    place = pl.col("group").replace_strict(places, default=len(places), return_dtype=pl.Int64)
    exempt = active(facts, "exemptions", question.on).select("client_id", pl.lit(value=True).alias("exempt")).unique()
    rows = population.filter(~IS_ERASED).select("client_id", _group(question)).unique().sort("client_id")
    rows = placed_on(facts, rows, question.on, question.reading, ("level_id", "expected_level_id"))
    named = rows.join(facts.numbers(), on="client_id").join(exempt, on="client_id", how="left")
    return named.sort(place, "number").select(COLUMNS)


def people_listed(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the people on the list, or of one group of them."""
    _facts, people = people_of(question, cell.get("group", ""))
    return list(people["client_id"])


def _group(question: Question) -> pl.Expr:
    return pl.col("group") if question.by else pl.lit(None, dtype=CODE).alias("group")


def _names(ids: Collection[int]) -> dict[int, str]:
    """Names as they are today: nobody is looked for under a name that was corrected."""
    people = Person.objects.current().filter(client__in=ids)
    return {pk: listed_as(*name) for pk, *name in people.values_list("client_id", *NAME)}


def _led(question: Question, kept: Mapping[int, int], of_them: Q) -> dict[int, list[Led]]:
    columns = ("client_id", "kind", "name", "maintains_level", "goal_level_id")
    rows = (
        (client, Led(kind, name, goal_as_read(question, goal), maintains))
        for client, kind, name, maintains, goal in _held(question, Trajectory, columns, of_them)
    )
    return _by_client(rows, kept)


def _done(question: Question, kept: Mapping[int, int], of_them: Q) -> dict[int, list[str]]:
    return _by_client(_held(question, Activity, ("client_id", "description"), of_them), kept)


def _said(question: Question, kept: Mapping[int, int], of_them: Q) -> dict[int, list[str]]:
    rows = known_rows(question, KeptValue, ("client_id", "value"), of_them & Q(heading__in=REMARKS))
    return _by_client(rows, kept)


def _held(question: Question, model: type[Fact], columns: tuple[str, ...], of_them: Q) -> list[tuple[Any, ...]]:
    """Rows of periods that hold on the day."""
    day = question.on
    holds = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return known_rows(question, model, columns, of_them & holds)


def _by_client(rows: Iterable[tuple[int, Any]], kept: Mapping[int, int] = MappingProxyType({})) -> dict[int, list[Any]]:
    """By client; what stands in a dossier that was merged counts for the one that is kept."""
    found: dict[int, list[Any]] = defaultdict(list)
    for client, value in rows:
        found[kept.get(client, client)].append(value)
    return found
