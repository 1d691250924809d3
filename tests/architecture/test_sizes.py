"""How large a file and a function may grow, and what each room says of itself. Complexity is ruff's."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, functions, report, room_order, rooms

FILE, FUNCTION, TEMPLATE, TEST_FILE, TEST_FUNCTION = 400, 50, 160, 500, 60
DOCSTRING_OF_ROOM = range(3, 13)
DOCSTRING_OF_MODULE = range(1, 13)
FORBIDDEN_FILES = {"utils.py", "utilities.py", "helpers.py", "helper.py", "admin.py", "rules.py"}


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def too_long(path: Path, most: int) -> list[str]:
    """A file that passed its size."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return [f"{path}: {lines} lines, at most {most}: split it by noun"] if lines > most else []


def long_functions(path: Path, most: int) -> list[str]:
    """Functions of a file that passed their size, decorators not counted."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sizes = {node: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(tree)}
    return [
        f"{path}:{node.lineno} {node.name}: {size} lines, at most {most}" for node, size in sizes.items() if size > most
    ]


def docstring_lines(path: Path) -> int:
    return len((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines())


def test_python_files_and_functions_stay_small() -> None:
    paths = [*python_files(PACKAGE), *python_files(ROOT / "scripts"), *python_files(ROOT / "benchmarks")]
    faults = [fault for path in paths for fault in [*too_long(path, FILE), *long_functions(path, FUNCTION)]]
    report(faults, "Smaller reads better:")


def test_tests_stay_small() -> None:
    paths = python_files(ROOT / "tests")
    faults = [fault for path in paths for fault in [*too_long(path, TEST_FILE), *long_functions(path, TEST_FUNCTION)]]
    report(faults, "Smaller reads better:")


def test_templates_stay_small() -> None:
    faults = [fault for path in sorted(PACKAGE.rglob("templates/**/*.html")) for fault in too_long(path, TEMPLATE)]
    report(faults, "Take a part out as an include:")


def test_every_room_is_placed_and_says_what_it_is_for() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if any(path.glob("*.py"))}
    report(sorted(folders - set(room_order())), "A room stands in the contract of pyproject.toml:")
    sizes = {room: docstring_lines(room / "__init__.py") for room in rooms()}
    faults = [f"{room.name}: {lines} lines" for room, lines in sizes.items() if lines not in DOCSTRING_OF_ROOM]
    report(faults, "The docstring in a room's __init__.py is its readme of 3 to 12 lines:")


def test_the_inside_of_every_room_is_under_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    placed = {name.removeprefix("opstap.") for one in contracts if one["id"] == "inside" for name in one["containers"]}
    free = {"config", "foundation", "analytics"}
    missing = sorted({room.name for room in rooms()} - placed - free)
    report(missing, "Add the room to the containers of contract `inside` in pyproject.toml:")
    assert not [one["id"] for one in contracts if "ignore_imports" in one], "No exceptions to the contracts"


def test_files_say_what_lives_there() -> None:
    paths = [path for path in python_files(PACKAGE) if path.read_text(encoding="utf-8").strip()]
    faults = [str(path) for path in paths if docstring_lines(path) not in DOCSTRING_OF_MODULE]
    report(faults, "A module docstring of one to three lines says what lives here and what doesn't:")


def test_no_file_is_named_for_nothing() -> None:
    report(
        [str(path) for path in python_files(PACKAGE) if path.name in FORBIDDEN_FILES], "Name a file for what it holds:"
    )


@pytest.mark.parametrize(
    "name", ["README.md", "GLOSSARY.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
)
def test_the_documents_of_the_house_exist(name: str) -> None:
    assert (ROOT / name).is_file(), f"{name} is missing"


def test_the_guards_can_fail(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * 60)
    assert too_long(path, 60)
    assert not too_long(path, 61)
    assert long_functions(path, 60)
    assert not long_functions(path, 61)
    assert docstring_lines(path) == 0
