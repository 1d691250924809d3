"""Movement on a scale between two days: the matrix, and how many rose, stayed, fell or left. Not here: shares."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.people import each_once
from opstap.analytics.transitions.cells import LEFT, NOT_MEASURED_AGAIN, Judge
from opstap.analytics.transitions.flows import Sides
from opstap.analytics.transitions.gathering import Counts, gathered, gathered_together
from opstap.analytics.transitions.handed import NOBODY, HandedOver
from opstap.analytics.transitions.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRow:
    """Persons who stood on `origin` (a code) and went to `destination`: a code, `left` or `not_measured_again`."""

    group: str | None
    origin: str
    destination: str
    clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementEntry:
    """Persons placed on a level on the later day who were not placed in follow-up on the earlier one."""

    group: str | None
    destination: str
    clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementTotals:
    """Persons. The `cohort` were placed on a level on the earlier day, out of `in_follow_up`; it has the `outcomes`."""

    in_follow_up: int
    cohort: int
    outcomes: Mapping[str, int]
    entered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementPart:
    """The movement of one group, or of everyone (`group` is `None`)."""

    group: str | None
    rows: tuple[MovementRow, ...]
    entries: tuple[MovementEntry, ...]
    totals: MovementTotals

    def sums(self) -> Iterator[Sum]:
        """What became of people adds up to all placed at the start, and so do the cells; entries to the entered."""
        where = "" if self.group is None else f" of {self.group}"
        totals = self.totals
        yield Sum(f"outcomes{where}", tuple(totals.outcomes.values()), totals.cohort)
        yield Sum(f"cells{where}", tuple(row.clients for row in self.rows), totals.cohort)
        for ending in (LEFT, NOT_MEASURED_AGAIN):
            parts = tuple(row.clients for row in self.rows if row.destination == ending)
            yield Sum(f"{ending.replace('_', ' ')}{where}", parts, totals.outcomes[ending])
        yield Sum(f"entered{where}", tuple(one.clients for one in self.entries), totals.entered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What became of the people placed on the earlier day: everyone, and each group when asked for; of a caseload
    how those of the later day came to be in it, and how many of the earlier day were handed over.
    """

    overall: MovementPart
    groups: tuple[MovementPart, ...] = ()
    standing: Standing | None = None
    handed: HandedOver = NOBODY

    @property
    def rows(self) -> tuple[MovementRow, ...]:
        """The rows of the groups one after another, or those of everyone when there is no grouping."""
        return tuple(row for part in self.groups for row in part.rows) if self.groups else self.overall.rows

    @property
    def base(self) -> int:
        """The persons placed on the earlier day; someone in several groups is one person."""
        return self.overall.totals.cohort

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()
        yield from self.handed.sums()
        if self.standing is not None:
            yield from self.standing.sums()
            yield Sum("entered the caseload", (self.standing.entered,), self.overall.totals.entered)


def movement(
    asked: Sides,
    levels: Sequence[ScaleLevel],
    *,
    since: date,
    ordered: bool,
    halves_count: bool = False,
    everyone: Sides | None = None,
    group: str | None = None,
) -> Movement:
    """What became, by the later day, of the persons placed on a level on the earlier day `since`.

    Shapes: `asked` has the people in follow-up on each day that the question is about (and their `group` on that day,
    strings); `everyone` has all in follow-up, one row a client, and is the same when nothing is said. The cohort are
    those of `asked.start` who are placed; code 0 (not determined) is no level, so who has it is not placed.
    Of the cohort: not in follow-up on the later day is `left`; without a placement after `since`, or with code 0 as
    the last, is `not_measured_again`; the others stand on a level of the later day, risen, level or fallen by whole
    levels (`halves_count`: by half-levels), or `same` or `moved` where the levels are not `ordered`. Someone who left
    and came back counts by the level of the later day. `entered` are those of `asked.end` placed on the later day who
    were not placed in follow-up on the earlier day anywhere, so that who changes team is not new; in the group of
    the later day. Units: persons, once in a group and once in all. All levels are shown, code 0 never.
    Errors: `ValueError` for a level that is not of the scale and for a side with several rows for a client.
    Source: FIELD G-4, G-5, B-41, B-46, B-47.
    """
    judge = Judge(levels, ordered, halves_count)
    counts = _by_group(asked, everyone or asked, since, group)
    parts = {name: _part(judge, name, found) for name, found in counts.items()}
    names = sorted(name for name in parts if name is not None)
    return Movement(overall=parts[None], groups=tuple(parts[name] for name in names))


def movement_of_everyone(
    ways: nw.LazyFrame[Any], levels: Sequence[ScaleLevel], *, ordered: bool, halves_count: bool = False
) -> Movement:
    """The same of everyone in follow-up on either day, who came by their `ways`: one counting instead of two joins.

    Shapes: what `ways` gives. A flag is 1, or anything else for no; the level of a day counts of who was in follow-up
    on it. Units, rows and errors: as `movement`; that a client has one row is for the caller to see to.
    """
    judge = Judge(levels, ordered, halves_count)
    return Movement(overall=_part(judge, None, gathered_together(ways)))


def _by_group(asked: Sides, everyone: Sides, since: date, group: str | None) -> dict[str | None, Counts]:
    if group is None:
        return {None: Counts()} | gathered(asked, everyone, since)
    overall = Sides(*(each_once(side.select("client_id", "level_id")) for side in asked))
    in_groups = Sides(*(_in_groups(side, group) for side in asked))
    return {None: Counts()} | gathered(overall, everyone, since) | gathered(in_groups, everyone, since, ("group_name",))


def _in_groups(side: nw.LazyFrame[Any], group: str) -> nw.LazyFrame[Any]:
    return each_once(side.select("client_id", "level_id", group_name=nw.col(group).fill_null("")))


def _part(judge: Judge, group: str | None, counts: Counts) -> MovementPart:
    cells: Counter[tuple[str, str]] = Counter()
    outcomes: Counter[str] = Counter()
    for (from_level, is_followed, to_level), persons in counts.flows.items():
        origin = judge.level_of(from_level)
        destination = judge.destination(is_followed=bool(is_followed), to_level=to_level)
        if origin is not None:
            cells[origin.code, destination] += persons
            outcomes[judge.outcome(from_level, destination, to_level)] += persons
    entered: Counter[str] = Counter()
    for (to_level, from_level), persons in counts.entries.items():
        level = judge.level_of(to_level)
        if level is not None and judge.level_of(from_level) is None:
            entered[level.code] += persons
    shown = judge.shown({code for cell in cells for code in cell} | set(entered))
    return MovementPart(
        group=group,
        rows=tuple(
            MovementRow(group=group, origin=origin, destination=to, clients=cells[origin, to])
            for origin in shown
            for to in (*shown, LEFT, NOT_MEASURED_AGAIN)
        ),
        entries=tuple(MovementEntry(group=group, destination=to, clients=entered[to]) for to in shown),
        totals=MovementTotals(
            in_follow_up=counts.start.total(),
            cohort=sum(n for level, n in counts.start.items() if judge.level_of(level) is not None),
            outcomes={outcome: outcomes[outcome] for outcome in judge.outcomes},
            entered=entered.total(),
        ),
    )
