"""Checks docs/security/asvs.md: every requirement of the standard stands once, and what shows it is there.

The numbers and levels of the standard stand in docs/security/asvs-5.0.0.txt. A test is named as in pytest; a place by
its path. `--check` is what it does in any case: it writes nothing. `--count` prints how many are met.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "security" / "asvs.md"
NUMBERS = ROOT / "docs" / "security" / "asvs-5.0.0.txt"
STATES = ("met", "not met", "installation", "n/a")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| ([^|]+?) \| (.+) \|$", re.MULTILINE)
PROOF = re.compile(
    r"`((?:tests|src|docs|scripts)/[\w./-]+)(?:::(\w+))?`|`((?:[A-Z]+\.md|vendor\.toml|requirements\.lock))`"
)


@dataclass(frozen=True)
class Row:
    """One requirement as the table has it."""

    number: str
    level: str
    state: str
    shown: str


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="name every fault; the default")
    parser.add_argument("--count", action="store_true", help="print how many requirements are in each state")
    chosen = parser.parse_args(arguments)
    rows = rows_of(TABLE.read_text(encoding="utf-8"))
    if chosen.count:
        for state, count in Counter(row.state for row in rows).most_common():
            print(f"{count:4} {state}")
        return 0
    found = [*faults(rows, numbers()), *(fault for row in rows for fault in missing(row, ROOT))]
    for fault in found:
        print(fault)
    return 1 if found else 0


def rows_of(text: str) -> list[Row]:
    """Every row of the tables."""
    return [Row(number, level, state, shown) for number, level, _asked, state, shown in ROW.findall(text)]


def numbers() -> dict[str, str]:
    """The level of every requirement of levels 1 and 2."""
    lines = NUMBERS.read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def faults(rows: list[Row], known: dict[str, str]) -> Iterator[str]:
    """What is wrong with the table as a table."""
    times = Counter(row.number for row in rows)
    yield from (f"{number}: not in the table" for number in known if not times[number])
    yield from (f"{number}: {count} times in the table" for number, count in times.items() if count > 1)
    for row in rows:
        if known.get(row.number) != row.level:
            yield f"{row.number}: level {row.level} is not that of the standard"
        if row.state == "met" and not has_test(row):
            yield f"{row.number}: met, and no test shows it"
        if row.state not in STATES:
            yield f"{row.number}: {row.state!r} is no state; choose from {', '.join(STATES)}"


def missing(row: Row, root: Path) -> Iterator[str]:
    """Tests and places that the row names and that are not there."""
    for place, test, document in PROOF.findall(row.shown):
        path = root / (place or document)
        if not path.exists():
            yield f"{row.number}: {place or document} is not there"
        elif test and test not in _tests(path):
            yield f"{row.number}: {place} has no {test}"


def has_test(row: Row) -> bool:
    """Whether the row names a test."""
    return any(test for _place, test, _document in PROOF.findall(row.shown))


def _tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


if __name__ == "__main__":
    sys.exit(main())
