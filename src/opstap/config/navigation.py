"""The menu, by permission. An item appears only when its page works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opstap.accounts.operations import SessionStore
from opstap.accounts.permissions import actor_of, municipality_of, parts_of, waiting_of, works_in
from opstap.accounts.selectors.sessions import time_left
from opstap.accounts.selectors.towns import towns_named
from opstap.audit.logic.seen import glass_noted
from opstap.dossier.views.leading import caseload_words
from opstap.foundation import dates
from opstap.municipality.enums import Environment
from opstap.municipality.logic import part_of
from opstap.municipality.models import Municipality

ITEMS = (
    ("see_clients", "dossier:caseload", _("My caseload")),
    ("see_clients", "contacts:today", _("Today")),
    ("find_outside_scope", "desk:outside", _("Who is calling?")),
    ("see_inbox", "desk:inbox", _("My messages")),
    ("assign_clients", "desk:team", _("Team")),
    ("see_reports", "reporting:index", _("Reports")),
    ("see_publications", "publications:publications", _("Publications")),
    ("import_clients", "exchange:imports", _("Import")),
    ("review_access_log", "privacy:accesses", _("Access log")),
    ("answer_requests", "rights:requests", _("Requests")),
    ("destroy_dossiers", "retention:terms", _("Retention")),
    ("permit_research", "research:permits", _("Research")),
    ("take_research_extract", "research:extracts", _("Extracts")),
    ("configure_municipality", "administration:index", _("Administration")),
    ("see_authorisations", "accounts:authorisations", _("Authorisations")),
    ("see_scales", "ladder:scales", _("Scales")),
    ("see_scales", "begin", _("Begin here")),
)
# Pages of a room that stand under an item of the menu, though their address begins otherwise.
ALSO = {"dossier:caseload": ("/plaatsen/", "/hulp/"), "contacts:today": ("/contact/",),
        "desk:inbox": ("/overdracht/", "/vervanging/")}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """An entry of the menu."""

    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class Glass:
    """A dossier that is open for a short time: where it is ended, and how many minutes are left."""

    url: str
    minutes: int
    until: str


@dataclass(frozen=True)
class Banner:
    """What stands above every page of an environment that is not real."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the page shell shows: menu, municipality, its parts, and the banner of an environment that is not real."""
    if not getattr(request, "user", None):
        return {}
    if not request.user.is_authenticated:
        return {"banner": SimpleLazyObject(_banner_for_visitors)}
    municipality = SimpleLazyObject(lambda: municipality_of(request))
    return {
        "navigation": _items(request),
        "session_seconds": _seconds_left(request),
        "glass": SimpleLazyObject(_glass),
        "search_url": reverse("desk:search") if actor_of(request).may("see_clients") else "",
        "search_by_bsn": actor_of(request).may("find_by_bsn"),
        "municipality": municipality,
        "towns": SimpleLazyObject(lambda: _towns(request)),
        "parts": SimpleLazyObject(lambda: parts_of(request)),
        "banner": SimpleLazyObject(lambda: banner_of(municipality_of(request))),
    }


def _seconds_left(request: HttpRequest) -> int:
    """For how long this session lasts when nothing more is done with it."""
    row = request.session.row if isinstance(request.session, SessionStore) else None
    left = time_left(row.began_at, row.used_at, dates.now()) if row else settings.OPSTAP_IDLE_LIMIT
    return max(1, int(left.total_seconds()))


def _towns(request: HttpRequest) -> list[Municipality]:
    """Among which municipalities whoever asks can choose; nothing for who works in one."""
    held = works_in(request)
    return towns_named(held) if len(held) > 1 else []


def items_of(request: HttpRequest) -> list[tuple[str, Any]]:
    """The addresses of the menu that this person may see, of parts that are switched on, with their words."""
    actor, parts = actor_of(request), parts_of(request)
    return [
        (name, label) for permission, name, label in ITEMS if actor.may(permission) and part_of(name) in {None, *parts}
    ]


def _items(request: HttpRequest) -> list[Item]:
    actor, items = actor_of(request), []
    for name, label in items_of(request):
        url = reverse(name)
        words = caseload_words(actor) if name == "dossier:caseload" else label
        count = waiting_of(request) if name == "desk:inbox" else 0
        items.append(Item(str(words), url, request.path.startswith((url, *ALSO.get(name, ()))), count))
    return items


def _glass() -> Glass | str:
    """What stands above a page that lies behind broken glass; asked when the page is rendered, after its gate."""
    noted = glass_noted()
    if noted is None:
        return ""
    reference, until = noted
    left = max(1, -int(-(until - dates.now()).total_seconds() // 60))
    return Glass(reverse("desk:glass", args=[reference]), left, f"{until.astimezone(dates.AMSTERDAM):%H:%M}")


def banner_of(municipality: Municipality) -> Banner | str:
    """The banner of a municipality: the administrator's own words, else what kind of environment it is."""
    if municipality.environment == Environment.DEMO:
        return Banner("demo", municipality.banner or gettext("Demo: every person here is invented."))
    if municipality.environment == Environment.TEST:
        return Banner("test", municipality.banner or gettext("Test environment: nothing here is real."))
    return Banner("own", municipality.banner) if municipality.banner else ""


def _banner_for_visitors() -> Banner | str:
    """Before signing in too, where the installation has one municipality."""
    found = list(Municipality.objects.all()[:2])
    return banner_of(found[0]) if len(found) == 1 else ""
