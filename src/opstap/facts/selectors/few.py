"""What is recorded of a few people, worked out and put in its place one by one: to plan the counting of a table takes
longer than to count ten rows. The rule is that of `analytics` (`as_known`, `moments_to_intervals`), which is asked of
a whole table; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import numpy as np
import polars as pl

from opstap.analytics.periods import FAR
from opstap.facts.selectors.tables import FactTable

Row = dict[str, Any]
FEW = 50  # people, whose rows are found and put in one by one


def rows_about(frame: pl.DataFrame, people: pl.Series, owner: str = "client_id") -> pl.DataFrame:
    """The rows of a few people, each found by halving: the frame and the people are sorted."""
    found = [frame.slice(start, end - start) for start, end in _places(frame[owner], people)]
    return said_sorted(pl.concat(found, rechunk=True) if found else frame.clear(), owner)


def said_sorted(frame: pl.DataFrame, owner: str = "client_id") -> pl.DataFrame:
    """The frame, which is the caller's own, with the word that it is sorted: joins with it are quicker then."""
    return frame.replace_column(frame.get_column_index(owner), frame[owner].set_sorted())


def put_in(held: pl.DataFrame, anew: pl.DataFrame, people: pl.Series, owner: str = "client_id") -> pl.DataFrame:
    """The frame with other rows in place of those it held of some people. All three are sorted, and nothing is sorted
    anew: of a few people their rows are found by halving, and what lies between them is copied as it is.
    """
    anew = anew if anew.columns == held.columns else anew.select(held.columns)
    if len(people) > FEW:
        others = held.filter(~pl.col(owner).is_in(people.implode()))
        both = others.merge_sorted(anew, key=owner).rechunk()
    else:
        both = pl.concat(_pieces(held, anew, people, owner), rechunk=True)
    return said_sorted(both, owner)


def _pieces(held: pl.DataFrame, anew: pl.DataFrame, people: pl.Series, owner: str) -> Iterator[pl.DataFrame]:
    done = 0
    for (start, end), (first, last) in zip(_places(held[owner], people), _places(anew[owner], people), strict=True):
        yield held.slice(done, start - done)
        yield anew.slice(first, last - first)
        done = end
    yield held.slice(done)


def _places(owners: pl.Series, people: pl.Series) -> list[tuple[int, int]]:
    """For each of the people where their rows begin and end."""
    held, wanted = owners.to_numpy(), people.to_numpy()
    starts, ends = np.searchsorted(held, wanted, side="left"), np.searchsorted(held, wanted, side="right")
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


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
