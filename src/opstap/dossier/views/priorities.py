"""Putting several clients first, with one reason for all of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Client
from opstap.clients.operations import mark_priorities
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.priorities import priorities_of
from opstap.dossier.forms.caseload import PriorityForm
from opstap.dossier.selectors.offered import names_of
from opstap.dossier.views.together import MOST, PRIORITY, Done, keep_done, path_of_ours
from opstap.foundation import dates


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def prioritise(request: HttpRequest) -> HttpResponse:
    """Who was ticked on a list (`client`), or everybody on the page of it (`all`, of those `listed`), comes first."""
    following = path_of_ours(request.GET.get("next", ""))
    clients = _chosen(request)
    if not clients:
        messages.warning(request, _("Nobody was ticked: tick the clients first."))
        return redirect(following)
    form = PriorityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _marked(request, clients, form.cleaned_data["note"], following)
        except ReplacedMeanwhile:
            messages.warning(request, _("A colleague marked one of them just now. Nothing was saved: look once more."))
    already = priorities_of([client.pk for client in clients], dates.today()).keys()
    context: dict[str, Any] = {
        "form": form,
        "count": len(clients) - len(already),
        "names": [name for _reference, name in names_of([one for one in clients if one.pk not in already])],
        "already": [name for _reference, name in names_of([one for one in clients if one.pk in already])],
        "following": following,
        "trail": [{"label": _("Back to the list"), "url": following}, {"label": _("Give priority")}],
    }
    return render(request, "dossier/prioritise.html", context, status=400 if form.errors else 200)


def _marked(request: HttpRequest, clients: list[Client], note: str, following: str) -> HttpResponse:
    done = mark_priorities(
        by=actor_of(request), client_ids=[client.pk for client in clients], note=note, on=dates.today()
    )
    if done.number is None:
        messages.info(request, _("Nothing changed: they had priority already."))
        return redirect(following)
    return redirect(keep_done(request, Done(PRIORITY, done.number, done.clients, done.left, following)))


def _chosen(request: HttpRequest) -> list[Client]:
    """Those of the references that the actor may see."""
    asked = request.GET.getlist("listed" if request.GET.get("all") else "client")[:MOST]
    return list(visible_clients(actor_of(request)).filter(reference__in=asked)) if asked else []
