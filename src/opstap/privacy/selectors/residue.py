"""What will be left of somebody: their facts as they hold now, cut to the month, without a word of their own.

Not here: how days are cut to their months.
"""

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
from opstap.facts.selectors.dimensions import BENEFIT_DURATION, DIMENSIONS, GAP, Dimension, groups_on, on_benefit_by
from opstap.facts.selectors.durations import years_ever
from opstap.facts.selectors.residue import GROUPED, GROUPS, OPEN, REACH
from opstap.facts.selectors.tables import TABLES
from opstap.municipality.logic import CHOICE
from opstap.municipality.models import Code, PostcodeDistrict, Setting
from opstap.municipality.selectors import own_traits
from opstap.privacy.logic.months import Months, month_of, months_of
from opstap.privacy.logic.requests import months_after
from opstap.reporting.selectors.inflow import GAP_DAYS

COUNTED = (
    "follow_ups", "measurements", "assignments", "benefit_spells", "traits", "barriers", "exemptions", "memberships",
    "trajectories", "instruments",
)  # fmt: skip
# What those groups come of, besides a birth date: between two changes of these a group only moves on.
GROUPED_FROM = ("follow_ups", "benefit_spells", "household_members", "household_types", "addresses", "persons")
TOLD_APART = ("measurements", "assignments")  # from the days within a month on which follow-up began or ended
ASKED_OF = ("benefit_spells", "instruments")  # whether anything was recorded at all, of whatever day
# Of two in one month the one that is asked for last stands last, as without days a report goes by the order.
IN_ORDER = {"follow_ups": "ends_on", "benefit_spells": "ends_on", "assignments": "starts_on"}
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
    months = _months(facts)
    rows = [row for name in COUNTED for row in _rows(facts, name, codes, months)]
    return [*_until(month_of(today), [*rows, *_groups(facts, codes, today)]), *_reach(client_ids, today)]


def _until(gone: date, rows: Sequence[ResidueRow]) -> Iterator[ResidueRow]:
    """From the month of erasing on nothing holds: who was followed then is not followed for ever."""
    for row in rows:
        if row.starts_on < gone:
            yield replace(row, ends_on=min(row.ends_on, gone))
        elif row.table in ASKED_OF:
            yield ResidueRow(row.table, ANY_DAY, ANY_DAY, {})


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


def _months(facts: Facts) -> Months:
    """How the days of this person are cut."""
    others = [day for name in TOLD_APART for column in _period(name) for day in facts.table(name)[column]]
    return months_of(facts.table("follow_ups").select("starts_on", "ends_on").rows(), others, GAP_DAYS)


def _period(name: str) -> tuple[str, str]:
    return ("valid_from", "valid_until") if TABLES[name].time == "moment" else ("starts_on", "ends_on")


def _rows(facts: Facts, name: str, codes: frozenset[str], months: Months) -> Iterator[ResidueRow]:
    """In their order: where one must win, the first does. What holds at no end of a month is left where it is asked for
    all the same: of two placements within a month both count, and what was ever recorded was recorded.
    """
    table, (starts, ends) = TABLES[name], _period(name)
    cut = months.cut if name in {"follow_ups", *TOLD_APART} else month_of
    held, always = facts.table(name), table.time == "moment" or name in ASKED_OF
    for row in (held.sort(IN_ORDER[name], "id") if name in IN_ORDER else held).iter_rows(named=True):
        first, last = cut(row[starts]), cut(row[ends])
        counted = {column: _left(row[column], codes) for column in table.payload}
        if (always or first < last) and (name != "traits" or counted["value"] != ""):
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
    # In the finest classes that ever held: a figure as known then, in other classes, comes out again.
    finest = {BENEFIT_DURATION: on_benefit_by(years_ever(facts.municipality_id))}
    for key in GROUPED:
        groups = _group_by_month(facts, finest.get(key, DIMENSIONS[key]), codes, months, begins)
        held, since = "", months[0]
        for month, group in zip(months, groups, strict=True):
            if group != held:
                yield from _group(key, held, since, month)
                held, since = group, month
        yield from _group(key, held, since, OPEN)


def _changes(facts: Facts) -> frozenset[date]:
    """The months in which something begins or ends that a group comes of, the table of districts and the gap that a
    time on benefit goes on over too.
    """
    ours = facts.municipality_id
    districts = PostcodeDistrict.objects.current().filter(municipality=ours)
    gaps = Setting.objects.current().filter(municipality=ours, key=GAP)
    pairs = (pair for rows in (districts, gaps) for pair in rows.values_list("starts_on", "ends_on").distinct())
    days = {day for pair in pairs for day in pair if day is not None}
    for name in GROUPED_FROM:
        table = facts.table(name)
        for column in {"starts_on", "ends_on"} & set(table.columns):
            days.update(table[column].drop_nulls().to_list())
    return frozenset(month_of(day) for day in days)


def _group_by_month(
    facts: Facts, dimension: Dimension, codes: frozenset[str], months: Sequence[date], begins: Sequence[int]
) -> list[str]:
    """The group at the end of each month. As long as nothing begins or ends, a group stays or moves on (an age, a
    duration), so where the first and the last month of such a stretch agree, all between do.
    """

    @cache
    def at(place: int) -> str:
        found = groups_on(facts, dimension, months_after(months[place], 1) - timedelta(days=1))
        own = found.filter(pl.col("client_id") > 0)["group"]
        group = str(own[0]) if len(own) else ""
        return group if dimension.key not in {"sex", "household"} or group in codes else ""

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
