"""Who is ready for a step up on a day, and of who is not why not: for reports and for working lists alike."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.distribution import READY, readiness
from opstap.analytics.levels import whole_by_id
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.levels import levels_of
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Reading, state_on
from opstap.facts.selectors.tables import CODE
from opstap.foundation.dates import years_before
from opstap.ladder.selectors.scales import ScaleOnDay


def readiness_on(facts: Facts, day: date, scale: ScaleOnDay, read: int | Reading) -> pl.DataFrame:
    """Columns client_id and kind, of who has a placement: `ready`, or the reason why not (A-10).

    Through a crosswalk the goals of trajectories are read through it as well.
    """
    if isinstance(read, Reading) and read.counterparts is not None:
        return _readiness(facts, day, scale, read)
    return _as_recorded(facts, day, scale, read if isinstance(read, int) else read.scale_id)


@kept_while_unchanged(by_person=True)
def _as_recorded(facts: Facts, day: date, scale: ScaleOnDay, scale_id: int) -> pl.DataFrame:
    return _readiness(facts, day, scale, scale_id)


def _readiness(facts: Facts, day: date, scale: ScaleOnDay, read: int | Reading) -> pl.DataFrame:
    running = active(facts, "trajectories", day).filter(~pl.col("maintains_level"))
    if isinstance(read, Reading) and read.counterparts is not None:
        counterparts = {pk: to for pk, to in read.counterparts.items() if to is not None}
        goal = pl.col("goal_level_id").replace_strict(counterparts, default=None, return_dtype=pl.Int32)
        running = running.with_columns(goal_level_id=goal)
    kinds = readiness(
        state_on(facts, day, read),
        None if running.is_empty() else nw.from_native(running.lazy()),
        levels_of(scale),
        since=years_before(day, 1),
        ordered=scale.is_ladder,
        halves_count=scale.growth_on_halves,
    )
    found: pl.DataFrame = nw.to_native(kinds).with_columns(pl.col("kind").cast(CODE)).collect()
    return found


def goes_nowhere_up(scale: ScaleOnDay, level_id: int | None, goal_level_id: int | None) -> bool:
    """Whether a goal lies at or below the level on which somebody stands: such a trajectory is none upward.

    By whole levels, unless half-levels count. Of a trajectory without a goal on this scale nobody can say so.
    """
    found = {level.id: level for level in levels_of(scale)}
    shown = found if scale.growth_on_halves else whole_by_id(found.values())
    ends = [shown.get(pk) if pk is not None else None for pk in (level_id, goal_level_id)]
    here, goal = ((one if one is not None and not one.undetermined else None) for one in ends)
    return scale.is_ladder and here is not None and goal is not None and goal.order <= here.order


def ready_on(facts: Facts, day: date, scale: ScaleOnDay) -> frozenset[int]:
    """The ids of who is ready for a step on this scale."""
    held = readiness_on(facts, day, scale, scale.id)
    return frozenset(held.filter(pl.col("kind") == READY)["client_id"])
