"""The way back: which list someone came from, kept in the address as a path of our own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.foundation.ui.addresses import own_path


@dataclass(frozen=True)
class WayBack:
    """The list someone came from; empty when they came by another road."""

    path: str
    label: str


def way_back(request: HttpRequest) -> WayBack:
    """The list in `van`, or nothing where it is no page of ours."""
    path = request.POST.get("van") or request.GET.get("van", "")
    if not own_path(path):
        return WayBack("", "")
    try:
        name = resolve(path.split("?", 1)[0]).view_name
    except Resolver404:
        return WayBack("", "")
    labels = {
        "reporting:people": _("People"), "dossier:caseload": caseload_words(actor_of(request)),
        "dossier:client": _("Dossier"), "desk:found": _("Search"), "desk:done": _("Done"),
        "desk:handover": _("Hand-over"),
    }  # fmt: skip
    return WayBack(path, labels.get(name, _("Back to the list")))


def caseload_words(actor: Actor) -> str:
    """What the list of clients is called in the menu of this person."""
    if any(actor.may(reach) for reach in ("reach_team", "reach_municipality", "reach_supervised")):
        return _("Caseload")
    return _("My caseload") if actor.may("hold_caseload") or not actor.may("reach_batch") else _("My clients")


def trail_to(actor: Actor, back: WayBack | None = None) -> dict[str, str]:
    """The step above a dossier: the list someone came from, else that of their clients."""
    if back is not None and back.path:
        return {"label": back.label, "url": back.path}
    return {"label": caseload_words(actor), "url": reverse("dossier:caseload")}


def dossier_url(client: Client, **query: str) -> str:
    """The dossier of a client, with what is to be kept in the address."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse("dossier:client", args=[client.reference])
    return f"{address}?{urlencode(kept)}" if kept else address
