"""The facts of a municipality: kept in this process, brought up by recording number, or as of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import RLock

import narwhals as nw
import polars as pl

from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.audit.selectors import forget_answers, forget_remembered, latest_recording
from opstap.facts.selectors.few import FEW, held_of_few, put_in, rows_about
from opstap.facts.selectors.merged import Merged, merged_of, under_kept
from opstap.facts.selectors.numbers import forget_numbers, numbers_until
from opstap.facts.selectors.parts import forget_parts
from opstap.facts.selectors.residue import Left, left_of
from opstap.facts.selectors.tables import (
    ERASED,
    KEPT_FROM_SOME,
    MERGED,
    OF_ROWS_ALONE,
    TABLES,
    FactTable,
    last_written,
    read_newer_rows,
    read_rows,
)

FEW_ROWS = 200  # that are worked out one by one
MOST_CHANGES = 100
MOST_PIECES = 32  # in which rows lie


@dataclass(frozen=True)
class Changes:
    """Of whom something was worked in after a recording, by the recording up to which it was; the last times only."""

    since: int
    people: tuple[tuple[int, frozenset[int]], ...] = ()

    def and_then(self, recording: int, touched: pl.Series) -> Changes:
        """With those of whom something was recorded up to this recording; of many nobody is named."""
        if len(touched) > FEW:
            return Changes(recording)
        before, people = self.people[-MOST_CHANGES:], (recording, frozenset(touched))
        since = self.since if len(before) == len(self.people) else self.people[-len(before) - 1][0]
        return Changes(since, (*before, people))

    def after(self, recording: int) -> frozenset[int] | None:
        """Of whom anything changed after a recording; `None` where nobody remembers."""
        if recording < self.since:
            return None
        return frozenset().union(*(touched for until, touched in self.people if until > recording))


@dataclass(frozen=True)
class _Kept:
    """One table as this process holds it: all rows, and what they come to as known at `recording`.

    `newer` are rows of later recordings, up to `read`, that were read with those of other tables: worked in when the
    table is asked for. `changes` are the last ones that were worked in.
    """

    recording: int
    rows: pl.DataFrame
    held: pl.DataFrame
    read: int
    newer: pl.DataFrame
    changes: Changes


@dataclass
class Facts:
    """The columnar facts of one municipality as known at a recording; tables are made when first asked for."""

    municipality_id: int
    recording: int
    _tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def narrowed(self) -> tuple[Facts, pl.Series] | None:
        """Of which facts these are those of a few people, and of whom; nothing is kept of them."""
        return None

    def table(self, name: str) -> pl.DataFrame:
        """A table of half-open intervals (`measurements`: valid_from, valid_until; others: starts_on, ends_on)."""
        if name not in self._tables:
            self._tables[name] = _table_at(self.municipality_id, name, self.recording)
        return self._tables[name]

    def noting(self, noted: set[str]) -> Facts:
        """The same facts; the names of tables that are read of them are noted."""
        return _Noting(self.municipality_id, self.recording, self._tables, whole=self, noted=noted)

    def is_kept(self, name: str) -> bool:
        """Whether the table is the one that this process holds of the municipality: not that of an earlier moment, nor
        one that somebody made of it.
        """
        return _is_kept(self.municipality_id, name, self.table(name))

    def touched_since(self, name: str, recording: int) -> frozenset[int] | None:
        """Of whom the table, as it was at an earlier recording, is another now; `None` where that is not known."""
        return _touched_since(self.municipality_id, name, recording, self.recording)

    def about(self, people: frozenset[int]) -> Facts:
        """The same facts, of a few people."""
        return _About(
            self.municipality_id, self.recording, whole=self, people=pl.Series(sorted(people), dtype=pl.Int64)
        )

    def left(self) -> Left:
        """What is left of those who were erased. Whenever it changes all tables are read anew."""
        with _lock:
            return _left_until(self.municipality_id, self.recording)

    def names(self) -> Mapping[int, int]:
        """Under which client the facts of each merged dossier stand."""
        with _lock:
            return _merged_until(self.municipality_id, self.recording).names_at(self.recording)

    def lazy(self, name: str) -> nw.LazyFrame[pl.LazyFrame]:
        """The same, as `analytics` takes it."""
        return nw.from_native(self.table(name).lazy())

    def numbers(self) -> pl.DataFrame:
        """Columns client_id, reference and number, of at least all clients of these facts; nobody who was erased."""
        self.left()  # looks whether anybody was
        return numbers_until(self.municipality_id, self.recording)

    def second_assessments(self) -> pl.DataFrame:
        """Placements by a second worker, which are in no interval: only to hold beside the first. As they are stored;
        nothing is left of those of the erased.
        """
        return _second_assessments_at(self.municipality_id, self.recording)


@dataclass
class _Noting(Facts):
    """Facts of which a part is made that is kept while the tables it reads stay the same."""

    whole: Facts = field(kw_only=True)
    noted: set[str] = field(kw_only=True)

    def narrowed(self) -> tuple[Facts, pl.Series] | None:
        few = self.whole.narrowed()
        return None if few is None else (few[0].noting(self.noted), few[1])

    def table(self, name: str) -> pl.DataFrame:
        self.noted.add(name)
        return self.whole.table(name)

    def names(self) -> Mapping[int, int]:
        message = "a part can't be kept that reads which dossiers were merged"
        raise TypeError(message)

    def numbers(self) -> pl.DataFrame:
        message = "a part can't be kept that reads under which number somebody is known"
        raise TypeError(message)

    def second_assessments(self) -> pl.DataFrame:
        message = "a part can't be kept that reads placements by a second worker"
        raise TypeError(message)


@dataclass
class _About(Facts):
    """Facts of a few people, of whom something that is kept is made anew; those of households are all there."""

    whole: Facts = field(kw_only=True)
    people: pl.Series = field(kw_only=True)

    def narrowed(self) -> tuple[Facts, pl.Series] | None:
        return self.whole, self.people

    def table(self, name: str) -> pl.DataFrame:
        if name not in self._tables:
            rows, owner = self.whole.table(name), TABLES[name].owner
            self._tables[name] = rows_about(rows, self.people, owner) if owner == "client_id" else rows
        return self._tables[name]


_kept: dict[tuple[int, str], _Kept] = {}
_merged: dict[int, Merged] = {}
_left: dict[int, Left] = {}
_written: dict[str, int] = {}
_looked_at: int = 0
_lock = RLock()


def facts_of(municipality_id: int, *, recording: int | None = None) -> Facts:
    """The facts as known now, or at an earlier recording. One query; tables cost only when something was recorded."""
    return Facts(municipality_id, latest_recording() if recording is None else recording)


def look_for_erased(latest: int) -> None:
    """Before facts are asked as known at an earlier recording: what was read of whoever was erased since is forgotten.

    Facts as known now need no such look, they look themselves.
    """
    with _lock:
        _written_since(ERASED, 0, latest)


def is_anybody_kept(latest: int) -> bool:
    """Whether any dossier was ever protected, or said to be of an acquaintance: else nobody is kept from anybody."""
    with _lock:
        return any(_written_since(name, 0, latest) for name in KEPT_FROM_SOME)


def forget_all() -> None:
    """Empty this process's cache: for tests and after a database was put back."""
    with _lock:
        _forget_facts()
        _look_again(0, {})
    forget_remembered()


