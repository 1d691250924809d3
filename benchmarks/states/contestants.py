"""Everyone who answers the question of the benchmark, and the data each is given. Not here: the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl

from opstap.analytics.distribution import placement
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import FAR, on

THREADS = 2
MEASUREMENTS = 10
LEVELS = 11
FIRST_DAY = date(2015, 1, 1)
SPAN_DAYS = 3650
DAY = FIRST_DAY + timedelta(days=2000)

LATEST_ROW = ("DuckDB arg_max", "DuckDB row_number", "DuckDB join on max")
OURS, SCAN, DUCK_INTERVALS = "Opstap on intervals", "Polars bare scan of two dates", "DuckDB on intervals"
PLACEMENT = "Opstap placement() of all in follow-up"
PACKED = "DuckDB arg_max, day and id packed in a number"


Answer = dict[int, int] | int


@dataclass
class Facts:
    """The same placements for every contestant, built before the clock runs."""

    moments: pl.DataFrame
    intervals: pl.DataFrame
    follow_up: pl.DataFrame
    duck: duckdb.DuckDBPyConnection
    pandas_moments: pd.DataFrame
    pandas_intervals: pd.DataFrame
    seconds: float


def drawn_moments(clients: int) -> pl.DataFrame:
    """Placements on random days, recorded in the order of those days; one client in eighty has two on one day."""
    random = np.random.default_rng(20100915)
    rows = clients * MEASUREMENTS
    days = np.sort(random.integers(0, SPAN_DAYS, (clients, MEASUREMENTS)), axis=1)
    return pl.DataFrame(
        {
            "client_id": np.repeat(np.arange(1, clients + 1, dtype=np.int64), MEASUREMENTS),
            "scale_id": np.ones(rows, dtype=np.int16),
            "id": np.arange(1, rows + 1, dtype=np.int64),
            "recording": np.arange(1, rows + 1, dtype=np.int64),
            "measured_on": np.datetime64(FIRST_DAY, "D") + days.ravel(),
            "level_id": random.integers(1, LEVELS + 1, rows).astype(np.int16),
            "growth": random.integers(-1, 2, rows).astype(np.int8),
        }
    ).with_columns(pl.col("measured_on").cast(pl.Date), pl.col("client_id").set_sorted())


def built_intervals(moments: pl.DataFrame) -> pl.DataFrame:
    """What `facts` keeps: sorted by client, the sorted flag set, one chunk."""
    columns = ("client_id", "valid_from", "valid_until", "level_id", "growth")
    made = moments_to_intervals(nw.from_native(moments.lazy())).select(*columns)
    kept: pl.DataFrame = made.collect().to_native()
    return kept.rechunk().with_columns(pl.col("client_id").set_sorted())


def loaded_duckdb(moments: pd.DataFrame, intervals: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """The same two tables in DuckDB's own storage, sorted by client, dates as DATE."""
    duck = duckdb.connect(config={"threads": THREADS})
    for table, frame, days in (
        ("moments", moments, ("measured_on",)),
        ("intervals", intervals, ("valid_from", "valid_until")),
    ):
        kept_in_duckdb(duck, table, frame, days)
    return duck


def kept_in_duckdb(duck: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, days: tuple[str, ...]) -> None:
    """A frame as a table of its own storage."""
    duck.register("given", frame)
    casts = ", ".join(f"{day}::DATE AS {day}" for day in days)
    duck.execute(f"CREATE TABLE {table} AS SELECT * REPLACE ({casts}) FROM given")
    duck.unregister("given")


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """The frame in pandas, with days as its own timestamps of a second (a day as Python object would be slower)."""
    return pd.DataFrame(
        {
            name: column.to_numpy().astype("datetime64[s]") if column.dtype == pl.Date else column.to_numpy()
            for name, column in zip(frame.columns, frame.get_columns(), strict=True)
        }
    )


def built(clients: int) -> Facts:
    """Every contestant's own copy of the data, and how long ours took to build."""
    moments = drawn_moments(clients)
    started = time.perf_counter()
    intervals = built_intervals(moments)
    seconds = time.perf_counter() - started
    everyone = {
        "client_id": np.arange(1, clients + 1, dtype=np.int64),
        "starts_on": [FIRST_DAY] * clients,
        "ends_on": [FAR] * clients,
    }
    follow_up = pl.DataFrame(everyone).with_columns(pl.col("client_id").set_sorted())
    pandas_moments, pandas_intervals = as_pandas(moments), as_pandas(intervals)
    duck = loaded_duckdb(pandas_moments, pandas_intervals)
    return Facts(moments, intervals, follow_up, duck, pandas_moments, pandas_intervals, seconds)


