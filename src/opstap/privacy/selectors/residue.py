"""What will be left of somebody: their facts as they hold now, cut to the month, without a word of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl

from opstap.clients.enums import AssignmentRole, TraitKind
from opstap.clients.models import Assignment, Client
from opstap.clients.selectors.withheld import kept_from_some
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import DIMENSIONS, groups_on
from opstap.facts.selectors.residue import GROUPED, GROUPS, OPEN, REACH
from opstap.facts.selectors.tables import TABLES
from opstap.municipality.logic import CHOICE
from opstap.municipality.models import Code, PostcodeDistrict
from opstap.municipality.selectors import own_traits
from opstap.privacy.logic.requests import months_after

COUNTED = (
    "follow_ups", "measurements", "assignments", "benefit_spells", "traits", "barriers", "exemptions", "memberships",
    "trajectories", "instruments",
)  # fmt: skip
# What those groups come of, besides a birth date: between two changes of these a group only moves on.
GROUPED_FROM = ("follow_ups", "benefit_spells", "household_members", "household_types", "addresses", "persons")
ANY_DAY = date(1, 1, 1)  # of a row that holds whatever the day: none that could tell when somebody was erased
ANSWERS = frozenset({"yes", "no", "unknown"})


@dataclass(frozen=True, slots=True)
class ResidueRow:
    """A row that is left."""

    table: str
    starts_on: date
    ends_on: date
    counted: dict[str, Any]


def residue_of(municipality_id: int, client_ids: Collection[int], *, recording: int, today: date) -> list[ResidueRow]:
    """The rows of one person in all their dossiers, as known at a recording."""
    facts = _only(facts_of(municipality_id, recording=recording), client_ids)
    codes = _codes(municipality_id)
    rows = [row for name in COUNTED for row in _rows(facts, name, codes)]
    return [*_until(month_of(today), [*rows, *_groups(facts, codes, today)]), *_reach(client_ids, today)]


def month_of(day: date) -> date:
    """The first day of the month: the ends of months tell no earlier day of it apart."""
    return day if day == OPEN else day.replace(day=1)


def _until(gone: date, rows: Sequence[ResidueRow]) -> Iterator[ResidueRow]:
    """From the month of erasing on nothing holds: who was followed then is not followed for ever."""
    return (replace(row, ends_on=min(row.ends_on, gone)) for row in rows if row.starts_on < gone)


def _reach(client_ids: Collection[int], today: date) -> Iterator[ResidueRow]:
    """Whose team and whose caseload they were in on the day of erasing: these reports go on counting them.

    Nothing where it was kept from anybody: what is left must not tell that a dossier was protected, or known to whom.
    """
    if Client.objects.filter(kept_from_some(today), pk__in=client_ids).exists():
        return
    held = Assignment.objects.active_on(today).filter(client__in=client_ids, role=AssignmentRole.CASE_MANAGER)
    for team, worker in sorted(set(held.values_list("team", "worker")), key=str):
        yield ResidueRow(REACH, ANY_DAY, ANY_DAY, {"team_id": team, "worker_id": worker})


def _only(facts: Facts, client_ids: Collection[int]) -> Facts:
    ids = list(client_ids)
    own = {
        name: facts.table(name).filter(pl.col("client_id").is_in(ids))
        for name, table in TABLES.items()
        if table.owner == "client_id"
    }
    lived = own["household_members"]["household_id"].unique().implode()
    own["household_types"] = facts.table("household_types").filter(pl.col("household_id").is_in(lived))
    return Facts(facts.municipality_id, facts.recording, own)


def _rows(facts: Facts, name: str, codes: frozenset[str]) -> Iterator[ResidueRow]:
    table, is_moment = TABLES[name], TABLES[name].time == "moment"
    starts, ends = ("valid_from", "valid_until") if is_moment else ("starts_on", "ends_on")
    for row in facts.table(name).iter_rows(named=True):  # in their order: where one must win, the first does
        first, last = month_of(row[starts]), month_of(row[ends])
        # Of two placements within a month the earlier holds at no end of a month, and still counts as one.
        if first == last and not is_moment:
            continue
        counted = {column: _left(row[column], codes) for column in table.payload}
        if name != "traits" or counted["value"] != "":
            yield ResidueRow(name, first, last, counted)


def _groups(facts: Facts, codes: frozenset[str], today: date) -> Iterator[ResidueRow]:
    followed = facts.table("follow_ups")
    if followed.is_empty():
        return
    first: date = followed["starts_on"].min()  # type: ignore[assignment]  # a column of days that is not empty
    months = [month_of(first)]
    while (following := months_after(months[-1], 1)) <= today:
        months.append(following)
    changes = _changes(facts)
    begins = [place for place, month in enumerate(months) if place == 0 or month in changes]
    for key in GROUPED:
        groups = _group_by_month(facts, key, codes, months, begins)
        held, since = "", months[0]
        for month, group in zip(months, groups, strict=True):
            if group != held:
                yield from _group(key, held, since, month)
                held, since = group, month
        yield from _group(key, held, since, OPEN)


def _changes(facts: Facts) -> frozenset[date]:
    """The months in which something begins or ends that a group comes of, the table of districts too."""
    tables = PostcodeDistrict.objects.current().filter(municipality=facts.municipality_id)
    days = {day for pair in tables.values_list("starts_on", "ends_on").distinct() for day in pair if day is not None}
    for name in GROUPED_FROM:
        table = facts.table(name)
        for column in {"starts_on", "ends_on"} & set(table.columns):
            days.update(table[column].drop_nulls().to_list())
    return frozenset(month_of(day) for day in days)


def _group_by_month(
    facts: Facts, key: str, codes: frozenset[str], months: Sequence[date], begins: Sequence[int]
) -> list[str]:
    """The group at the end of each month. As long as nothing begins or ends, a group stays or moves on (an age, a
    duration), so where the first and the last month of such a stretch agree, all between do.
    """

    @cache
    def at(place: int) -> str:
        found = groups_on(facts, DIMENSIONS[key], months_after(months[place], 1) - timedelta(days=1))
        own = found.filter(pl.col("client_id") > 0)["group"]
        group = str(own[0]) if len(own) else ""
        return group if key not in {"sex", "household"} or group in codes else ""

    def between(first: int, last: int) -> list[str]:
        if at(first) == at(last):
            return [at(first)] * (last - first + 1)
        middle = (first + last) // 2
        return between(first, middle) + between(middle + 1, last)

    ends = [*(place - 1 for place in begins[1:]), len(months) - 1]
    return [group for first, last in zip(begins, ends, strict=True) for group in between(first, last)]


def _group(key: str, group: str, since: date, until: date) -> Iterator[ResidueRow]:
    if group and since < until:
        yield ResidueRow(GROUPS, since, until, {"dimension": key, "group": group})


def _left(value: object, codes: frozenset[str]) -> object:
    """Numbers of ours and known codes stay; a day keeps its month; a word that is no code is nobody's business."""
    if isinstance(value, date):
        return month_of(value).isoformat()
    return value if not isinstance(value, str) or value in codes else ""


def _codes(municipality_id: int) -> frozenset[str]:
    """Every code that may stand in a fact, with the answers of the municipality's own traits."""
    known = {*Code.objects.values_list("code", flat=True), *ANSWERS, *AssignmentRole, *TraitKind}
    for trait in own_traits(municipality_id):
        known.add(trait.code)
        if trait.kind == CHOICE:
            known |= {code for code, _nl, _en in trait.choices}
    return frozenset(known)
