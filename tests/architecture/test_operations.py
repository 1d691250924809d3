"""Every operation: words by keyword, the actor first, a permission asked, an event written; models kept in the room.

`audit` is left out: its functions are what the others write with.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tests.architecture.house import Function, Module, called_name, imported_modules, modules, report, rooms, sample

WRITES_AN_EVENT = {"writing"}
ASKS_A_PERMISSION = {"require", "may"}


@dataclass(frozen=True)
class Operations:
    """The operations of one room: those it offers, and every function they may call on the way."""

    room: str
    offered: dict[str, tuple[Module, Function]]
    functions: dict[str, Function]
    borrowed: frozenset[str]

    def reaches(self, name: str, goals: set[str]) -> bool:
        """Whether a function calls one of the goals: itself, through a function of its room, or another's operation."""
        seen, waiting = set(), [name]
        while waiting:
            current = waiting.pop()
            if current in seen or current not in self.functions:
                continue
            seen.add(current)
            called = {called_name(node) for node in ast.walk(self.functions[current]) if isinstance(node, ast.Call)}
            if called & (goals | self.borrowed):
                return True
            waiting += called
        return False


def operations_of(files: list[Module]) -> Operations:
    """What the files of a room's operations offer: the names in `__all__`, or all without an underscore."""
    everything = {
        node.name: (module, node) for module in files for node in module.tree.body if isinstance(node, Function)
    }
    exported = {name for module in files for name in _exported(module.tree)}
    offered = {n: found for n, found in everything.items() if (n in exported if exported else not n.startswith("_"))}
    borrowed = {
        name.rsplit(".", 1)[1]
        for module in files
        for _, name in imported_modules(module.tree)
        if re.match(rf"opstap\.(?!audit\.|{module.room}\.)\w+\.operations\.", name)
    }
    plain = {name: node for name, (_, node) in everything.items()}
    return Operations(files[0].room, offered, plain, frozenset(borrowed))


def _exported(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return list(ast.literal_eval(node.value))
    return []


def all_operations() -> list[Operations]:
    found = [modules(room.name, "operations") for room in rooms() if room.name != "audit"]
    return [operations_of(files) for files in found if files]


def shape_faults(operations: Operations) -> list[str]:
    """Operations whose words aren't keyword-only, actor first, and annotated."""
    faults = []
    for name, (module, node) in operations.offered.items():
        place = f"{module.place}:{node.lineno} {name}"
        given = node.args
        if given.args or given.posonlyargs or given.vararg:
            faults.append(f"{place} takes words by position: put `*` first")
        elif not given.kwonlyargs or given.kwonlyargs[0].arg != "by":
            faults.append(f"{place} doesn't take `by` first")
        if node.returns is None or any(word.annotation is None for word in given.kwonlyargs):
            faults.append(f"{place} isn't fully annotated")
    return faults


def silent(operations: Operations) -> list[str]:
    """Operations from which no event is reached."""
    return _not_reaching(operations, WRITES_AN_EVENT)


def unasked(operations: Operations) -> list[str]:
    """Operations from which no permission is asked."""
    return _not_reaching(operations, ASKS_A_PERMISSION)


def _not_reaching(operations: Operations, goals: set[str]) -> list[str]:
    return [
        f"{module.place}:{node.lineno} {name}"
        for name, (module, node) in operations.offered.items()
        if not operations.reaches(name, goals)
    ]


def reached_past(module: Module) -> list[str]:
    """Imports from inside the operations of another room instead of what it offers."""
    return [
        f"{module.place}:{line} imports {name}"
        for line, name in imported_modules(module.tree)
        if re.match(rf"opstap\.(?!{module.room}\.)\w+\.operations\.\w+\.\w+", name)
    ]


def test_operations_take_words_by_keyword_actor_first() -> None:
    report(
        [fault for one in all_operations() for fault in shape_faults(one)], "An operation reads f(*, by, ...) -> ...:"
    )


def test_every_operation_writes_an_event() -> None:
    report([fault for one in all_operations() for fault in silent(one)], "Write within `with writing(by=by, ...)`:")


def test_every_operation_asks_a_permission_itself() -> None:
    report([fault for one in all_operations() for fault in unasked(one)], "Ask `by.require(...)` in the operation:")


def test_rooms_use_the_operations_that_another_offers() -> None:
    found = [fault for module in modules() for fault in reached_past(module)]
    report(found, "Import from opstap.<room>.operations, and offer it there in __all__:")


def test_the_guards_can_fail() -> None:
    wrong = operations_of([sample("def place(client, by):\n    client.save()", part="operations")])
    assert len(shape_faults(wrong)) == 2
    assert silent(wrong)
    assert unasked(wrong)
    text = (
        "def place(*, by: Actor) -> None:\n    _ask(by)\n    _add(by)\n"
        "def _ask(by: Actor) -> None:\n    by.require('x')\n"
        "def _add(by: Actor) -> None:\n    with writing(by=by, verb='x'):\n        pass"
    )
    right = operations_of([sample(text, part="operations")])
    assert not [*shape_faults(right), *silent(right), *unasked(right)]
    assert reached_past(sample("from opstap.ladder.operations.scales import install_scales"))
    assert not reached_past(sample("from opstap.ladder.operations import install_scales"))
