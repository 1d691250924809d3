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
_NOTHING: Final = -1
_NOWHERE: Final = -1_000_000
"""Stand for no level, as engines differ in what a missing number looks like, and for a place below all."""


def readiness(
    state: nw.LazyFrame[Any],
    running: nw.LazyFrame[Any],
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
    another scale). Comes out: `client_id`, `kind`. Units: persons. Errors: those of `levels.in_order`. Source: FIELD
    A-10.
    """
    places = _places(levels, halves_count=halves_count)
    here, there = (_place(column, places) for column in ("level_id", "expected_level_id"))
    known = [pk for pk in places if not _is_counterpart_less(levels, pk)]
    recent = nw.col("measured_on") > day_like(since, state.collect_schema()["measured_on"])
    goals = {pk: place for pk, place in places.items() if pk in known}
    joined = state.join(_going(state, running, here, goals), on="client_id", how="left").with_columns(
        here=here,
        there=there,
        is_known=nw.col("level_id").is_in(known) & nw.col("expected_level_id").fill_null(_NOTHING).is_in(known),
        is_recent=recent,
        rises=nw.col("rises").fill_null(0),
        is_silent=nw.col("is_silent").fill_null(0),
    )
    kind = nw.when(nw.col("is_silent") == 1).then(nw.lit(NO_GOAL)).otherwise(nw.lit(READY))
    for condition, name in (
        (nw.col("rises") == 1, ON_THEIR_WAY),
        (~nw.col("is_recent"), LONG_AGO),
        (nw.col("there") <= nw.col("here"), NOT_HIGHER),
        (~nw.col("is_known"), NOT_KNOWN),
        *(() if ordered else ((nw.col("here") > _NOWHERE, NO_ORDER),)),
        (nw.col("here") == _NOWHERE, NOT_PLACED),
    ):
        kind = nw.when(condition).then(nw.lit(name)).otherwise(kind)
    return joined.select("client_id", kind=kind)


def _going(
    state: nw.LazyFrame[Any], running: nw.LazyFrame[Any], here: nw.Expr, goals: dict[int, int]
) -> nw.LazyFrame[Any]:
    """Of who has a trajectory whether one goes above the current level, and whether one does not say where it goes."""
    stands = state.select("client_id", here=here)
    led = running.select("client_id", goal=_place("goal_level_id", goals)).join(stands, on="client_id", how="inner")
    rises = ((nw.col("goal") > nw.col("here")) & (nw.col("goal") > _NOWHERE)).cast(nw.Int64)
    silent = (nw.col("goal") == _NOWHERE).cast(nw.Int64)
    flags = led.select("client_id", rises=rises, is_silent=silent)
    return flags.group_by("client_id").agg(rises=nw.col("rises").max(), is_silent=nw.col("is_silent").max())


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
