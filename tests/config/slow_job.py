"""A job that says when it begins and waits: for a worker that is killed in the middle of it."""

from __future__ import annotations

import time
from pathlib import Path

from opstap.foundation.jobs.naming import job


@job("wait")
def wait_here(said: str) -> None:
    """Add a line; the first time it then stays for a minute."""
    place = Path(said)
    first = not place.exists()
    with place.open("a", encoding="utf-8") as lines:
        lines.write("begun\n")
    if first:
        time.sleep(60)
