"""Who is ready for a step up on a scale, and of who is not: why not. The one rule for reports and working lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import narwhals as nw

from opstap.analytics.levels import ScaleLevel, in_order, whole_by_id
from opstap.analytics.periods import day_like

READY: Final = "ready"
ON_THEIR_WAY: Final = "on_their_way"
NO_GOAL: Final = "no_goal"
LONG_AGO: Final = "long_ago"
NOT_HIGHER: Final = "not_higher"
NOT_KNOWN: Final = "not_known"
NOT_PLACED: Final = "not_placed"
NO_ORDER: Final = "no_order"
READINESS: Final = (READY, ON_THEIR_WAY, NO_GOAL, LONG_AGO, NOT_HIGHER, NOT_KNOWN, NOT_PLACED)
"""What somebody is on a ladder, each exactly one: the first that holds, asked from the last to the first."""
_NOWHERE: Final = -1_000_000
"""A place below all, of who has no level: engines differ in what a missing number looks like."""


def readiness(
    state: nw.LazyFrame[Any],
    running: nw.LazyFrame[Any] | None,
    levels: Sequence[ScaleLevel],
    *,
    since: date,
    ordered: bool,
    halves_count: bool = False,
) -> nw.LazyFrame[Any]:
    """Of who has a placement whether they are ready for a step up, or why not.

    Ready: a level above the current one is expected, the placement is of after `since` (a year before the reference
    date), and no trajectory runs that goes up or does not say where it goes. Else, the first that holds: `not_placed`
    (code 0), `not_known` (no expected level, or a level without a counterpart), `not_higher`, `long_ago` (placed up to
    and on `since`), `on_their_way` (a trajectory to a level above the current one), `no_goal` (one without a goal on
    this scale). A goal at or below the current level keeps nobody from a step. Where levels have no order everyone on
    one is `no_order`. Higher is judged on whole levels (`halves_count`: on half-levels).
    Shapes: `state` has `client_id`, `level_id`, `expected_level_id` and `measured_on`, one row a client; `running` has
    the trajectories that run and do not serve to keep the level: `client_id`, `goal_level_id` (nullable, perhaps of
    another scale); `None` where there are none. Comes out: `client_id`, `kind`. Units: persons. Errors: those of
    `levels.in_order`. Source: FIELD A-10.
    """
    places = _places(levels, halves_count=halves_count)
    aims = {pk: place for pk, place in places.items() if not _is_counterpart_less(levels, pk)}
    here, there = _place("level_id", places), _place("expected_level_id", aims)
    led = state if running is None else state.join(_goals(running, aims), on="client_id", how="left")
    joined = led.with_columns(here=here, there=there)
    is_old = nw.col("measured_on") <= day_like(since, state.collect_schema()["measured_on"])
    not_known, lost = nw.col("there") == _NOWHERE, sorted(places.keys() - aims.keys())
    if lost:
        not_known |= nw.col("level_id").is_in(lost)
    kind, on_their_way = nw.lit(READY), list[tuple[nw.Expr, str]]()
    if running is not None:  # of who has no trajectory nothing stands beside them: no condition on it holds
        on_their_way = [(nw.col("lowest") == _NOWHERE, NO_GOAL), (nw.col("highest") > nw.col("here"), ON_THEIR_WAY)]
    for condition, name in (
        *on_their_way,
        (is_old, LONG_AGO),
        (nw.col("there") <= nw.col("here"), NOT_HIGHER),
        (not_known, NOT_KNOWN),
        *(() if ordered else ((nw.col("here") > _NOWHERE, NO_ORDER),)),
        (nw.col("here") == _NOWHERE, NOT_PLACED),
    ):
        kind = nw.when(condition).then(nw.lit(name)).otherwise(kind)
    return joined.select("client_id", kind=kind)


def _goals(running: nw.LazyFrame[Any], aims: dict[int, int]) -> nw.LazyFrame[Any]:
    """Of who has a trajectory the highest place that one leads to and the lowest: below all where one does not say."""
    led = running.select("client_id", goal=_place("goal_level_id", aims))
    return led.group_by("client_id").agg(highest=nw.col("goal").max(), lowest=nw.col("goal").min())


def _places(levels: Sequence[ScaleLevel], *, halves_count: bool) -> dict[int, int]:
    """By level id where it lies; code 0 lies nowhere."""
    shown = {one.id: one for one in in_order(levels)} if halves_count else whole_by_id(levels)
    return {pk: one.order for pk, one in shown.items() if not one.undetermined}


def _is_counterpart_less(levels: Sequence[ScaleLevel], pk: int) -> bool:
    return any(one.id == pk and one.is_counterpart_less for one in levels)


def _place(column: str, places: dict[int, int]) -> nw.Expr:
    """Where the level of a column lies, a whole number for every engine; below all where it lies nowhere."""
    if not places:
        return nw.lit(_NOWHERE)
    return nw.col(column).replace_strict(places, default=_NOWHERE, return_dtype=nw.Int64)