def _forget_facts() -> None:
    _kept.clear()
    _merged.clear()
    _left.clear()
    forget_parts()
    forget_numbers()


def _left_until(municipality_id: int, recording: int) -> Left:
    """What is left of the erased."""
    any_erased = _written_since(ERASED, 0, recording)
    if municipality_id not in _left:
        _left[municipality_id] = left_of(municipality_id, any_erased=any_erased)
    return _left[municipality_id]


def _table_at(municipality_id: int, name: str, recording: int) -> pl.DataFrame:
    with _lock:
        left = _left_until(municipality_id, recording)
        merged = _merged_until(municipality_id, recording)
        key = (municipality_id, name)
        if key not in _kept:
            _kept[key] = _read_first(municipality_id, TABLES[name], recording, merged, left)
        elif _kept[key].recording < recording:
            if _kept[key].read < recording:
                _read_newer(municipality_id, recording)
            _kept[key] = _brought_up(TABLES[name], _kept[key], recording, merged)
        kept = _kept[key]
    if kept.recording == recording:
        return kept.held
    return left.added_to(TABLES[name], _held(TABLES[name], kept.rows, recording, merged))


def _is_kept(municipality_id: int, name: str, table: pl.DataFrame) -> bool:
    with _lock:
        kept = _kept.get((municipality_id, name))
    return kept is not None and kept.held is table


def _touched_since(municipality_id: int, name: str, recording: int, until: int) -> frozenset[int] | None:
    with _lock:
        kept = _kept.get((municipality_id, name))
    is_asked = kept is not None and kept.recording == until and TABLES[name].owner == "client_id"
    return kept.changes.after(recording) if kept is not None and is_asked else None


def _second_assessments_at(municipality_id: int, recording: int) -> pl.DataFrame:
    """Those that stood; one that was moved, and is the first of another day since, is replaced."""
    with _lock:
        _table_at(municipality_id, "measurements", recording)  # reads what was recorded since
        rows = _until(_kept[municipality_id, "measurements"].rows, recording)
        names = _merged_until(municipality_id, recording).names_at(recording)
    replaced = rows["replaces"].drop_nulls()
    seconds = pl.col("second_assessment") & ~pl.col("withdrawn")
    standing = rows.filter(seconds).filter(~pl.col("id").is_in(replaced.implode()))
    return under_kept(TABLES["measurements"], standing, names)


def _written_since(name: str, recording: int, until: int) -> bool:
    """Whether anything was written in a table after a recording, up to another. One query for all tables together."""
    if _looked_at < until:
        _look_again(until, last_written())
    return _written.get(name, 0) > recording


