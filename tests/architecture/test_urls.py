"""Every address asks for a permission, or stands on the list of open ones with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from tests.architecture.house import PACKAGE, ROOT, report

OPEN_URLS = ROOT / "tests" / "architecture" / "open_urls.toml"
# A number or a name in an address would give a person away; only opaque references stand there.
TELLING = re.compile(r"<int:|<pk\b|\bbsn\b|<\w*:?(?:id|pk|number|bsn)>")


def leaves(
    patterns: Iterable[URLPattern | URLResolver], space: str = "", route: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every pattern with its full name and address."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from leaves(pattern.url_patterns, inner, here)
        else:
            yield f"{space}{pattern.name or here}", here, pattern


def unguarded(patterns: Iterable[URLPattern | URLResolver]) -> set[str]:
    """The names of addresses whose view carries no permission."""
    return {name for name, _, pattern in leaves(patterns) if not getattr(pattern.callback, "required_permission", "")}


def unknown_permissions(patterns: Iterable[URLPattern | URLResolver], known: Iterable[str]) -> list[str]:
    """Addresses that ask for a permission nobody can have."""
    asked = {name: getattr(pattern.callback, "required_permission", None) for name, _, pattern in leaves(patterns)}
    return [f"{name} asks {permission}" for name, permission in asked.items() if permission and permission not in known]


def test_every_address_asks_for_a_permission_or_is_open_for_a_reason() -> None:
    open_urls = tomllib.loads(OPEN_URLS.read_text(encoding="utf-8"))["views"]
    found = unguarded(get_resolver().url_patterns)
    report(sorted(found - open_urls.keys()), "Decorate the view with accounts.permissions.requires(...):")
    report(sorted(open_urls.keys() - found), "Stale in open_urls.toml (guarded by now, or gone):")
    report([name for name, reason in open_urls.items() if len(reason) < 10], "Say why in open_urls.toml:")


def test_every_permission_asked_for_exists() -> None:
    known = tomllib.loads((PACKAGE / "accounts" / "permissions.toml").read_text(encoding="utf-8"))
    report(
        unknown_permissions(get_resolver().url_patterns, known), "Add it to accounts/permissions.toml or correct it:"
    )


def test_every_permission_of_a_role_exists() -> None:
    known = tomllib.loads((PACKAGE / "accounts" / "permissions.toml").read_text(encoding="utf-8"))
    given = tomllib.loads((PACKAGE / "accounts" / "roles.toml").read_text(encoding="utf-8"))
    found = [f"{role}: {one}" for role, entry in given.items() for one in entry["permissions"] if one not in known]
    report(found, "A role gives a permission that doesn't exist:")


def test_addresses_hold_no_number_of_a_person() -> None:
    found = [f"{name}: {route}" for name, route, _ in leaves(get_resolver().url_patterns) if TELLING.search(route)]
    report(found, "An address carries an opaque reference, never a counter, BSN or client number:")


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_guarded.required_permission = "see_nothing"  # type: ignore[attr-defined]  # as the decorator marks a view


def test_the_guards_can_fail() -> None:
    patterns = [path("a/<int:pk>/", _view, name="a"), path("b/", _guarded, name="b")]
    assert unguarded(patterns) == {"a"}
    assert unknown_permissions(patterns, ["see_reports"]) == ["b asks see_nothing"]
    assert TELLING.search("a/<int:pk>/")
    assert not TELLING.search("clienten/<reference:reference>/")


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_the_pages_for_errors_exist(name: str) -> None:
    assert list(PACKAGE.rglob(f"templates/{name}")), f"There is no {name}"
