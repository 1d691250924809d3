"""Running the `opstap` command: as a program, or within the test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from opstap.config.command import main

ROOT = Path(__file__).resolve().parents[2]
SNEEK = ROOT / "tests" / "examples" / "sneek-2010" / "clienten.csv"


def opstap(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it as an administrator would, in a clean environment."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "HOME": str(folder), **settings}
    command = [sys.executable, "-m", "opstap", "--data", str(folder / "data"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run it within the test, on its database: how it ends, and what it says on stderr."""
    capsys.readouterr()
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, capsys.readouterr().err
