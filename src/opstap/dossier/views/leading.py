"""The way back: which list someone came from, kept in the address as a path of our own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from opstap.clients.models import Client


@dataclass(frozen=True)
class WayBack:
    """The list someone came from; empty when they came by another road."""

    path: str
    label: str


def way_back(request: HttpRequest) -> WayBack:
    """The list in `van`, or nothing where it is no page of ours."""
    path = request.POST.get("van") or request.GET.get("van", "")
    if not path or not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return WayBack("", "")
    try:
        name = resolve(path.split("?", 1)[0]).view_name
    except Resolver404:
        return WayBack("", "")
    labels = {"reporting:people": _("People"), "dossier:caseload": _("My caseload"), "dossier:client": _("Dossier")}
    return WayBack(path, labels.get(name, _("Back to the list")))


def dossier_url(client: Client, **query: str) -> str:
    """The dossier of a client, with what is to be kept in the address."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse("dossier:client", args=[client.reference])
    return f"{address}?{urlencode(kept)}" if kept else address