def _look_again(recording: int, written: Mapping[str, int]) -> None:
    """When somebody was erased since, all that was read before is forgotten, whoever asked what first."""
    global _looked_at  # noqa: PLW0603 - what this process knows, under the same lock as the rest of it
    if written.get(ERASED, 0) > _written.get(ERASED, 0):
        _forget_facts()
        forget_answers()
    _looked_at = recording
    _written.clear()
    _written.update(written)


def _merged_until(municipality_id: int, recording: int) -> Merged:
    """Which dossiers were merged, read again when something was recorded since."""
    known = _merged.get(municipality_id)
    moved = known is not None and known.recording < recording and _written_since(MERGED, known.recording, recording)
    if known is None or moved or municipality_id not in _merged:  # looking may have forgotten it
        anybody = _written_since(MERGED, 0, recording)  # known by now: nothing is asked for it
        known = merged_of(municipality_id, recording) if anybody else Merged(recording, ())
        _merged[municipality_id] = known
    elif known.recording < recording:
        known = _merged[municipality_id] = replace(known, recording=recording)
    return known


def _read_first(municipality_id: int, table: FactTable, recording: int, merged: Merged, left: Left) -> _Kept:
    rows = _until(read_rows(table, municipality_id), recording)
    held = left.added_to(table, _held(table, rows, recording, merged))
    return _Kept(recording, rows, held, recording, rows.clear(), Changes(recording))


def _read_newer(municipality_id: int, recording: int) -> None:
    """What was recorded since in all tables of the municipality that this process holds: one query for all together."""
    held = {name: kept for (owner, name), kept in _kept.items() if owner == municipality_id and kept.read < recording}
    since = {name: kept.read for name, kept in held.items() if _written_since(name, kept.read, recording)}
    found = read_newer_rows(municipality_id, since, recording) if since else {}
    for name, kept in held.items():
        newer = pl.concat([kept.newer, found[name]]) if name in found else kept.newer
        _kept[municipality_id, name] = replace(kept, read=recording, newer=newer)


def _brought_up(table: FactTable, kept: _Kept, recording: int, merged: Merged) -> _Kept:
    """The table as known at a later recording: only whom something was recorded about is worked out again."""
    moved = merged.moved_between(kept.recording, recording) if table.owner == "client_id" else set()
    if kept.newer.is_empty() and not moved:
        return replace(kept, recording=recording)  # as most tables are each time: nothing is asked of the engine
    after = pl.col("recording") > recording
    new, later = kept.newer.filter(~after), kept.newer.filter(after)
    if new.is_empty() and not moved:
        return replace(kept, recording=recording, newer=later)
    touched = _touched(table, new, moved, merged.names_at(recording))
    rows = _in_few_pieces(pl.concat([kept.rows, new]))
    rebuilt = _held(table, rows, recording, merged, only=touched)
    held = put_in(kept.held, rebuilt, touched, table.owner)
    return _Kept(recording, rows, held, kept.read, later, kept.changes.and_then(recording, touched))


def _in_few_pieces(rows: pl.DataFrame) -> pl.DataFrame:
    """What is recorded adds a piece each time: of hundreds of pieces a few rows are found slowly."""
    return rows.rechunk() if rows.n_chunks() > MOST_PIECES else rows


def _touched(table: FactTable, new: pl.DataFrame, moved: set[int], names: Mapping[int, int]) -> pl.Series:
    """Whose intervals change: who something was recorded about, and both dossiers of who was merged or parted."""
    owners = moved | set(new[table.owner].unique())
    if table.owner == "client_id":
        owners |= {names[owner] for owner in owners if owner in names}
    return pl.Series(sorted(owners), dtype=pl.Int64)


def _until(rows: pl.DataFrame, recording: int) -> pl.DataFrame:
    return rows.filter(pl.col("recording") <= recording)


def _held(
    table: FactTable, rows: pl.DataFrame, recording: int, merged: Merged, *, only: pl.Series | None = None
) -> pl.DataFrame:
    """What the rows come to as known at the recording, each under the dossier that was kept by then."""
    rows = under_kept(table, rows, merged.names_at(recording))
    if only is not None:
        owner = pl.col(table.owner)
        rows = rows.filter(owner == only[0] if len(only) == 1 else owner.is_in(only.implode()))
    is_few = only is not None and rows.height <= FEW_ROWS
    held = held_of_few(table, rows, recording) if is_few else _held_of_many(table, rows, recording)
    if table.one_each:
        held = held.unique(subset=table.owner, keep="first", maintain_order=True)
    return _sorted(held.drop(OF_ROWS_ALONE, strict=False), table)


def _held_of_many(table: FactTable, rows: pl.DataFrame, recording: int) -> pl.DataFrame:
    known = as_known(nw.from_native(rows.lazy()), recording)
    if table.time == "moment":
        known = moments_to_intervals(known.filter(~nw.col("second_assessment")))
    held: pl.DataFrame = nw.to_native(known).collect()
    return held


def _sorted(frame: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """Sorted by whom it is about, in one piece, and known to be: joins are quicker then."""
    return frame.sort(table.owner, maintain_order=True).rechunk().with_columns(pl.col(table.owner).set_sorted())
