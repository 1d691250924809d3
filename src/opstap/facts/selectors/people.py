"""Who is counted: people in follow-up on a day, within a choice of team, worker and traits; and their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import narwhals as nw
import polars as pl

from opstap.analytics.coverage import placed_times
from opstap.analytics.crosswalks import translated
from opstap.analytics.periods import on
from opstap.clients.enums import AssignmentRole
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import UNKNOWN, all_caseloads, dimension_of, groups_on
from opstap.facts.selectors.few import said_sorted
from opstap.facts.selectors.parts import ThisVery, kept_while_unchanged
from opstap.foundation.dates import months_before

STATE = ("level_id", "growth", "expected_level_id", "measured_on")


@dataclass(frozen=True)
class Reach:
    """Whom roles reach by the caseloads of the day: those of these teams, and those of these workers."""

    team_ids: frozenset[int] = frozenset()
    worker_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Choice:
    """Which people: within a reach, of a team (its group code), and with traits (dimension to group code).

    Two groups of one dimension mean either of them; groups of two dimensions mean both. Of who has two case managers
    the reach asks after either, the team after the one who counts. `within` are those whom the viewer may see; `gone`
    those who left from their reach and whom they may see no more: they count, and stand on no list. `without` are those
    who are kept from a viewer who sees everybody else: they neither count nor stand on a list. `kept` are those who are
    kept from a viewer with a reach: they are in no number, nor in that of who was handed over.
    """

    reach: Reach | None = None
    team: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    within: pl.Series | None = None
    gone: pl.Series | None = None
    without: pl.Series | None = None
    kept: pl.Series | None = None

    def counts(self) -> pl.Expr:
        """Whether a client may count for the viewer."""
        if self.within is None:
            return self._not_without()
        counting = self.within if self.gone is None else pl.concat([self.within, self.gone])
        return pl.col("client_id").is_in(counting.implode())

    def sees(self) -> pl.Expr:
        """Whether the viewer may read of a client by name."""
        return self._not_without() if self.within is None else pl.col("client_id").is_in(self.within.implode())

    def was_handed_over(self) -> pl.Expr:
        """Whether somebody of the reach on an earlier day is with another since: not to be seen, and not kept from the
        viewer. Who was erased since counts as before.
        """
        kept = pl.lit(value=False) if self.kept is None else pl.col("client_id").is_in(self.kept.implode())
        return ~self.counts() & ~kept

    def _not_without(self) -> pl.Expr:
        kept = self.without
        return pl.lit(value=True) if kept is None else ~pl.col("client_id").is_in(kept.implode())

    @cached_property
    def _others(self) -> dict[tuple[bool, tuple[tuple[str, str], ...]], Choice]:
        """Never itself, which nobody would forget then but who looks for rings."""
        return {}

    def with_where(self, where: tuple[tuple[str, str], ...], *, whoever: bool = False) -> Choice:
        """The same choice with these traits, perhaps whatever the viewer may see of them: the same one each time, so
        that who is chosen by it is worked out once.
        """
        if where == self.where and not whoever:
            return self
        if (whoever, where) not in self._others:
            seen = {} if not whoever else {"within": None, "gone": None}
            self._others[whoever, where] = replace(self, where=where, **seen)
        return self._others[whoever, where]

    @property
    def is_everyone(self) -> bool:
        """Whether nobody is left out."""
        return self.is_undivided and self.without is None

    @property
    def is_undivided(self) -> bool:
        """Whether nobody is left out but those who are kept from the viewer."""
        return self.reach is None and self.team is None and not self.where and self.within is None


@dataclass(frozen=True)
class Reading:
    """Which placements a report reads: those on one scale, perhaps each level as its counterpart on another.

    `undetermined` are the levels, as recorded, that are no level to stand on.
    """

    scale_id: int
    counterparts: Mapping[int, int | None] | None = None
    undetermined: frozenset[int] = frozenset()


def people_on(facts: Facts, day: date, choice: Choice) -> pl.DataFrame:
    """Column client_id: the chosen people in follow-up on the day, each once, sorted."""
    if choice.is_everyone:
        return _followed_on(facts, day)
    of_then = all(dimension_of(key).is_of_then for key, _ in choice.where)
    return _chosen_once(facts, day, ThisVery(choice)) if of_then else _chosen_on(facts, day, choice)


@kept_while_unchanged(by_person=True)
def _followed_on(facts: Facts, day: date) -> pl.DataFrame:
    spells = on(facts.lazy("follow_ups"), day, starts="starts_on", ends="ends_on").select("client_id")
    # Each once: a column that is known to be sorted is compared with the row before, and sorting it is no work.
    people: pl.DataFrame = nw.to_native(spells).collect()["client_id"].unique().sort().to_frame()
    return people.with_columns(pl.col("client_id").set_sorted())


@kept_while_unchanged(of_reference=True)
def _chosen_once(facts: Facts, day: date, choice: ThisVery) -> pl.DataFrame:
    """A report asks after the same people again and again."""
    return _chosen_on(facts, day, choice.one())


def _chosen_on(facts: Facts, day: date, choice: Choice) -> pl.DataFrame:
    people = _followed_on(facts, day)
    if choice.reach is not None:
        people = people.join(held_on(facts, choice.reach, day), on="client_id", how="semi")
    if choice.team is not None:
        people = _where(facts, people, day, "team", [choice.team])
    for key in dict.fromkeys(key for key, _ in choice.where):
        groups = [group for other, group in choice.where if other == key]
        people = _where(facts, people, day, key, groups)
    if choice.within is not None or choice.without is not None:
        people = people.filter(choice.counts())
    return said_sorted(people)


@kept_while_unchanged(by_person=True)
def held_on(facts: Facts, reach: Reach, day: date) -> pl.DataFrame:
    """Column client_id: who was in a caseload of the reach on the day, each once."""
    reached = pl.col("team_id").is_in(sorted(reach.team_ids)) | pl.col("worker_id").is_in(sorted(reach.worker_ids))
    return all_caseloads(facts, day).filter(reached).select("client_id").unique()


def with_group(facts: Facts, people: pl.DataFrame, day: date, key: str) -> pl.DataFrame:
    """The same people with their group on the day; `unknown` where the dimension says nothing."""
    groups = groups_on(facts, dimension_of(key), day)
    return people.join(groups, on="client_id", how="left", maintain_order="left").with_columns(
        pl.col("group").fill_null(UNKNOWN)
    )


def state_on(facts: Facts, day: date, read: int | Reading) -> nw.LazyFrame[pl.LazyFrame]:
    """The placements that hold on the day: client_id, level_id, growth, expected_level_id, measured_on.

    On one scale as recorded, or read through a crosswalk: then both levels are their counterparts, the rest as it is.
    """
    reading = read if isinstance(read, Reading) else Reading(read)
    state = nw.from_native(_state_as_recorded(facts, day, reading.scale_id).lazy())
    return state if reading.counterparts is None else translated(state, reading.counterparts)


@kept_while_unchanged(by_person=True)
def _state_as_recorded(facts: Facts, day: date, scale_id: int) -> pl.DataFrame:
    held = on(facts.lazy("measurements"), day).filter(nw.col("scale_id") == scale_id)
    state: pl.DataFrame = nw.to_native(
        held.with_columns(measured_on=nw.col("valid_from")).select("client_id", *STATE)
    ).collect()
    return state


def placed_on(
    facts: Facts, people: pl.DataFrame, day: date, read: int | Reading, columns: Sequence[str] = STATE
) -> pl.DataFrame:
    """The people with these columns of their state on the day, nulls where there is none; sorted by client.

    A join of two such frames is a merge. A join of joins is not: the engine forgets that its result is sorted.
    """
    state: pl.LazyFrame = nw.to_native(state_on(facts, day, read)).select("client_id", *columns)
    joined = people.lazy().join(state, on="client_id", how="left", maintain_order="left").collect()
    return said_sorted(joined)


def placements_on(facts: Facts, day: date, scale_id: int) -> pl.DataFrame:
    """The same placements whole: also the day of measuring, and by when the expected level."""
    held = on(facts.lazy("measurements"), day).filter(nw.col("scale_id") == scale_id)
    placed: pl.DataFrame = nw.to_native(held).collect()
    return placed


def placed_times_on(facts: Facts, day: date, reading: Reading, months: int = 12) -> pl.DataFrame:
    """How often each was placed by the day, as report `coverage` counts it: client_id, times (0, 1, or 2 for more) and
    recent (1 for the last so many months). Code 0 is no placement, and the last months begin the day after.
    """
    return _placed_times(facts, day, reading.scale_id, reading.undetermined, months)


@kept_while_unchanged(by_person=True)
def _placed_times(facts: Facts, day: date, scale_id: int, undetermined: frozenset[int], months: int) -> pl.DataFrame:
    held = facts.lazy("measurements").filter(nw.col("scale_id") == scale_id)
    rows = held.select("client_id", "level_id", "valid_from")
    found: pl.DataFrame = nw.to_native(placed_times(rows, day, months_before(day, months), undetermined)).collect()
    return found


def _where(facts: Facts, people: pl.DataFrame, day: date, key: str, groups: list[str]) -> pl.DataFrame:
    """Who falls in one of the groups of a dimension."""
    grouped = with_group(facts, people, day, key)
    return grouped.filter(pl.col("group").is_in(groups)).select("client_id").unique(maintain_order=True)


def gone_from(facts: Facts, reach: Reach, day: date) -> pl.Series:
    """Ids of who is not followed any more on the day, and on the last day of it was in a caseload of the reach."""
    return _gone_from(facts, reach, day)["client_id"]


@kept_while_unchanged()
def _gone_from(facts: Facts, reach: Reach, day: date) -> pl.DataFrame:
    reached = pl.col("team_id").is_in(sorted(reach.team_ids)) | pl.col("worker_id").is_in(sorted(reach.worker_ids))
    return _held_last(facts, day, reached)["client_id"].unique().sort().to_frame()


def still_with(facts: Facts, day: date) -> pl.DataFrame:
    """Columns client_id and worker_id: who has whom in the caseload on the day, and had them on their last day of it
    where they are not followed any more.
    """
    held = (all_caseloads(facts, day), _held_last(facts, day, pl.col("worker_id").is_not_null()))
    return pl.concat([one.select("client_id", "worker_id") for one in held]).drop_nulls().unique()


def _held_last(facts: Facts, day: date, whose: pl.Expr) -> pl.DataFrame:
    """The caseloads of the last day of who is not followed any more, as far as they are asked for."""
    ends = facts.table("follow_ups").group_by("client_id").agg(left_on=pl.col("ends_on").max())
    ended = ends.filter(pl.col("left_on") <= day)
    held = facts.table("assignments").filter((pl.col("role") == AssignmentRole.CASE_MANAGER.value) & whose)
    last_day = (pl.col("starts_on") < pl.col("left_on")) & (pl.col("ends_on") >= pl.col("left_on"))
    return held.join(ended, on="client_id").filter(last_day).select("client_id", "team_id", "worker_id")
