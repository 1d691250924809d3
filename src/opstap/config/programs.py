"""The `opstap` command as a program of its own, begun by another one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

Program = subprocess.Popen[bytes]
StillGoing = subprocess.TimeoutExpired


def run_apart(folder: Path, *words: str) -> int:
    """Run it on a data folder, and let it say what it says; how it ended."""
    return subprocess.run(_command(folder, words), env=_environment(), check=False).returncode  # noqa: S603 - our own command


def run_unseen(folder: Path, *words: str, without: tuple[str, ...]) -> tuple[int, str]:
    """The same, knowing no variable that begins so; how it ended, and what it said."""
    known = {name: value for name, value in _environment().items() if not name.startswith(without)}
    known.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run(_command(folder, words), env=known, capture_output=True, text=True, check=False)  # noqa: S603 - as above
    return ran.returncode, (ran.stdout + ran.stderr).strip()


def begin_beside(folder: Path, *words: str) -> Program:
    """Begin it, and go on."""
    return subprocess.Popen(_command(folder, words), env=_environment())  # noqa: S603 - as above


def _command(folder: Path, words: Collection[str]) -> list[str]:
    return [sys.executable, "-m", "opstap", "--data", str(folder), *words]


def _environment() -> dict[str, str]:
    """What this program was given, and where its packages are."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
