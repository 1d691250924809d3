"""Parts of answers (who is followed on a day, who stands where, who falls in which group) that are kept while the
tables they were made of stay as they are. Not here: which parts there are.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import _lru_cache_wrapper, wraps
from threading import Lock
from typing import Any, Protocol, Self, TypeVar
from weakref import ref

import polars as pl

from opstap.audit.selectors import open_recording, reference_known_at
from opstap.facts.selectors.few import put_in, rows_about, said_sorted

MOST_BYTES = 512 * 1024 * 1024
"""What all reports of a day come to for a million clients: where less is kept each makes anew what another made."""
MOST_LASTING = 16
MOST_ANEW = 50
"""Of so many people a part is made anew; of more it is made of everybody."""
Part = Callable[..., pl.DataFrame]


class Source(Protocol):
    """Facts as known at a recording, of which it can be noted what is read of them."""

    municipality_id: int
    recording: int

    def narrowed(self) -> tuple[Self, pl.Series] | None:
        """Of which facts these are those of a few people, and of whom."""

    def table(self, name: str, /) -> pl.DataFrame:
        """A table; the same one as long as nothing in it changed."""

    def noting(self, noted: set[str], /) -> Self:
        """The same facts; the names of tables that are read are noted."""

    def is_kept(self, name: str, /) -> bool:
        """Whether a table is that of everybody as this process holds it, and none that was made of it."""

    def touched_since(self, name: str, recording: int, /) -> frozenset[int] | None:
        """Of whom a table is another than at an earlier recording; `None` where that is not known."""

    def about(self, people: frozenset[int], /) -> Self:
        """The same facts, of a few people."""


S = TypeVar("S", bound=Source)
K = TypeVar("K")


@dataclass(frozen=True)
class _Made:
    """A part, the tables it was made of, and as known at which recording; these are not kept alive by it. `of_all`:
    they were those of everybody as known then, as whoever erases somebody has tables of one person.
    """

    frame: pl.DataFrame
    tables: dict[str, ref[pl.DataFrame]]
    recording: int
    of_all: bool
    size: int

    def still_holds(self, facts: Source) -> bool:
        return all(facts.table(name) is held() for name, held in self.tables.items())

    def others_now(self, facts: Source) -> frozenset[int] | None:
        """Of whom the tables say something else now; `None` where nobody knows, or it would be of many."""
        if facts.recording < self.recording or not self.of_all or not _of_all(facts, self.tables):
            return None
        changed = [name for name, held in self.tables.items() if facts.table(name) is not held()]
        touched = [facts.touched_since(name, self.recording) for name in changed]
        people = frozenset[int]().union(*(one for one in touched if one is not None))
        return people if None not in touched and len(people) <= MOST_ANEW else None


class ThisVery:
    """Something as part of a question that is itself, and nothing that only looks like it."""

    def __init__(self, one: object) -> None:
        self._one, self._hash = ref(one), id(one)

    def one(self) -> Any:
        """What it is."""
        return self._one()

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Who is gone is nobody, also where another came in their place."""
        one = self._one()
        return isinstance(other, ThisVery) and one is not None and one is other._one()


_parts: OrderedDict[Hashable, _Made] = OrderedDict()
_lasting: OrderedDict[Hashable, _Made] = OrderedDict()
_also: list[_lru_cache_wrapper[Any]] = []
_bytes = 0
_lock = Lock()


def kept_while_unchanged(
    *, of_reference: bool = False, lasting: bool = False, by_person: bool = False
) -> Callable[[Part], Part]:
    """Keep what a function makes of facts, for each of its further arguments, which can be hashed.

    It may read nothing but the tables of these facts and, with `of_reference`, reference data as known at their
    recording. Which tables it read is noted while it reads: as soon as one of them is another, it is made anew. What is
    `lasting` is little and takes long: it does not go to make room for what is large.

    With `by_person` what it says of a client (`client_id`, by which it comes out sorted) follows from the rows of that
    client alone: of a few of whom something was recorded since, only their rows are made anew.
    """
    held = _lasting if lasting else _parts

    def keeping(function: Part) -> Part:
        making = _sorted(function) if by_person else function

        @wraps(function)
        def kept(facts: S, *what: Any) -> pl.DataFrame:
            few = facts.narrowed()
            if few is not None and by_person:
                whole, people = few
                return rows_about(answer(whole, *what), people)
            own = open_recording.get()
            if few is not None or (own is not None and facts.recording >= own.number):
                return making(facts, *what)  # little, or all of it may be undone yet
            since = reference_known_at(facts.recording) if of_reference else 0
            key = (function.__module__, function.__qualname__, facts.municipality_id, since, *what)
            with _lock:
                made = held.get(key)
            if made is None or not made.still_holds(facts):
                made = (made and by_person and _brought_up(making, facts, what, made)) or _anew(making, facts, what)
                _keep(held, key, made)
            return made.frame

        answer: Part = kept
        return answer

    return keeping


def _anew(making: Part, facts: Source, what: tuple[Any, ...]) -> _Made:
    noted: set[str] = set()
    frame = making(facts.noting(noted), *what)
    return _made(frame, facts, noted)


def _brought_up(making: Part, facts: Source, what: tuple[Any, ...], made: _Made) -> _Made | None:
    """The part with the rows made anew of whom something was recorded since; `None` where that can't be told."""
    people = made.others_now(facts)
    if people is None:
        return None
    noted = set(made.tables)
    frame = making(facts.about(people).noting(noted), *what)
    ids = pl.Series(sorted(people), dtype=pl.Int64)
    return _made(put_in(made.frame, frame, ids), facts, noted)


def _made(frame: pl.DataFrame, facts: Source, noted: set[str]) -> _Made:
    tables = {name: ref(facts.table(name)) for name in noted}
    return _Made(frame, tables, facts.recording, _of_all(facts, noted), int(frame.estimated_size()))


def _of_all(facts: Source, names: Iterable[str]) -> bool:
    return all(facts.is_kept(name) for name in names)


def _sorted(function: Part) -> Part:
    """What the function makes, sorted by client, and known to be."""

    def making(facts: Source, *what: Any) -> pl.DataFrame:
        frame = function(facts, *what)
        if not frame["client_id"].is_sorted():
            frame = frame.sort("client_id", maintain_order=True)
        return said_sorted(frame.rechunk())

    return making


def forgotten_with_parts(kept: _lru_cache_wrapper[K]) -> _lru_cache_wrapper[K]:
    """Something that keeps what it makes of counts, by itself: of few people these are somebody's, so that an erasure
    empties it too.
    """
    _also.append(kept)
    return kept


def forget_parts() -> None:
    """Empty what is kept: when somebody was erased, for tests, and after a database was put back."""
    global _bytes  # noqa: PLW0603 - as below
    with _lock:
        _parts.clear()
        _lasting.clear()
        _bytes = 0
    for kept in _also:
        kept.cache_clear()


def _keep(held: OrderedDict[Hashable, _Made], key: Hashable, made: _Made) -> None:
    """The newest stay, as many as there is room for."""
    global _bytes  # noqa: PLW0603 - the size of all parts, under the same lock as these
    with _lock:
        gone = held.pop(key, None)
        held[key] = made
        if held is _lasting:
            while len(held) > MOST_LASTING:
                held.popitem(last=False)
            return
        _bytes += made.size - (gone.size if gone else 0)
        while _bytes > MOST_BYTES:
            _key, gone = held.popitem(last=False)
            _bytes -= gone.size
