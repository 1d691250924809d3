"""The people whose values in a few columns mean something: judged once for each combination that occurs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw
import polars as pl


def matching(frame: nw.LazyFrame[pl.LazyFrame], columns: tuple[str, ...], fits: Callable[..., bool]) -> list[int]:
    """The client ids, each once and in order, whose values of the columns fit."""
    rows = nw.to_native(frame).select("client_id", *columns).collect()
    found = [values for values in rows.select(columns).unique().rows() if fits(*values)]
    wanted = pl.DataFrame(_by_column(found, columns), schema={column: rows.schema[column] for column in columns})
    kept = rows.join(wanted, on=list(columns), how="semi", nulls_equal=True)
    return kept["client_id"].unique().sort().to_list()


def _by_column(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> dict[str, list[Any]]:
    return {column: [row[place] for row in rows] for place, column in enumerate(columns)}
