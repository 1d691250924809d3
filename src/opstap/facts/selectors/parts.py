"""Parts of answers (who is followed on a day, who stands where, who falls in which group) that are kept while the
tables they were made of stay as they are. Not here: which parts there are.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, Protocol, Self, TypeVar
from weakref import ref

import polars as pl

from opstap.audit.selectors import open_recording, reference_known_at

MOST_BYTES = 128 * 1024 * 1024
MOST_LASTING = 16
Part = Callable[..., pl.DataFrame]


class Source(Protocol):
    """Facts as known at a recording, of which it can be noted what is read of them."""

    municipality_id: int
    recording: int

    def table(self, name: str, /) -> pl.DataFrame:
        """A table; the same one as long as nothing in it changed."""

    def noting(self, noted: set[str], /) -> Self:
        """The same facts; the names of tables that are read are noted."""


S = TypeVar("S", bound=Source)


@dataclass(frozen=True)
class _Made:
    """A part, and the tables it was made of; these are not kept alive by it."""

    frame: pl.DataFrame
    tables: dict[str, ref[pl.DataFrame]]

    def still_holds(self, facts: Source) -> bool:
        return all(facts.table(name) is held() for name, held in self.tables.items())


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
_lock = Lock()


def kept_while_unchanged(*, of_reference: bool = False, lasting: bool = False) -> Callable[[Part], Part]:
    """Keep what a function makes of facts, for each of its further arguments, which can be hashed.

    It may read nothing but the tables of these facts and, with `of_reference`, reference data as known at their
    recording. Which tables it read is noted while it reads: as soon as one of them is another, it is made anew. What is
    `lasting` is little and takes long: it does not go to make room for what is large.
    """
    held = _lasting if lasting else _parts

    def keeping(function: Part) -> Part:
        @wraps(function)
        def kept(facts: S, *what: Any) -> pl.DataFrame:
            own = open_recording.get()
            if own is not None and facts.recording >= own.number:
                return function(facts, *what)  # all of it may be undone yet
            since = reference_known_at(facts.recording) if of_reference else 0
            key = (function.__module__, function.__qualname__, facts.municipality_id, since, *what)
            with _lock:
                made = held.get(key)
            if made is None or not made.still_holds(facts):
                noted: set[str] = set()
                frame = function(facts.noting(noted), *what)
                made = _Made(frame, {name: ref(facts.table(name)) for name in noted})
                _keep(held, key, made)
            return made.frame

        return kept

    return keeping


def forget_parts() -> None:
    """Empty what is kept: when somebody was erased, for tests, and after a database was put back."""
    with _lock:
        _parts.clear()
        _lasting.clear()


def _keep(held: OrderedDict[Hashable, _Made], key: Hashable, made: _Made) -> None:
    """The newest stay, as many as there is room for."""
    with _lock:
        held.pop(key, None)
        held[key] = made
        if held is _lasting:
            while len(held) > MOST_LASTING:
                held.popitem(last=False)
            return
        room = MOST_BYTES - sum(int(one.frame.estimated_size()) for one in held.values())
        while room < 0:
            _key, gone = held.popitem(last=False)
            room += int(gone.frame.estimated_size())
