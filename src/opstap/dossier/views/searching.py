"""The search box of every page: posted, kept in the session under an opaque reference, answered through the gate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.clients.permissions import visible_clients
from opstap.dossier.selectors.searching import found_by, opened, read_found, sealed
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.foundation.ui.addresses import without_nul
from opstap.selections.logic import Criteria

KEPT = "searches"
MOST_KEPT = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_clients")
def search(request: HttpRequest) -> HttpResponse:
    """Look for somebody. One hit leads straight to the dossier; within a list the list is narrowed."""
    text = request.POST.get("q", "").strip()
    if request.method != "POST" or not text:
        return render(request, "dossier/search.html", {"text": "", "asked": False})
    if "list" in request.POST:
        criteria = Criteria.of(without_nul(QueryDict(request.POST["list"])).dict()).but(search=_keep(request, text))
        return redirect(f"{reverse('dossier:caseload')}?{criteria.query}")
    found = found_by(actor_of(request), text, dates.today())
    if len(found.client_ids) == 1:
        only = visible_clients(actor_of(request)).get(pk=found.client_ids[0])
        return redirect("dossier:client", only.reference)
    return redirect("desk:found", _keep(request, text))


@require_safe
@requires("see_clients")
def found(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was found by what was typed before."""
    text = typed(request, reference)
    if text is None:
        return render(request, "dossier/search.html", {"text": "", "asked": False, "expired": True}, status=404)
    actor, today = actor_of(request), dates.today()
    hits = found_by(actor, text, today)
    context: dict[str, Any] = {
        "text": text,
        "asked": True,
        "people": read_found(actor, hits, today),
        "has_more": hits.has_more,
        "may_ask_outside": actor.may("find_outside_scope"),
        "back": urlencode({"van": request.path}),
    }
    return render(request, "dossier/search.html", context)


def typed(request: HttpRequest, reference: str) -> str | None:
    """What was typed, by its reference; None when this session does not hold it."""
    kept: dict[str, str] = request.session.get(KEPT, {})
    return opened(kept[reference]) if reference in kept else None


def _keep(request: HttpRequest, text: str) -> str:
    """The last twenty stay, encrypted, until the session ends."""
    kept: dict[str, str] = request.session.get(KEPT, {})
    reference = new_reference()
    latest = [*kept.items(), (reference, sealed(text))][-MOST_KEPT:]
    request.session[KEPT] = dict(latest)
    return reference
