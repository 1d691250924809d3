"""What a few rows come to, worked out one by one: to plan the counting of a table takes longer than to count ten rows.

The rule is that of `analytics` (`as_known`, `moments_to_intervals`), which is asked of a whole table; tests hold the
two together.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import polars as pl

from opstap.analytics.periods import FAR
from opstap.facts.selectors.tables import FactTable

Row = dict[str, Any]


def held_of_few(table: FactTable, rows: pl.DataFrame, recording: int) -> pl.DataFrame:
    """The rows that stood at the recording; of moments the intervals they make, by client, scale and day."""
    known = [row for row in rows.to_dicts() if row["recording"] <= recording]
    replaced = {row["replaces"] for row in known}
    standing = [row for row in known if row["id"] not in replaced and not row["withdrawn"]]
    schema: dict[str, Any] = dict(rows.schema)
    if table.time == "moment":
        standing = _intervals([row for row in standing if not row["second_assessment"]])
        schema |= {"valid_from": pl.Date, "valid_until": pl.Date}
    return pl.DataFrame(standing, schema=schema, orient="row")


def _intervals(moments: list[Row]) -> list[Row]:
    """Each holds until the next of the same client and scale; of two on one day the later known holds."""
    moments.sort(key=lambda row: (*_of(row), row["measured_on"], row["recording"], row["id"]))
    for row, following in zip_longest(moments, moments[1:]):
        is_last = following is None or _of(following) != _of(row)
        row |= {"valid_from": row["measured_on"], "valid_until": FAR if is_last else following["measured_on"]}
    return [row for row in moments if row["valid_from"] < row["valid_until"]]


def _of(row: Row) -> tuple[int, int]:
    return row["client_id"], row["scale_id"]
