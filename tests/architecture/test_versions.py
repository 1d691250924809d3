"""The page of every view that asks for a version carries it: a form without would save over a colleague's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.house import Module, modules, report
from tests.architecture.test_templates import templates

CARRIES = re.compile(r"{%\s*include \"ui/opened\.html\"|<input type=\"hidden\" name=\"version\"")
INCLUDED = re.compile(r"{%\s*include \"([^\"]+\.html)\"")
ASKS = re.compile(r"\b(?:sent_version|begun_on)\(|\.get\(VERSION")
PERHAPS_NONE = re.compile(r"\.get\((?:VERSION|\"version\")\)")
# Templates with more forms than one that is changed in place, and how many of these carry a version.
MORE = {
    "accounts/user.html": 4,  # words; the ends of roles and of teams, in their tables; an end that met another
    "administration/code.html": 2,
    "administration/parts.html": 2,
    "administration/trait.html": 2,
    "contacts/plan.html": 2,
    "privacy/hold.html": 2,
    "privacy/request.html": 2,
}


def carried(name: str) -> int:
    """How many forms of a template carry a version, those of what it includes too."""
    text = templates()[name].read_text(encoding="utf-8")
    included = [one for one in INCLUDED.findall(text) if one != "ui/opened.html"]
    return len(CARRIES.findall(text)) + sum(carried(one) for one in included if one in templates())


def rendered(module: Module) -> set[str]:
    """The templates that a module names."""
    return {name for name in templates() if f'"{name}"' in module.text}


def asking() -> Iterator[tuple[Module, set[str]]]:
    """Views that ask for a version, each with its templates; of one that renders none, those of the views beside it
    that it uses, or that use it.
    """
    views = modules(None, "views")
    for module in views:
        if not ASKS.search(module.text):
            continue
        own = rendered(module)
        beside = (one for one in views if not own and (_uses(module, one) or _uses(one, module)))
        yield module, own.union(*(rendered(one) for one in beside))


def _uses(module: Module, other: Module) -> bool:
    parts = other.path.with_suffix("").parts
    return f"from {'.'.join(parts[parts.index('src') + 1 :])} import" in module.text


def test_the_page_of_each_view_that_asks_for_a_version_carries_one() -> None:
    found = list(asking())
    assert len(found) >= 10
    without = [module.place for module, names in found if not any(carried(name) for name in names)]
    report(without, "Put `ui/opened.html` within the form (decision record 30):")


def test_pages_with_more_such_forms_carry_it_in_each() -> None:
    lost = [name for name, least in MORE.items() if carried(name) < least]
    report(lost, "A form lost its version (decision record 30):")


def test_a_version_that_a_form_lacks_is_never_read_as_no_form() -> None:
    none = [module.place for module in modules(None, "views") if PERHAPS_NONE.search(module.text)]
    report(none, "None compares nothing: ask `sent_version` (decision record 30):")


def test_the_guard_sees_a_form_that_carries_none() -> None:
    assert carried("accounts/new_role.html") == 0
    assert carried("accounts/own_role.html") == 1
