"""How those of the later day came to be there: stayed, came new on the scale, or taken over. Not here: who they are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.people import each_once, everybody_in
from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.cells import Judge
from opstap.analytics.transitions.flows import NOTHING, Sides, entries

STAYED: Final = "stayed"
ENTERED: Final = "entered"
TAKEN_OVER: Final = "taken_over"
UNPLACED: Final = "unplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Persons of the later day. Of those who were placed among them on the earlier day `stayed`; the others `entered`
    the scale, were `taken_over` from elsewhere, or are `unplaced`.
    """

    people: int
    stayed: int
    entered: int
    taken_over: int
    unplaced: int

    def sums(self) -> Iterator[Sum]:
        """Together they are all of the later day."""
        yield Sum("the later day", (self.stayed, self.entered, self.taken_over, self.unplaced), self.people)


def standing(asked: Sides, followed: nw.LazyFrame[Any], judge: Judge) -> Standing:
    """How the people of the later day came to be there.

    Shapes: `asked` has the people asked about on each day, `followed` everyone in follow-up on the earlier day, one row
    a client, all with `client_id` and `level_id` (null: not placed). Units: persons, each once. Errors: `ValueError`
    for a level that is not of the scale. Source: FIELD B-45, G-4.
    """
    _everybody, people = everybody_in(asked.end)
    found: Counter[str] = Counter()
    columns = ("to_level", "from_level", "own_level")
    counted = each_once(ways_in(asked, followed).select("client_id", *columns)).group_by(*columns).agg(persons=nw.len())
    for to_level, from_level, own_level, persons in rows_of(counted.select(*columns, "persons")):
        found[way_in(judge, int(to_level), int(from_level), int(own_level))] += int(persons)
    return Standing(
        people=people,
        stayed=found[STAYED],
        entered=found[ENTERED],
        taken_over=found[TAKEN_OVER],
        unplaced=found[UNPLACED],
    )


def ways_in(asked: Sides, followed: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The people of the later day with `to_level`, with `from_level` wherever they were on the earlier one, and with
    `own_level` where they were among those asked about then; `NOTHING` where there was none.
    """
    own = each_once(asked.start.select("client_id", own_level=nw.col("level_id")))
    joined = entries(asked.end, followed).join(own, on="client_id", how="left")
    return joined.with_columns(nw.col("own_level").fill_null(NOTHING).cast(nw.Int32))


def way_in(judge: Judge, to_level: int, from_level: int, own_level: int) -> str:
    """Which of the four it is."""
    if judge.level_of(own_level) is not None:
        return STAYED
    if judge.level_of(to_level) is None:
        return UNPLACED
    return ENTERED if judge.level_of(from_level) is None else TAKEN_OVER
