"""One worker at a time: whoever comes second waits until the first one is gone, killed or not."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

WORKING = 0x6F707377  # the number of PostgreSQL's advisory lock: the letters "opsw"


class Held(Protocol):
    """Whether the lock is still ours."""

    def __call__(self) -> bool: ...


@contextmanager
def alone(folder: Path) -> Iterator[Held | None]:
    """Hold the lock of the worker; None when another has it."""
    if connection.vendor == "postgresql":
        with _alone_on_postgres() as held:
            yield held
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "work.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lambda: True


@contextmanager
def _alone_on_postgres() -> Iterator[Held | None]:
    """On a connection of its own: the lock goes with it, also when this process is killed."""
    own: Any = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [WORKING])
            got = bool(cursor.fetchone()[0])
        yield own.is_usable if got else None
    finally:
        own.close()
