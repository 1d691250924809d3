"""The `opstap` command as a program of its own, begun by another one."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def own_program(folder: Path, *words: str) -> list[str]:
    """What to run: this command on a data folder, by the same Python."""
    return [sys.executable, "-m", "opstap", "--data", str(folder), *words]


def own_environment(**variables: str) -> dict[str, str]:
    """Its environment: what this program was given, and where its packages are."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables}
