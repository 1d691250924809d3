"""Writes the style sheet of the levels, for every number of levels that a ladder can have. `--check` compares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from opstap.foundation.charts.colours import (  # noqa: E402
    DARK_TEXT,
    FEWEST_LEVELS,
    MOST_LEVELS,
    level_colours,
    text_colour_on,
)

SHEET = ROOT / "src/opstap/foundation/ui/static/ui/levels.css"
HEAD = """/* The colour of each level of a ladder, low to high, and what its number is written in when that is not dark.
   Made by scripts/level_styles.py from foundation/charts/colours.py; a line holds the ladders of one length. */
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the sheet is out of date")
    chosen = parser.parse_args(arguments)
    wanted = sheet()
    if SHEET.exists() and SHEET.read_text(encoding="utf-8") == wanted:
        return 0
    if chosen.check:
        print(f"{SHEET.relative_to(ROOT)} is out of date: run .venv/bin/python scripts/level_styles.py")
        return 1
    SHEET.write_text(wanted, encoding="utf-8")
    return 0


def sheet() -> str:
    """The whole sheet: a line for each number of levels."""
    counts = range(FEWEST_LEVELS, MOST_LEVELS + 1)
    return HEAD + "".join("".join(_rule(count, place) for place in range(count)) + "\n" for count in counts)


def _rule(count: int, place: int) -> str:
    colour = level_colours(count)[place]
    text = "" if text_colour_on(colour) == DARK_TEXT else ";--level-text:#fff"
    return f".level--{place + 1}-of-{count}{{--level:{colour.lower()}{text}}}"


if __name__ == "__main__":
    sys.exit(main())
