"""Reads of the order of writing, and what a process remembers of what changes seldom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import _lru_cache_wrapper, lru_cache, wraps
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.db.models import Max

from opstap.audit.logic.verbs import verbs_of_facts
from opstap.audit.models import Event, Recording, RecordingCounter
from opstap.foundation import dates

WRITING_LASTS = timedelta(minutes=1)  # far more than any transaction that writes
Answer = TypeVar("Answer")

# The recording that this transaction is writing. `audit.operations.writing` sets it.
open_recording: ContextVar[Recording | None] = ContextVar("open_recording", default=None)


@dataclass(frozen=True)
class _Changes:
    """The recordings after `since` and up to `until` that may have changed reference data, in their order."""

    since: int
    until: int
    numbers: tuple[int, ...] = ()


class Link(Protocol):
    """A row of a chain of corrections."""

    @property
    def pk(self) -> int: ...

    @property
    def replaces_id(self) -> int | None: ...


L = TypeVar("L", bound=Link)
_remembered: list[_lru_cache_wrapper[Any]] = []
_changes: _Changes | None = None


def remembered(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep the answers of a read of reference data in this process. Its first argument is the latest recording: an
    answer stays right until the next recording that may have changed reference data.
    """
    return _remember(function, 256, reference_known_at)


def remembered_briefly(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same for a large answer made of facts, which any recording may change: only the last few are kept."""
    return _remember(function, 8, int)


def remembered_until_next(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same for a small answer made of facts in which no person stands: figures, asked again (decision 63)."""
    return _remember(function, 128, int)


def _remember(function: Callable[..., Answer], most: int, known_at: Callable[[int], int]) -> Callable[..., Answer]:
    kept = lru_cache(maxsize=most)(function)
    _remembered.append(kept)

    @wraps(function)
    def remembering(recording: int, /, *rest: Any, **named: Any) -> Answer:
        own = open_recording.get()
        if own is not None and recording >= own.number:
            return function(recording, *rest, **named)  # more may be done in it, or all of it undone: nothing to keep
        return kept(known_at(recording), *rest, **named)

    return remembering


def reference_known_at(recording: int) -> int:
    """The recording since which reference data are as they were at the one given: scales, code lists, settings,
    teams, users. One query when something was recorded since the last time it was asked, none else.

    Numbers follow the order of commits: whoever sees a recording sees all that come before it, and none of those can
    turn up later. Of what was recorded before this process first asked each recording stands for itself.
    """
    global _changes  # noqa: PLW0603 - what this process knows; replaced as a whole, so that threads need no lock
    known = _changes or _Changes(recording, recording)
    if recording < known.since:
        return recording
    if recording > known.until:
        written = Event.objects.filter(recording__gt=known.until, recording__lte=recording)
        found = written.exclude(verb__in=verbs_of_facts()).values_list("recording_id", flat=True).distinct()
        known = _Changes(known.since, recording, (*known.numbers, *sorted(found)))
    _changes = known
    before = bisect_right(known.numbers, recording)
    return known.numbers[before - 1] if before else known.since


def forget_remembered() -> None:
    """Empty what this process remembers: for tests and after a database was put back."""
    global _changes  # noqa: PLW0603 - as above
    _changes = None
    forget_answers()


def forget_answers() -> None:
    """Empty what is remembered of reads alone: when somebody was erased, who may stand in what was made of facts."""
    for kept in _remembered:
        kept.cache_clear()


def latest_recording() -> int:
    """The number of the last committed recording, 0 when nothing was written yet."""
    return int(Recording.objects.aggregate(last=Max("number"))["last"] or 0)


def last_done(verb: str, about: str) -> Recording | None:
    """When something was last done about a thing, and by whom."""
    event = Event.objects.filter(verb=verb, about=about).select_related("recording").order_by("-recording").first()
    return event.recording if event else None


def recording_known_at(moment: datetime) -> int:
    """The last recording whose moment lies before (or at) the one given.

    Who is writing has a moment already and is not seen yet. So for a moment of just now this waits until they have
    committed: asked again later, the same moment gives the same recording.
    """
    if timedelta() <= dates.now() - moment < WRITING_LASTS:
        _wait_for_who_writes()
    return int(Recording.objects.filter(at__lte=moment).aggregate(last=Max("number"))["last"] or 0)


def _wait_for_who_writes() -> None:
    """Until the counter is free. On SQLite beginning the transaction is what waits."""
    with transaction.atomic():
        list(RecordingCounter.objects.select_for_update().filter(pk=1))


def versions_among(rows: Iterable[L], is_wanted: Callable[[L], bool]) -> list[L]:
    """The row that is wanted with all it replaced and all that replaced it, the newest first; empty when there is none.

    `rows` are those of one person.
    """
    by_pk = {row.pk: row for row in rows}
    following = {row.replaces_id: row for row in by_pk.values() if row.replaces_id is not None}
    link = next((row for row in by_pk.values() if is_wanted(row)), None)
    while link is not None and link.pk in following:
        link = following[link.pk]
    chain = []
    while link is not None:
        chain.append(link)
        link = by_pk.get(link.replaces_id or 0)
    return chain
