"""Reading the house as text: its rooms in their order, their modules, and what those say. Runs nothing of it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "opstap"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of a room: `part` is the word of the room's inner order it belongs to."""

    path: Path
    room: str
    part: str

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix() if self.path.is_relative_to(ROOT) else self.path.as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))


@cache
def room_order() -> tuple[str, ...]:
    """The rooms from top to bottom, as the contract in pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    names = [name.strip(" ()") for layer in layers for name in layer.split("|")]
    return tuple(name for name in names if name != "__main__")


def rooms() -> list[Path]:
    """The folders of the rooms that exist."""
    return [PACKAGE / name for name in room_order() if (PACKAGE / name / "__init__.py").exists()]


def modules(room: str | None = None, *parts: str) -> list[Module]:
    """The Python files of all rooms or one, of all parts or some; migrations stand outside."""
    found = []
    for folder in rooms():
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder).parts
            module = Module(path, folder.name, inside[0].removesuffix(".py"))
            wanted = (room is None or room == folder.name) and (not parts or module.part in parts)
            if wanted and "migrations" not in inside:
                found.append(module)
    return found


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def imported_modules(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The full names of the modules and members that a file imports, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `writing` in `operations.writing(...)`."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def report(faults: list[str], rule: str) -> None:
    """Fail with the rule and every place that breaks it."""
    if faults:
        raise AssertionError(rule + "\n  " + "\n  ".join(faults))


def sample(text: str, room: str = "clients", part: str = "views") -> Module:
    """A module with this text, to show that a guard can fail."""
    module = Module(PACKAGE / room / f"{part}.py", room, part)
    module.__dict__["text"] = text
    module.__dict__["tree"] = ast.parse(text)
    return module
