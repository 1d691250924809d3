"""Everyone's way between two days without a join: in each column every client has a place of their own, by the id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.transitions import NOTHING, Sides, ways
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_on, state_on

WAY = ("level_id", "measured_on")
MOST_PLACES = 8
"""For each client. Ids of a municipality lie near each other, unless many municipalities grew side by side."""


@dataclass(frozen=True)
class _Places:
    """A place for every id from `low` to `high`."""

    low: int
    high: int

    def states(self, facts: Facts, day: date, read: int | Reading) -> pl.DataFrame:
        """The placements of the day whose clients have a place."""
        held = state_on(facts, day, read).select("client_id", *WAY)
        found: pl.DataFrame = nw.to_native(held.filter(nw.col("client_id").is_between(self.low, self.high))).collect()
        return found

    def filled(self, ids: pl.Series, values: pl.Series | int, empty: int, kind: type[pl.DataType]) -> pl.Series:
        """A column with the values at the places of the ids."""
        column = pl.repeat(empty, self.high - self.low + 1, dtype=kind, eager=True)
        return column.scatter(ids - self.low, values) if len(ids) else column


def ways_on(
    facts: Facts, earlier: date, later: date, read: int | Reading, without: pl.Series | None = None
) -> nw.LazyFrame[pl.LazyFrame]:
    """What `ways` makes of everyone in follow-up on either day (`without` some), in about half the time.

    A flag is 1 or 0 here, a level is that of the day also where somebody was not in follow-up: the flags say whose
    counts. Where ids lie far apart the columns would be mostly empty, and the people of both days are joined.
    """
    people = [people_on(facts, day, Choice(without=without)) for day in (earlier, later)]
    ids = [side["client_id"] for side in people]
    known = [side for side in ids if len(side)]
    low, high = (min(side[0] for side in known), max(side[-1] for side in known)) if known else (0, -1)
    if high - low >= MOST_PLACES * max(map(len, ids)):
        joined = (
            nw.from_native(placed_on(facts, side, day, read, WAY).lazy())
            for side, day in zip(people, (earlier, later), strict=True)
        )
        return ways(Sides(*joined), earlier)
    places = _Places(low, high)
    start, end = (places.states(facts, day, read) for day in (earlier, later))
    again = end.filter(pl.col("measured_on") > earlier)
    return nw.from_native(
        pl.DataFrame(
            {
                "was_followed": places.filled(ids[0], 1, 0, pl.Int8),
                "is_followed": places.filled(ids[1], 1, 0, pl.Int8),
                "from_level": places.filled(start["client_id"], start["level_id"], NOTHING, pl.Int32),
                "to_level": places.filled(end["client_id"], end["level_id"], NOTHING, pl.Int32),
                "is_again": places.filled(again["client_id"], 1, 0, pl.Int8),
            }
        ).lazy()
    )
