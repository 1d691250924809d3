"""Begin hier: the steps of somebody's first day, by role, as `first_day.toml` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse

from opstap.accounts.logic import Role
from opstap.accounts.permissions import actor_of, parts_of
from opstap.municipality.logic import part_of

STEPS = Path(__file__).resolve().parent / "first_day.toml"


@dataclass(frozen=True)
class Step:
    """One thing to do, and the page where it is done."""

    title: str
    text: str
    url: str
    action: str


def first_days(request: HttpRequest, roles: Collection[Role], language: str) -> list[tuple[str, list[Step]]]:
    """For each role that somebody holds its name and its steps; a step whose page is not for them is left out."""
    return [
        (role.name(language), [_step(entry, language) for entry in _entries()[role.key] if _is_for(request, entry)])
        for role in roles
        if role.key in _entries()
    ]


@cache
def _entries() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(STEPS.read_text(encoding="utf-8"))


def _is_for(request: HttpRequest, entry: dict[str, Any]) -> bool:
    if "address" not in entry:
        return True
    name = str(entry["address"])
    needed = getattr(resolve(reverse(name)).func, "required_permission", "")
    return part_of(name) in {None, *parts_of(request)} and (not needed or actor_of(request).may(needed))


def _step(entry: dict[str, Any], language: str) -> Step:
    url = reverse(entry["address"]) if "address" in entry else ""
    return Step(entry["title"][language], entry["text"][language], url, entry["action"][language] if url else "")
