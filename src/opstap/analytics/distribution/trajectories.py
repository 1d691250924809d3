"""The trajectories that run on a day, by what they are about and where they lead. Not here: shares and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.levels import ScaleLevel, in_order
from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of

KEEP, OTHER_SCALE = "keep", "other_scale"
_KEEP, _OTHER, _NONE = -11, -12, -13  # numbers that no level has, also not NO_COUNTERPART_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoriesRow:
    """Trajectories of one kind with one goal, and the persons in them.

    `goal` is the code of a level, `keep` for keeping the level, `other_scale` for a level of another scale, `None` for
    no goal.
    """

    group: str | None
    kind: str
    goal: str | None
    clients: int
    trajectories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoriesTotals:
    """Persons in all, those with at least one trajectory, and the trajectories."""

    clients: int
    with_trajectory: int
    trajectories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoriesPart:
    """The trajectories of one group, or of everyone (`group` is `None`)."""

    group: str | None
    rows: tuple[TrajectoriesRow, ...]
    totals: TrajectoriesTotals

    def sums(self) -> Iterator[Sum]:
        """Trajectories add up. Persons don't: one can have two."""
        where = "" if self.group is None else f" of {self.group}"
        parts = tuple(row.trajectories for row in self.rows)
        yield Sum(f"trajectories{where}", parts, self.totals.trajectories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectories:
    """Which trajectories run: of everyone, and of each group when asked for."""

    overall: TrajectoriesPart
    groups: tuple[TrajectoriesPart, ...] = ()

    @property
    def base(self) -> int:
        """The persons in all; someone in several groups is one person."""
        return self.overall.totals.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()


def trajectories(
    population: nw.LazyFrame[Any],
    running: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    kinds: Sequence[str],
    *,
    group: str | None = None,
) -> Trajectories:
    """The trajectories of the population by kind and goal, for everyone and for each group.

    Shapes: `population` as in `placement`; `running` has a row for each trajectory of the day, with `client_id`,
    `kind`, `goal_level_id` (nullable) and `maintains_level`. `kinds` gives the order of the kinds. Units: trajectories,
    and persons: someone with two of one kind and goal is one person. Only what occurs has a row: kinds in their
    order, goals from low to high, then keeping the level, a level of another scale, no goal. Source: FIELD B-91, B-67.
    """
    everyone, _persons = everybody_in(population)
    goals = _with_goal(running, [level.id for level in levels])
    parts = [_part(None, everyone, goals, levels, kinds)]
    if group is not None:
        members = members_of(population, group)
        for name in sorted(str(row[0]) for row in rows_of(members.select("group_name").unique())):
            own = members.filter(nw.col("group_name") == name).select("client_id")
            parts.append(_part(name, own, goals, levels, kinds))
    return Trajectories(overall=parts[0], groups=tuple(parts[1:]))


def _with_goal(running: nw.LazyFrame[Any], ids: Sequence[int]) -> nw.LazyFrame[Any]:
    """Each trajectory with one number for its goal: a level of this scale, or one of the three others."""
    level = nw.col("goal_level_id").cast(nw.Int64)
    of_scale = nw.when(level.is_in(ids)).then(level).otherwise(nw.lit(_OTHER, nw.Int64))
    led = nw.when(level.is_null()).then(nw.lit(_NONE, nw.Int64)).otherwise(of_scale)
    goal = nw.when(nw.col("maintains_level")).then(nw.lit(_KEEP, nw.Int64)).otherwise(led)
    return running.select("client_id", "kind", goal=goal)


def _part(
    group: str | None,
    people: nw.LazyFrame[Any],
    goals: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    kinds: Sequence[str],
) -> TrajectoriesPart:
    own = people.join(goals, on="client_id", how="inner")
    counted = own.group_by("kind", "goal").agg(
        clients=nw.col("client_id").n_unique(), trajectories=nw.col("client_id").count()
    )
    cells = {(row[0], int(row[1])): (int(row[2]), int(row[3])) for row in rows_of(counted)}
    persons = int(rows_of(people.select(n=nw.len()))[0][0])
    with_one = int(rows_of(own.select("client_id").unique().select(n=nw.len()))[0][0])
    led = [*((level.id, level.code) for level in in_order(levels)), (_KEEP, KEEP), (_OTHER, OTHER_SCALE), (_NONE, None)]
    order = [*kinds, *sorted({kind for kind, _ in cells} - set(kinds))]
    rows = tuple(
        TrajectoriesRow(group=group, kind=kind, goal=code, clients=found[0], trajectories=found[1])
        for kind in order
        for number, code in led
        if (found := cells.get((kind, number))) is not None
    )
    total = sum(row.trajectories for row in rows)
    return TrajectoriesPart(
        group=group,
        rows=rows,
        totals=TrajectoriesTotals(clients=persons, with_trajectory=with_one, trajectories=total),
    )
