"""Every operation that writes about clients asks whose they are: a permission says what one may do, not about whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django.apps import apps

from opstap.clients.enums import RETENTION_CLIENT_FILE
from tests.architecture.house import called_name, report, sample
from tests.architecture.test_operations import Operations, all_operations, operations_of

# Of clients; of an import, whose clients are those of its municipality; of a hand-over, whose clients were asked then.
# Of somebody out of reach: whom this very person just asked for, as the access log has it.
ASKS = {
    "require_reach",
    "require_importer",
    "require_asked",
    "require_found",
    "require_glass",
    "require_noting",
    "require_guarding",
}
WRITES = {"append_facts", "withdraw_facts", "insert_rows", "undo_recording"}
NOBODY_YET = {"register_clients", "register_newcomer"}  # they make the client: there is nobody to reach before


def client_models() -> frozenset[str]:
    """The tables that belong to the file of a client."""
    return frozenset(
        model.__name__ for model in apps.get_models() if getattr(model, "retention", "") == RETENTION_CLIENT_FILE
    )


def reaching_nobody(operations: Operations, models: frozenset[str], asking: set[str]) -> list[str]:
    """Operations about clients that neither ask the reach nor leave that to the operations they are made of.

    `asking` are the operations that do ask; those of this room are added to it.
    """
    faults = []
    for name, (module, node) in operations.offered.items():
        calls = list(_calls_from(operations, name))
        asked = {called_name(call) for call in calls} & (ASKS | (asking & operations.borrowed))
        if asked:
            asking.add(name)
        elif any(_is_about_clients(call, models) for call in calls):
            faults.append(f"{module.place}:{node.lineno} {name}")
    return faults


def _calls_from(operations: Operations, name: str) -> Iterator[ast.Call]:
    """Every call that an operation makes, itself or through the functions of its room."""
    seen, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current in seen or current not in operations.functions:
            continue
        seen.add(current)
        for node in ast.walk(operations.functions[current]):
            if isinstance(node, ast.Call):
                yield node
                waiting.append(called_name(node))


def _is_about_clients(call: ast.Call, models: frozenset[str]) -> bool:
    """Whether a call reads or writes a table of the file of a client; of a table that is not named here it may."""
    if called_name(call) in WRITES:
        model = call.args[0] if call.args else call
        return not isinstance(model, ast.Name) or model.id in models or model.id[0].islower()
    return any(isinstance(node, ast.Name) and node.id in models for node in ast.walk(call.func))


def unreached() -> list[str]:
    """In the order in which rooms stand on each other, the lowest first."""
    asking: set[str] = set()
    models = client_models()
    return [fault for one in reversed(all_operations()) for fault in reaching_nobody(one, models, asking)]


def test_every_operation_about_clients_asks_the_reach() -> None:
    found = [fault for fault in unreached() if fault.rsplit(" ", 1)[1] not in NOBODY_YET]
    report(found, "Ask `require_reach(by, client_ids)` in the operation, before it writes:")


def test_what_need_not_ask_still_does_not() -> None:
    assert {fault.rsplit(" ", 1)[1] for fault in unreached()} >= NOBODY_YET


def test_the_guard_can_fail() -> None:
    wrong = (
        "def first(*, by: Actor) -> None:\n    append_facts(Trait, [], recording=1)\n",
        "def second(*, by: Actor) -> None:\n    _add()\ndef _add() -> None:\n    Client.objects.all()\n",
        "def third(*, by: Actor, what: str) -> None:\n    withdraw_facts(PARTS[what].model, [], recording=1)\n",
        "from opstap.contacts.operations import no\ndef fourth(*, by: Actor) -> None:\n    no(Trait.objects.all())\n",
    )
    for text in wrong:
        assert reaching_nobody(operations_of([sample(text, part="operations")]), client_models(), set()), text
    right = (
        "def first(*, by: Actor) -> None:\n    _ask()\n    append_facts(Trait, [])\ndef _ask():\n    require_reach()\n",
        "def second(*, by: Actor) -> None:\n    append_facts(Code, [], recording=1)\n",
        "from opstap.contacts.operations import ask\ndef third(*, by: Actor) -> None:\n    ask(Trait.objects.all())\n",
    )
    for text in right:
        assert not reaching_nobody(operations_of([sample(text, part="operations")]), client_models(), {"ask"}), text
