"""`opstap work`: what is done in the background, and the schedule. `opstap serve` starts it as well."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from opstap.config.arguments import Arguments
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation import dates
from opstap.foundation.jobs.alone import Held, alone
from opstap.foundation.jobs.planning import put_by_what_is_due
from opstap.foundation.jobs.working import (
    Jobs,
    anything_ready,
    be_seen,
    take_up_what_was_left,
    wait_no_longer_than_said,
)
from opstap.foundation.references import new_reference

LOOKS_EVERY, WAITS_FOR_ANOTHER, PLANS_EVERY = 1.0, 5.0, 20.0


class Stopping:
    """Whether this process was asked to stop, or has lost the one that started it."""

    def __init__(self, parent: int | None) -> None:
        self.asked = False
        self.parent = parent

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """What is being done is finished first."""
        self.asked = True

    def __bool__(self) -> bool:
        return self.asked or (self.parent is not None and os.getppid() != self.parent)

    def wait(self, seconds: float) -> None:
        """Sleep, and wake when asked to stop."""
        until = time.monotonic() + seconds
        while not self and time.monotonic() < until:
            time.sleep(0.2)


def run(arguments: list[str]) -> int:
    """Work until stopped; `--once` does what is ready and what is due, and comes back."""
    parser = Arguments("work")
    parser.add_argument("--once", action="store_true", help="doen wat klaarstaat, en dan stoppen")
    parser.add_argument("--parent", type=int, help="stoppen zodra dit proces er niet meer is")
    given = parser.parse_args(arguments)
    ensure_up_to_date()
    say_put_back()
    stopping = Stopping(given.parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stopping.ask)
    while not stopping:
        with _patience(stopping), alone(Path(settings.DATA)) as held:
            if held is not None:
                _work(held, stopping, once=given.once)
            elif given.once:
                sys.stdout.write("Een ander proces doet de achtergrondtaken al.\n")
        if given.once:
            break
        stopping.wait(WAITS_FOR_ANOTHER)
    return 0


def _work(held: Held, stopping: Stopping, *, once: bool) -> None:
    """Until the lock is lost or it is asked to stop; what a job that lost its database left is begun anew first."""
    worker, seen, planned, whole = Jobs(new_reference()), None, 0.0, False
    while held() and not stopping:
        with _patience(stopping):
            if not whole:
                take_up_what_was_left()
            whole = False
            seen = be_seen(seen)
            if time.monotonic() - planned >= PLANS_EVERY or not planned:
                put_by_what_is_due(dates.now())
                wait_no_longer_than_said()
                planned = time.monotonic()
            if anything_ready():
                worker.run()
            whole = True
        if once:
            return
        stopping.wait(LOOKS_EVERY)


@contextmanager
def _patience(stopping: Stopping) -> Iterator[None]:
    """A database that is busy or away is waited for; what it was doing is begun anew."""
    close_old_connections()
    try:
        yield
    except DatabaseError:
        for connection in connections.all(initialized_only=True):
            connection.close()
        stopping.wait(WAITS_FOR_ANOTHER)
