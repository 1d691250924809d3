"""The facts of a municipality: kept in this process, brought up by recording number, or as of an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

import narwhals as nw
import polars as pl

from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.audit.selectors import forget_remembered, latest_recording
from opstap.facts.selectors.tables import TABLES, FactTable, read_rows


@dataclass
class _Kept:
    """One table as this process holds it: all rows, and what they come to as known at `recording`."""

    recording: int
    rows: pl.DataFrame
    held: pl.DataFrame


@dataclass
class Facts:
    """The columnar facts of one municipality as known at a recording; tables are made when first asked for."""

    municipality_id: int
    recording: int
    _tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame:
        """A table of half-open intervals (`measurements`: valid_from, valid_until; others: starts_on, ends_on)."""
        if name not in self._tables:
            self._tables[name] = _table_at(self.municipality_id, name, self.recording)
        return self._tables[name]

    def lazy(self, name: str) -> nw.LazyFrame[pl.LazyFrame]:
        """The same, as `analytics` takes it."""
        return nw.from_native(self.table(name).lazy())


_kept: dict[tuple[int, str], _Kept] = {}
_lock = RLock()


def facts_of(municipality_id: int, *, recording: int | None = None) -> Facts:
    """The facts as known now, or at an earlier recording. One query; tables cost only when something was recorded."""
    return Facts(municipality_id, latest_recording() if recording is None else recording)


def forget_all() -> None:
    """Empty this process's cache: for tests and after a database was put back."""
    with _lock:
        _kept.clear()
    forget_remembered()


def _table_at(municipality_id: int, name: str, recording: int) -> pl.DataFrame:
    with _lock:
        kept = _kept.get((municipality_id, name))
        if kept is None or kept.recording < recording:
            kept = _brought_up(municipality_id, TABLES[name], kept, recording)
            _kept[municipality_id, name] = kept
    if kept.recording == recording:
        return kept.held
    return _held(TABLES[name], kept.rows, recording)


def _brought_up(municipality_id: int, table: FactTable, kept: _Kept | None, recording: int) -> _Kept:
    if kept is None:
        rows = _until(read_rows(table, municipality_id), recording)
        return _Kept(recording, rows, _held(table, rows, recording))
    new = _until(read_rows(table, municipality_id, after=kept.recording), recording)
    if new.is_empty():
        return _Kept(recording, kept.rows, kept.held)
    touched = new[table.owner].unique()
    rows = pl.concat([kept.rows, new])
    rebuilt = _held(table, rows.filter(pl.col(table.owner).is_in(touched.implode())), recording)
    others = kept.held.filter(~pl.col(table.owner).is_in(touched.implode()))
    return _Kept(recording, rows, _sorted(pl.concat([others, rebuilt]), table))


def _until(rows: pl.DataFrame, recording: int) -> pl.DataFrame:
    return rows.filter(pl.col("recording") <= recording)


def _held(table: FactTable, rows: pl.DataFrame, recording: int) -> pl.DataFrame:
    known = as_known(nw.from_native(rows.lazy()), recording)
    if table.time == "moment":
        known = moments_to_intervals(known.filter(~nw.col("second_assessment")))
    return _sorted(nw.to_native(known).collect(), table)


def _sorted(frame: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """Sorted by whom it is about, in one piece, and known to be: joins are quicker then."""
    return frame.sort(table.owner).rechunk().with_columns(pl.col(table.owner).set_sorted())
