"""Locks on the data folder: who runs on it, who backs it up, and who puts one back and must be alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from opstap.config.command import Refusal

LOCK, WORK = "in-use.lock", "backup-work"
_held: list[IO[str]] = []


def hold(folder: Path) -> None:
    """Say that this process, and every process it forks, runs on the folder until it ends."""
    lock = _opened(folder, LOCK)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refusal(
            f"op {folder} wordt nu een reservekopie teruggezet. Wacht tot dat klaar is en probeer het opnieuw."
        ) from None
    _held.append(lock)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While nobody else runs on the folder; refused when somebody does."""
    with _opened(folder, LOCK) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"er draait nog een server of een andere opdracht op {folder}. Stop die eerst: terugzetten kan alleen "
                "als niemand werkt. Er is niets veranderd."
            ) from None
        yield


@contextmanager
def work_lock(folder: Path) -> Iterator[None]:
    """While this process alone makes, tries or puts back a backup."""
    with _opened(folder, f"{WORK}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                "er wordt al een reservekopie gemaakt, nagekeken of teruggezet. Wacht tot dat klaar is."
            ) from None
        yield


@contextmanager
def turn(folder: Path, name: str) -> Iterator[None]:
    """While this process alone does something; whoever comes second waits."""
    with _opened(folder, f"{name}.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _opened(folder: Path, name: str) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / name).open("a")
