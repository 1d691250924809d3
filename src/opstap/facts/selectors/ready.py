"""Who is ready for a step up on a day, and of who is not why not: for reports and for working lists alike."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.distribution import READY, readiness
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.levels import levels_of
from opstap.facts.selectors.people import Reading, state_on
from opstap.foundation.dates import years_before
from opstap.ladder.selectors.scales import ScaleOnDay


def readiness_on(facts: Facts, day: date, scale: ScaleOnDay, read: int | Reading) -> pl.DataFrame:
    """Columns client_id and kind, of who has a placement: `ready`, or the reason why not (A-10)."""
    upward = active(facts, "trajectories", day).filter(~pl.col("maintains_level"))
    kinds = readiness(
        state_on(facts, day, read),
        nw.from_native(upward.lazy()),
        levels_of(scale),
        since=years_before(day, 1),
        ordered=scale.is_ladder,
        halves_count=scale.growth_on_halves,
    )
    found: pl.DataFrame = nw.to_native(kinds).collect()
    return found


def ready_on(facts: Facts, day: date, scale: ScaleOnDay) -> frozenset[int]:
    """The ids of who is ready for a step on this scale."""
    held = readiness_on(facts, day, scale, scale.id)
    return frozenset(held.filter(pl.col("kind") == READY)["client_id"])
