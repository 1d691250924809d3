"""What the import contracts can't see: foreign keys in strings, forms of another room, signals, the clock, the gate."""

from __future__ import annotations

import ast
import re

import pytest
from django.conf import settings

from tests.architecture.house import Module, called_name, imported_modules, modules, report, room_order, sample

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
# Models of Django's own apps may be named by any room.
BELOW_ALL = {"auth", "contenttypes", "sessions"}
SCREEN_PARTS = ("views", "forms", "tables")
PAST_THE_GATE = re.compile(r"\bClient\.(?:_default_manager|_base_manager|objects)\b|\bunscoped\b")


def upward_keys(module: Module) -> list[str]:
    """Relations by a string that name a room above."""
    order = room_order()
    faults = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and called_name(node) in RELATIONS):
            continue
        target = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "to"), None)
        if not (isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value):
            continue
        label = target.value.split(".")[0]
        if label not in BELOW_ALL and (label not in order or order.index(label) < order.index(module.room)):
            faults.append(f"{module.place}:{node.lineno} points up to {target.value}")
    return faults


def foreign_forms(module: Module) -> list[str]:
    """Imports by a view of the forms of another room."""
    return [
        f"{module.place}:{line} imports {name}"
        for line, name in imported_modules(module.tree)
        if re.match(rf"opstap\.(?!{module.room}\.)\w+\.forms\b", name)
    ]


def signals(module: Module) -> list[str]:
    """Places where a signal is listened to."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    listening = [
        node
        for node in calls
        if (isinstance(node.func, ast.Name) and node.func.id == "receiver")
        or (isinstance(node.func, ast.Attribute) and node.func.attr == "connect")
    ]
    return [f"{module.place}:{node.lineno}" for node in listening]


def past_the_gate(module: Module) -> list[str]:
    """Places on the side of the screen that ask for clients without the gate."""
    return [
        f"{module.place}:{number} {line.strip()}"
        for number, line in enumerate(module.text.splitlines(), start=1)
        if PAST_THE_GATE.search(line)
    ]


def clock_setters(module: Module) -> list[str]:
    """Places that set the clock."""
    return [
        f"{module.place}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called_name(node) == "clock_at"
    ]


def late_imports(module: Module) -> list[str]:
    """Imports of our own rooms inside a function, which hide a cycle."""
    inside = [node for top in ast.walk(module.tree) if isinstance(top, ast.FunctionDef) for node in ast.walk(top)]
    return sorted(
        {
            f"{module.place}:{node.lineno} imports {node.module}"
            for node in inside
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("opstap")
        }
    )


def test_string_foreign_keys_point_down_only() -> None:
    report([fault for module in modules() for fault in upward_keys(module)], "A key points to a room below or its own:")


def test_no_views_import_the_forms_of_another_room() -> None:
    found = [fault for module in modules(None, "views") for fault in foreign_forms(module)]
    report(found, "A view uses the forms of its own room; another room offers an operation or a page:")


def test_no_signals_between_rooms() -> None:
    found = [fault for m in modules() if m.room not in {"config", "foundation"} for fault in signals(m)]
    report(found, "The upper room calls the lower one in sight; no signals outside config and foundation:")


def test_screens_ask_for_clients_through_the_gate() -> None:
    found = [fault for module in modules(None, *SCREEN_PARTS) for fault in past_the_gate(module)]
    report(found, "Views, forms and tables ask the gate (opstap.clients.permissions) for clients:")


def test_only_the_demo_sets_the_clock() -> None:
    found = [fault for m in modules() if m.room not in {"demo", "foundation"} for fault in clock_setters(m)]
    report(found, "Only the demo (and tests) may set the clock:")


def test_no_import_of_a_room_inside_a_function() -> None:
    found = [fault for m in modules() if m.room != "config" for fault in late_imports(m)]
    report(found, "Imports of rooms stand at the top of the file:")


def test_there_is_no_django_admin() -> None:
    assert not [app for app in settings.INSTALLED_APPS if "contrib.admin" in app], (
        "Every write goes through an operation"
    )


@pytest.mark.parametrize(
    ("guard", "wrong", "right"),
    [
        (upward_keys, 'a = models.ForeignKey("exchange.Import")', 'a = models.ForeignKey("audit.Recording")'),
        (upward_keys, 'a = models.OneToOneField(to="nowhere.Thing")', 'a = models.OneToOneField("self")'),
        (foreign_forms, "from opstap.ladder.forms import F", "from opstap.clients.forms import F"),
        (signals, "@receiver(post_save)\ndef f(): ...", "def receiver_of(): ..."),
        (signals, "post_save.connect(f)", "connected = 1"),
        (past_the_gate, "c = Client.objects.get(pk=1)", "c = client_or_404(actor, reference)"),
        (past_the_gate, "c = Client.unscoped()", "c = visible_clients(actor)"),
        (clock_setters, "with dates.clock_at(m): pass", "m = dates.now()"),
        (late_imports, "def f():\n    from opstap.audit import x", "from opstap.audit import x"),
    ],
)
def test_the_guards_can_fail(guard: object, wrong: str, right: str) -> None:
    assert callable(guard)
    assert guard(sample(wrong))
    assert not guard(sample(right))
