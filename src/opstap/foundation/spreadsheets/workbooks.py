"""Sheets of an Excel or OpenDocument workbook, read by a program of its own with little memory and time.

Values only: macros never run, and a formula gives the value that was saved with it.
"""

import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from opstap.foundation.spreadsheets.tables import Cell, Grid, Limits, Refusal, SpreadsheetRefused

_PROGRAM = Path(__file__).with_name("unfolding.py")
_OWN_MEMORY = 400_000_000
_MEMORY_PER_BYTE = 14
_MOST_MEMORY = 6_000_000_000
_OWN_SECONDS = 1
_BYTES_A_SECOND, _PACKED_BYTES_A_SECOND = 12_000_000, 600_000
_WAITING = 10
_KILLED_FOR_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
_KILLED_FOR_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV}


def read_sheets(content: bytes, name: str, *, unpacked: int, limits: Limits) -> list[Grid]:
    """All worksheets that hold something, hidden ones too."""
    memory = min(_OWN_MEMORY + _MEMORY_PER_BYTE * unpacked, _MOST_MEMORY)
    seconds = _OWN_SECONDS + min(unpacked // _BYTES_A_SECOND, len(content) // _PACKED_BYTES_A_SECOND)
    words = [sys.executable, "-I", str(_PROGRAM), str(memory), str(seconds), str(limits.rows)]
    try:
        # Fixed words and numbers only; the file goes in through a pipe.
        done = subprocess.run(words, input=content, capture_output=True, check=False, timeout=_WAITING + 4 * seconds)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SpreadsheetRefused(Refusal.ZIP_BOMB, {"reason": "time"}) from error
    lines = done.stdout.splitlines()
    _refuse_unfinished(done.returncode, lines, name)
    return _grids(lines[:-1])


def _refuse_unfinished(code: int, lines: list[bytes], name: str) -> None:
    if code in _KILLED_FOR_TIME:
        raise SpreadsheetRefused(Refusal.ZIP_BOMB, {"reason": "time"})
    if code in _KILLED_FOR_MEMORY:
        raise SpreadsheetRefused(Refusal.ZIP_BOMB, {"reason": "memory"})
    ended = json.loads(lines[-1])["ended"] if code == 0 and lines else "broken"
    if ended == "memory":
        raise SpreadsheetRefused(Refusal.ZIP_BOMB, {"reason": "memory"})
    if ended == "password_protected":
        raise SpreadsheetRefused(Refusal.PASSWORD_PROTECTED)
    if ended == "broken":
        raise SpreadsheetRefused(Refusal.BROKEN, {"name": name})


def _grids(lines: list[bytes]) -> list[Grid]:
    grids: list[Grid] = []
    numbers: list[int] = []
    rows: list[list[Cell]] = []
    for line in lines:
        found = json.loads(line, object_hook=_day)
        if isinstance(found, dict):
            numbers, rows = [], []
            grids.append(Grid(found["sheet"], found["first_column"], found["visible"], numbers, rows, found["merged"]))
        else:
            numbers.extend(row.pop(0) for row in found)
            rows.extend(found)
    return [grid for grid in grids if grid.rows]


def _day(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found["d"]) if "d" in found else found
