"""Rows as lazy frames on each engine, and the scale the tests share. Not here: any expectation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl

from opstap.analytics.levels import ScaleLevel
from tests.reference.rows import Moment, Period, Rung

Engine = Literal["polars", "duckdb", "pandas"]
Types = Mapping[str, str]

MOMENT_TYPES: Types = {
    "client_id": "bigint", "scale_id": "bigint", "id": "bigint", "recording": "bigint", "replaces": "bigint",
    "withdrawn": "boolean", "measured_on": "date", "level_id": "smallint", "growth": "tinyint",
    "expected_level_id": "smallint",
}  # fmt: skip
PERIOD_TYPES: Types = {
    "client_id": "bigint", "id": "bigint", "recording": "bigint", "replaces": "bigint", "withdrawn": "boolean",
    "starts_on": "date", "ends_on": "date", "group": "varchar",
}  # fmt: skip
POLARS_TYPES: Mapping[str, Any] = {
    "bigint": pl.Int64, "smallint": pl.Int16, "tinyint": pl.Int8, "boolean": pl.Boolean, "date": pl.Date,
    "varchar": pl.String,
}  # fmt: skip
PANDAS_TYPES: Mapping[str, Any] = {
    "bigint": "Int64", "smallint": "Int16", "tinyint": "Int8", "boolean": "bool", "date": "datetime64[ms]",
    "varchar": "object",
}  # fmt: skip

VNG = (
    ScaleLevel(id=1, code="0", name="Not determined", order=0, has_growth=False, undetermined=True),
    ScaleLevel(id=2, code="1", name="Isolated", order=10),
    ScaleLevel(id=3, code="2", name="Contacts", order=20),
    ScaleLevel(id=4, code="2-", name="Contacts -", order=21, parent_code="2"),
    ScaleLevel(id=5, code="2+", name="Contacts +", order=22, parent_code="2"),
    ScaleLevel(id=6, code="3", name="Paid work", order=30, has_growth=False),
)
RUNGS = (
    Rung(id=1, code="0", whole="0", grows=False),
    Rung(id=2, code="1", whole="1", grows=True),
    Rung(id=3, code="2", whole="2", grows=True),
    Rung(id=4, code="2-", whole="2", grows=True),
    Rung(id=5, code="2+", whole="2", grows=True),
    Rung(id=6, code="3", whole="3", grows=False),
)


def lazy(engine: Engine, rows: Sequence[Mapping[str, Any]], types: Types) -> nw.LazyFrame[Any]:
    """The rows as a lazy frame of the engine."""
    columns = {name: [row[name] for row in rows] for name in types}
    if engine == "polars":
        schema = {name: POLARS_TYPES[kind] for name, kind in types.items()}
        return nw.from_native(pl.DataFrame(columns, schema=schema).lazy())
    if engine == "duckdb":
        return nw.from_native(_relation(columns, types))
    series = {name: pd.Series(columns[name], dtype=PANDAS_TYPES[kind]) for name, kind in types.items()}
    return nw.from_native(pd.DataFrame(series)).lazy()


def _relation(columns: Mapping[str, list[Any]], types: Types) -> duckdb.DuckDBPyRelation:
    picked = ", ".join(f'unnest(?::{kind}[]) AS "{name}"' for name, kind in types.items())
    return _CONNECTION.sql(f"SELECT {picked}", params=[columns[name] for name in types])


_CONNECTION = duckdb.connect(config={"threads": 1})


def moments_frame(moments: Sequence[Moment], engine: Engine = "polars") -> nw.LazyFrame[Any]:
    """Placements as they are stored."""
    return lazy(engine, [asdict(row) for row in moments], MOMENT_TYPES)


def periods_frame(periods: Sequence[Period], engine: Engine = "polars") -> nw.LazyFrame[Any]:
    """Periods as they are stored."""
    return lazy(engine, [asdict(row) for row in periods], PERIOD_TYPES)


def plain(day: Any) -> date:
    """A day as a date, whatever the engine gave."""
    return day.date() if isinstance(day, datetime) else date.fromisoformat(str(day))
