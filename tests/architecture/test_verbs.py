"""Every verb of an event is classified: whether it changes facts only, or also what processes remember.

That the classification is right is held while all other tests run, by `tests/verbs.py`.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator

from opstap.clients.selectors.held import PARTS
from tests.architecture.house import PACKAGE, Function, Module, called_name, modules, report, sample

# Verbs that are put together: the file, and what may stand in the gap.
PUT_TOGETHER = {
    "clients/operations/held.py": tuple(PARTS),
    "plans/operations/ending.py": ("trajectory", "activity", "instrument"),
}


def classified() -> dict[str, list[str]]:
    return tomllib.loads((PACKAGE / "audit" / "verbs.toml").read_text(encoding="utf-8"))


def constants(files: list[Module]) -> dict[str, set[str]]:
    """What the names of the house stand for, where they stand for a text."""
    found: dict[str, set[str]] = {}
    for module in files:
        for node in module.tree.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.targets[0], ast.Name)
            ):
                found.setdefault(node.targets[0].id, set()).add(str(node.value.value))
    return found


def given_verbs(module: Module, positions: dict[str, int]) -> Iterator[ast.expr]:
    """What is given as a verb: by that word, by its place, or as a name of that word."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "verb")
            place = positions.get(called_name(node))
            if place is not None and len(node.args) > place:
                yield node.args[place]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "verb":
            yield node.value


def verbs_in(module: Module, named: dict[str, set[str]], positions: dict[str, int]) -> set[str]:
    """The verbs that a file writes. A verb that can't be read from the text is given back as that text."""
    found: set[str] = set()
    gaps = next((gaps for path, gaps in PUT_TOGETHER.items() if module.place.endswith(path)), ())
    for node in given_verbs(module, positions):
        if isinstance(node, ast.Constant):
            found.add(str(node.value))
        elif isinstance(node, ast.Name) and node.id in named:
            found |= named[node.id]
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant) and gaps:
            found |= {str(node.values[0].value) + gap for gap in gaps}
        elif ast.unparse(node) != "verb":  # handed on: read where it is given
            found.add(ast.unparse(node))
    return found


def all_verbs() -> set[str]:
    files = [module for module in modules() if module.part in {"operations", "views", "commands"}]
    everything = modules()
    named, positions = constants(everything), _positions(everything)
    return {verb for module in files for verb in verbs_in(module, named, positions)}


def _positions(files: list[Module]) -> dict[str, int]:
    """Functions that take a verb by its place, and which place that is."""
    return {
        node.name: [word.arg for word in node.args.args].index("verb")
        for module in files
        for node in ast.walk(module.tree)
        if isinstance(node, Function) and "verb" in [word.arg for word in node.args.args]
    }


def test_every_verb_is_classified() -> None:
    known = {verb for verbs in classified().values() for verb in verbs}
    rule = "Say in audit/verbs.toml whether it changes facts only (`reference` when in doubt):"
    report(sorted(all_verbs() - known), rule)


def test_no_verb_is_classified_twice_or_written_nowhere() -> None:
    known = Counter(verb for verbs in classified().values() for verb in verbs)
    assert [verb for verb, times in known.items() if times > 1] == []
    assert set(known) - all_verbs() == set()


def test_the_guard_can_fail() -> None:
    text = "def place(*, by):\n    with writing(by=by, verb='x'):\n        _add(by, 'y')\n\ndef _add(by, verb): ..."
    module = sample(text, part="operations")
    assert verbs_in(module, {}, _positions([module])) == {"x", "y"}
    unreadable = sample("def place(*, by, what):\n    with writing(by=by, verb=f'do_{what}'): ...", part="operations")
    assert verbs_in(unreadable, {}, {}) - {verb for verbs in classified().values() for verb in verbs}
