"""Changes the code of a room in small ways, one at a time, and counts how many of these mutants a test notices.

    python scripts/mutants.py permissions | import | log [--sample 300] [--seed 1] [--at-once 2]

`mutmut` makes and runs them, in a copy of the tree. What is changed and which tests are asked stands in mutants.toml;
these are fewer than all tests, so what is counted as killed is the least. `mutmut` leaves alone what is decorated.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parent.parent
ROOMS = tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text(encoding="utf-8"))
NONE = "no mutant has this name"
PLUGINS = ("-p", "tests.kept_database", "-p", "no:cacheprovider", "-n", "0")
KILLED = ("killed", "timeout", "segfault")


def main() -> int:
    """Print the figures of one room and the mutants that lived on; 1 when fewer were killed than was agreed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("room", choices=ROOMS)
    asked.add_argument("--sample", type=int, help="so many, drawn, in place of all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--at-once", type=int, default=2, help="how many at the same time")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-mutants-") as folder:
        tree = Path(folder) / "tree"
        _copy(tree, ROOMS[given.room])
        names: list[str] = []
        if given.sample:
            _mutmut(tree, given.at_once, NONE)  # makes them, and learns which test asks which code
            names = random.Random(given.seed).sample(sorted(_results(tree)), given.sample)  # noqa: S311 - a drawing  # nosec B311
        _mutmut(tree, given.at_once, *names)
        results = _results(tree)
        return _told(given.room, {name: results[name] for name in names or results})


def _copy(tree: Path, room: dict[str, list[str]]) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607 - git of the path  # nosec B607
    for name in filter(None, listed.stdout.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    settings = {
        "source_paths": ["src"],
        "process_isolation": "forkserver",
        "timeout_constant": 90.0,  # seconds: one that hangs is killed, one on a busy machine is not
        "only_mutate": room["code"],
        "also_copy": sorted({Path(name).parts[0] for name in listed.stdout.split("\0") if name} - {"src", "tests"}),
        "pytest_add_cli_args": list(PLUGINS),
        "pytest_add_cli_args_test_selection": room["tests"],
    }
    with (tree / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\nuse_git_change_detection = false\n")
        file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())


def _mutmut(tree: Path, at_once: int, *names: str) -> None:
    command = [
        sys.executable,
        "-c",
        "from mutmut.__main__ import cli; cli()",
        "run",
        "--max-children",
        str(at_once),
        *names,
    ]
    with (tree / "mutmut.log").open("a", encoding="utf-8") as said:
        ended = subprocess.run(command, cwd=tree, check=False, stdout=said, stderr=said)
    if ended.returncode and names != (NONE,):
        sys.exit((tree / "mutmut.log").read_text(encoding="utf-8")[-4000:])


def _results(tree: Path) -> dict[str, str]:
    """Mutant to what became of it."""
    found: Iterator[dict[str, int | None]] = (
        json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"] for file in tree.rglob("mutants/**/*.meta")
    )
    return {name: status_by_exit_code[code] for codes in found for name, code in codes.items()}


def _told(room: str, results: dict[str, str]) -> int:
    counted = Counter(results.values())
    killed = sum(counted[status] for status in KILLED)
    for name in sorted(name for name, status in results.items() if status not in KILLED):
        print(f"{results[name]:>12}  {name}")
    print(f"{room}: {killed} of {len(results)} killed, {killed / len(results):.1%}  {dict(counted)}")
    return 0 if killed >= 0.85 * len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
