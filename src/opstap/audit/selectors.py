"""Reads of the order of writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from opstap.audit.models import Recording, RecordingCounter
from opstap.foundation import dates

WRITING_LASTS = timedelta(minutes=1)  # far more than any transaction that writes
Answer = TypeVar("Answer")
_remembered: list[_lru_cache_wrapper[Any]] = []


def remembered(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep the answers of a read of reference data in this process. Its first argument is the latest recording:
    nothing is written without one, so an answer stays right until the next.
    """
    return _remember(function, 256)


def remembered_briefly(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same for an answer that is large: only the last few are kept."""
    return _remember(function, 8)


def _remember(function: Callable[..., Answer], most: int) -> Callable[..., Answer]:
    wrapper = lru_cache(maxsize=most)(function)
    _remembered.append(wrapper)
    return wrapper


def forget_remembered() -> None:
    """Empty what this process remembers: for tests and after a database was put back."""
    for wrapper in _remembered:
        wrapper.cache_clear()


def latest_recording() -> int:
    """The number of the last committed recording, 0 when nothing was written yet."""
    return int(Recording.objects.aggregate(last=Max("number"))["last"] or 0)


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
