"""What a request or a command has shown and written so far: the gate and the lists of people tell it by reference, the
facts by the dossiers they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Seen:
    """The client who was asked for, those who were listed (or how many, where not by name), and a reason given.

    `written` are those whose facts were written, by their dossiers: the log finds who they are. `began_at`, `trace` and
    `caller` stand in the entry.
    """

    subject: str = ""
    listed: dict[str, None] = field(default_factory=dict)
    more: int = 0
    why: str = ""
    on_behalf_of: str = ""
    out_of_reach: bool = False
    glass: tuple[str, datetime] | None = None
    written: set[int] = field(default_factory=set)
    began_at: datetime | None = None
    trace: bytes = b""
    caller: bytes = b""


_watched: ContextVar[Seen | None] = ContextVar("_watched", default=None)
_gathered: ContextVar[set[int] | None] = ContextVar("_gathered", default=None)


@contextmanager
def watching() -> Iterator[Seen]:
    """Gather what is shown inside."""
    seen = Seen()
    token = _watched.set(seen)
    try:
        yield seen
    finally:
        _watched.reset(token)


def note_asked(reference: str) -> None:
    """Somebody asked for this client, whether or not they may see them; a second one counts as listed."""
    seen = _watched.get()
    if seen is None:
        return
    if seen.subject in {"", reference}:
        seen.subject = reference
    else:
        seen.listed[reference] = None


def note_out_of_reach() -> None:
    """The one who was asked for is nobody, or not for this viewer."""
    seen = _watched.get()
    if seen is not None:
        seen.out_of_reach = True


def note_listed(references: Iterable[str]) -> None:
    """These clients stand on what is shown."""
    seen = _watched.get()
    if seen is not None:
        seen.listed.update(dict.fromkeys(references))


@contextmanager
def gathering() -> Iterator[None]:
    """Around what is written together: it counts once all of it succeeded, and within another once that did."""
    own, outer = set[int](), _gathered.get()
    token = _gathered.set(own)
    try:
        yield
    finally:
        _gathered.reset(token)
    seen = _watched.get()
    if outer is not None:
        outer |= own
    elif seen is not None:
        seen.written |= own


def note_written(dossiers: Iterable[int]) -> None:
    """Facts about these were written: each is named, however many they are."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(dossiers)


def note_everyone(count: int) -> None:
    """So many clients were given out together, not by name."""
    seen = _watched.get()
    if seen is not None:
        seen.more += count


def note_reason(why: str) -> None:
    """Why somebody looks, in their words or as a code."""
    seen = _watched.get()
    if seen is not None:
        seen.why = why


def note_on_behalf(name: str) -> None:
    """What is shown belongs to the work of this colleague, for whom somebody stands in."""
    seen = _watched.get()
    if seen is not None:
        seen.on_behalf_of = name


def note_glass(reference: str, until: datetime) -> None:
    """What is shown lies behind broken glass, until a moment: every such page says so."""
    seen = _watched.get()
    if seen is not None:
        seen.glass = (reference, until)


def glass_noted() -> tuple[str, datetime] | None:
    """The broken glass behind which the page of now lies, with the moment until which."""
    seen = _watched.get()
    return seen.glass if seen is not None else None
