"""Dossiers that were merged: their rows count for the client who was kept, as known at a recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from opstap.clients.models import Alias
from opstap.facts.selectors.tables import FactTable

Row = tuple[int, int, int | None, bool, int, int]


@dataclass(frozen=True)
class Merged:
    """Every merge and every undoing of a municipality up to a recording, in the order they were recorded."""

    recording: int
    rows: tuple[Row, ...]

    def names_at(self, recording: int) -> Mapping[int, int]:
        """Under which client each merged client's facts stand, as known at a recording."""
        if recording >= self.recording:
            return self._latest
        return _names([row for row in self.rows if row[1] <= recording])

    @cached_property
    def _latest(self) -> Mapping[int, int]:
        return _names(self.rows)

    def moved_between(self, after: int, until: int) -> set[int]:
        """Both clients of every merge or undoing recorded after one recording and up to another."""
        return {client for row in self.rows if after < row[1] <= until for client in row[4:]}


def merged_of(municipality_id: int, recording: int) -> Merged:
    """The merges of a municipality. One query."""
    rows = Alias.objects.filter(kept__municipality=municipality_id, recording__lte=recording).order_by("pk")
    return Merged(
        recording, tuple(rows.values_list("pk", "recording_id", "replaces_id", "withdrawn", "client_id", "kept_id"))
    )


def under_kept(table: FactTable, rows: pl.DataFrame, names: Mapping[int, int]) -> pl.DataFrame:
    """The rows under the client that was kept; that client's own rows come first, so that they win where one must."""
    if not names or table.owner != "client_id":
        return rows
    merged = pl.col("client_id").is_in(list(names))
    renamed = rows.filter(merged).with_columns(pl.col("client_id").replace(list(names), list(names.values())))
    return pl.concat([rows.filter(~merged), renamed])


def _names(rows: tuple[Row, ...] | list[Row]) -> Mapping[int, int]:
    replaced = {row[2] for row in rows}
    return {row[4]: row[5] for row in rows if row[0] not in replaced and not row[3]}
