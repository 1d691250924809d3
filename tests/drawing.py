"""Which of the tests that take long are done: `./test` draws a part by the commit, `./test --more` does all of them.

A walk through pages is done at one of its widths, by both. Of those that ask for pages on PostgreSQL, where the same
was asked on SQLite, both do one in four of each file. `./test` alone, which is to be done in a quarter of an hour, does
one in eight of every file in SLOW and in LONG, and of a file in LONG as many times fewer as it says; at least one. The
build does `./test --more`; longer runs of the same (more steps, kills and questions) are of `./test --full`. To draw
the same again: OPSTAP_TEST_SEED. Whoever names files or words on the command line gets all that they name.
"""

from __future__ import annotations

import math
import os
import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from tests.architecture.house import ROOT

FEWER = int(os.environ.get("OPSTAP_TEST_DRAWS") or 0)  # 1: what the build does; 8: one in eight of what takes long
DRAWS = FEWER > 0
WIDTH = re.compile(r"(?:1440|390)(?:px)?")
PAGES = 4
# Of these so many times fewer: each takes seconds, and most begin programs or build a municipality.
LONG = {
    "analytics/test_movement_against_reference.py": 1,
    "analytics/test_realised.py": 1,
    "config/test_anonymising.py": 3,
    "config/test_backup.py": 2,
    "config/test_backup_postgres.py": 3,
    "config/test_command.py": 2,
    "config/test_cut_off.py": 4,
    "config/test_erasing.py": 3,
    "config/test_init.py": 3,
    "config/test_keys.py": 3,
    "config/test_killed.py": 3,
    "config/test_restore.py": 4,
    "config/test_safety.py": 3,
    "config/test_troubles.py": 2,
    "config/test_working.py": 2,
    "demo/test_building.py": 3,
    "demo/test_command.py": 3,
    "exchange/test_first_import.py": 2,
    "exchange/test_plan_properties.py": 3,
    "foundation/spreadsheets/test_reading_csv.py": 1,
    "journeys/test_accessible.py": 3,
    "journeys/test_reports.py": 3,
    "matrix/test_canaries.py": 2,
    "matrix/test_non_interference.py": 3,
    "privacy/test_residue.py": 1,
    "privacy/test_residue_within_a_month.py": 1,
    "reporting/test_attacked_months.py": 1,
    "reporting/test_colleagues.py": 1,
    "reporting/test_differences.py": 1,
    "reporting/test_made_again.py": 1,
    "reporting/test_publications.py": 1,
    "reporting/test_quality.py": 1,
    "reporting/test_realised.py": 1,
    "reporting/test_realised_page.py": 1,
    "reporting/test_second_assessments.py": 1,
}
SLOW = ("config", "demo", "journeys", "openid")  # rooms of which each test takes long: they begin programs or a browser
QUICK = {  # but these: quick guards, always done
    "config/test_arguments.py",
    "config/test_choosing.py",
    "config/test_error_log.py",
    "config/test_error_pages.py",
    "config/test_escaping.py",
    "config/test_every_answer.py",
    "config/test_headers.py",
    "config/test_sent_once.py",
    "demo/test_logic.py",
    "demo/test_serving.py",
    "demo/test_shares.py",
}

LONGEST = "test_of_the_months_of_a_year"
"""Takes longer than many others together: begun last, one worker would end long after the other."""


@cache
def seed() -> str:
    """Another one for each commit."""
    given = os.environ.get("OPSTAP_TEST_SEED", "")
    if given:
        return given
    asked = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() or "no commit"


def drawn(names: Sequence[str], pages: Collection[str] = (), *, fewer: int = FEWER) -> set[str]:
    """Of all tests, by the names that pytest gives them, those that are done.

    `pages` are those that ask for pages, where a part of these is enough: on the second database.
    """
    done = set(names)
    for file, ours in _by_file(pages).items():
        done -= set(ours) - set(_draw(file).sample(sorted(ours), math.ceil(len(ours) / PAGES)))
    for file, ours in _by_file(names).items():
        groups = _groups(ours)
        kept = set(_draw(file).sample(sorted(groups), math.ceil(len(groups) / _share(file, fewer))))
        done -= {name for group in groups.keys() - kept for name in groups[group]}
    for group, widths in _groups(names).items():
        if len(widths) > 1:
            done -= set(widths) - {_draw(group).choice(sorted(widths))}
    return done


def is_longest(name: str) -> bool:
    """Whether it is to be begun before all others."""
    return name.partition("::")[2].startswith(LONGEST)


def _share(file: str, fewer: int) -> int:
    """Of how many tests of this file one is done."""
    takes_long = file in LONG or (file.partition("/")[0] in SLOW and file not in QUICK)
    return LONG.get(file, 1) * fewer if takes_long and fewer > 1 else 1


def _by_file(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.partition("::")[0].removeprefix("tests/")].append(name)
    return found


def _groups(names: Iterable[str]) -> dict[str, list[str]]:
    """The same test at several widths is one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[WIDTH.sub("width", name) if name.startswith("tests/journeys/") else name].append(name)
    return found


def _draw(of: str) -> random.Random:
    return random.Random(f"{seed()} {of}")  # noqa: S311 - a draw, not a secret
