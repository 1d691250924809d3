"""The menu, by permission. An item appears only when its page works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opstap.accounts.permissions import actor_of, municipality_of
from opstap.municipality.enums import Environment

ITEMS = (
    ("see_clients", "dossier:caseload", _("My caseload")),
    ("see_reports", "reporting:index", _("Reports")),
    ("import_clients", "exchange:imports", _("Import")),
    ("see_scales", "ladder:scales", _("Scales")),
)


@dataclass(frozen=True)
class Item:
    """An entry of the menu."""

    label: str
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the page shell shows: menu, municipality and the banner of an environment that is not real."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    municipality = SimpleLazyObject(lambda: municipality_of(request))
    return {
        "navigation": _items(request),
        "municipality": municipality,
        "banner": SimpleLazyObject(lambda: _banner(municipality.environment)),
    }


def _items(request: HttpRequest) -> list[Item]:
    actor = actor_of(request)
    items = []
    for permission, name, label in ITEMS:
        if actor.may(permission):
            url = reverse(name)
            items.append(Item(str(label), url, request.path.startswith(url)))
    return items


def _banner(environment: str) -> str:
    if environment == Environment.DEMO:
        return gettext("Demo: every person here is invented.")
    if environment == Environment.TEST:
        return gettext("Test environment")
    return ""
