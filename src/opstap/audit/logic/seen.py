"""What a request or a command has shown so far: the gate and the lists of people tell it here, by reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Seen:
    """The client who was asked for, those who were listed (or how many, where not by name), and a reason given.

    `changed` are clients whose data were written together; `began_at`, `trace` and `caller` stand in the entry.
    """

    subject: str = ""
    listed: dict[str, None] = field(default_factory=dict)
    more: int = 0
    why: str = ""
    on_behalf_of: str = ""
    out_of_reach: bool = False
    glass: tuple[str, datetime] | None = None
    changed: dict[str, None] = field(default_factory=dict)
    began_at: datetime | None = None
    trace: bytes = b""
    caller: bytes = b""


_watched: ContextVar[Seen | None] = ContextVar("_watched", default=None)


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


def note_changed(references: Iterable[str]) -> None:
    """The data of these clients were written: each is named, however many they are."""
    seen = _watched.get()
    if seen is not None:
        seen.changed.update(dict.fromkeys(references))


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
