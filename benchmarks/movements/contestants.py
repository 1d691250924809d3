"""Everyone who answers how many went from which level to which between two days. Not here: the clock."""

from collections.abc import Callable
from datetime import timedelta

import narwhals as nw
import polars as pl

from benchmarks.states.contestants import DAY, LEVELS, Facts
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import on
from opstap.analytics.transitions import NOT_MEASURED_AGAIN, Sides, flows, movement

EARLIER = DAY - timedelta(days=365)
OURS, WHOLE = "Opstap: the matrix, on intervals", "Opstap movement(): follow-up, outcomes and the new too"
LATEST_ROW = ("DuckDB arg_max", "DuckDB row_number", "DuckDB join on max")
SCALE = [ScaleLevel(id=number, code=str(number), name="", order=number) for number in range(1, LEVELS + 1)]

Answer = dict[tuple[int, int], int]
NOT_AGAIN = -1

_LATEST = {
    "DuckDB arg_max": (
        "SELECT client_id, arg_max(level_id, (measured_on, id)) AS level_id, max(measured_on) AS measured_on"
        " FROM moments WHERE measured_on <= DATE '{day}' GROUP BY client_id"
    ),
    "DuckDB row_number": (
        "SELECT client_id, level_id, measured_on FROM moments WHERE measured_on <= DATE '{day}'"
        " QUALIFY row_number() OVER (PARTITION BY client_id ORDER BY measured_on DESC, id DESC) = 1"
    ),
    "DuckDB join on max": (
        "SELECT client_id, level_id, measured_on FROM moments JOIN (SELECT max(id) AS id FROM moments JOIN"
        " (SELECT client_id, max(measured_on) AS measured_on FROM moments WHERE measured_on <= DATE '{day}'"
        " GROUP BY client_id) USING (client_id, measured_on) GROUP BY client_id) USING (id)"
    ),
}


def ours(facts: Facts) -> Answer:
    """The states of both days, joined person by person and counted, as the report does it."""
    intervals = nw.from_native(facts.intervals.lazy())
    start, end = (
        on(intervals, day).select("client_id", "level_id", measured_on=nw.col("valid_from")) for day in (EARLIER, DAY)
    )
    counted = flows(start, end, EARLIER).group_by("from_level", "to_level").agg(clients=nw.len()).collect()
    return {(origin, to): clients for origin, to, clients in counted.rows()}


def whole(facts: Facts) -> Answer:
    """The whole report: people in follow-up on both days, what became of them, who is new, and its sums."""
    found = movement(Sides(*(_placed(facts, day) for day in (EARLIER, DAY))), SCALE, since=EARLIER, ordered=True)
    return {
        (int(row.origin), NOT_AGAIN if row.destination == NOT_MEASURED_AGAIN else int(row.destination)): row.clients
        for row in found.rows
        if row.clients
    }


def _placed(facts: Facts, day: object) -> nw.LazyFrame[pl.LazyFrame]:
    """What `facts.selectors.people.placed_on` makes: people in follow-up with their state, sorted and known to be."""
    people = on(nw.from_native(facts.follow_up.lazy()), day, "starts_on", "ends_on").select("client_id")  # type: ignore[arg-type] # a date
    state = on(nw.from_native(facts.intervals.lazy()), day).select(  # type: ignore[arg-type] # a date
        "client_id", "level_id", measured_on=nw.col("valid_from")
    )
    joined = nw.to_native(people).join(nw.to_native(state), on="client_id", how="left", maintain_order="left").collect()
    return nw.from_native(joined.with_columns(pl.col("client_id").set_sorted()).lazy())


def in_duckdb(latest: str) -> Callable[[Facts], Answer]:
    """The latest row of both days by this query, joined and counted."""
    query = (
        f"SELECT a.level_id, CASE WHEN b.measured_on > DATE '{EARLIER}' THEN b.level_id ELSE {NOT_AGAIN} END, count(*)"
        f" FROM ({latest.format(day=EARLIER)}) a JOIN ({latest.format(day=DAY)}) b USING (client_id) GROUP BY 1, 2"
    )
    return lambda facts: {(origin, to): n for origin, to, n in facts.duck.execute(query).fetchall()}


CONTESTANTS: dict[str, Callable[[Facts], Answer]] = {
    OURS: ours,
    WHOLE: whole,
    **{name: in_duckdb(latest) for name, latest in _LATEST.items()},
}