def ours(facts: Facts) -> Answer:
    """The state on the date, counted per level, as every report of Opstap does it."""
    state = on(nw.from_native(facts.intervals.lazy()), DAY)
    return dict(state.group_by("level_id").agg(clients=nw.len()).collect().rows())


def our_placement(facts: Facts) -> Answer:
    """The whole report: people in follow-up, joined to the state, by level and growth, with its totals."""
    population = on(nw.from_native(facts.follow_up.lazy()), DAY, "starts_on", "ends_on")
    state = on(nw.from_native(facts.intervals.lazy()), DAY)
    levels = [ScaleLevel(id=number, code=str(number), name="", order=number) for number in range(1, LEVELS + 1)]
    rows = placement(population, state, levels).rows
    return {int(row.level): row.clients for row in rows if row.level is not None and row.clients}


def bare_scan(facts: Facts) -> Answer:
    """The least that any answer on intervals must do: compare both date columns with the day, and count."""
    holds = (pl.col("valid_from") <= DAY) & (pl.col("valid_until") > DAY)
    return int(facts.intervals.lazy().filter(holds).select(pl.len()).collect().item())


def in_duckdb(query: str) -> Callable[[Facts], Answer]:
    """A contestant that runs this query."""
    return lambda facts: dict(facts.duck.execute(query.format(day=DAY)).fetchall())


def pandas_latest(facts: Facts) -> Answer:
    """Moments up to the day, sorted, the last of each client kept."""
    moments = facts.pandas_moments
    known = moments[moments["measured_on"] <= pd.Timestamp(DAY)].sort_values(["client_id", "measured_on", "id"])
    counts = known.drop_duplicates("client_id", keep="last")["level_id"].value_counts()
    return {int(level): int(n) for level, n in counts.items()}  # type: ignore[call-overload] # the index holds levels


def pandas_intervals(facts: Facts) -> Answer:
    """Our intervals in pandas: a mask on two columns, then a count."""
    rows, day = facts.pandas_intervals, pd.Timestamp(DAY)
    counts = rows.loc[(rows["valid_from"] <= day) & (rows["valid_until"] > day), "level_id"].value_counts()
    return {int(level): int(n) for level, n in counts.items()}  # type: ignore[call-overload] # the index holds levels


CONTESTANTS: dict[str, Callable[[Facts], Answer]] = {
    OURS: ours,
    SCAN: bare_scan,
    DUCK_INTERVALS: in_duckdb(
        "SELECT level_id, count(*) FROM intervals"
        " WHERE valid_from <= DATE '{day}' AND valid_until > DATE '{day}' GROUP BY level_id"
    ),
    "DuckDB arg_max": in_duckdb(
        "SELECT level_id, count(*) FROM (SELECT arg_max(level_id, (measured_on, id)) AS level_id FROM moments"
        " WHERE measured_on <= DATE '{day}' GROUP BY client_id) GROUP BY level_id"
    ),
    "DuckDB row_number": in_duckdb(
        "SELECT level_id, count(*) FROM (SELECT level_id FROM moments WHERE measured_on <= DATE '{day}'"
        " QUALIFY row_number() OVER (PARTITION BY client_id ORDER BY measured_on DESC, id DESC) = 1) GROUP BY level_id"
    ),
    "DuckDB join on max": in_duckdb(
        "WITH latest AS (SELECT client_id, max(measured_on) AS measured_on FROM moments"
        " WHERE measured_on <= DATE '{day}' GROUP BY client_id),"
        " last_id AS (SELECT max(id) AS id FROM moments JOIN latest USING (client_id, measured_on) GROUP BY client_id)"
        " SELECT level_id, count(*) FROM moments JOIN last_id USING (id) GROUP BY level_id"
    ),
    PACKED: in_duckdb(
        "SELECT level_id, count(*) FROM (SELECT"
        " arg_max(level_id, (measured_on - DATE '2000-01-01') * 1000000000 + id) AS level_id FROM moments"
        " WHERE measured_on <= DATE '{day}' GROUP BY client_id) GROUP BY level_id"
    ),
    "pandas latest row (drop_duplicates)": pandas_latest,
    "pandas on intervals": pandas_intervals,
    PLACEMENT: our_placement,
}
