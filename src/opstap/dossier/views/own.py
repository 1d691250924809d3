"""What is a worker's own: working lists under a name, and the star and note on a client."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.permissions import actor_of, requires
from opstap.clients.models import Person
from opstap.clients.permissions import client_or_404
from opstap.dossier.forms.caseload import MarkForm
from opstap.dossier.views.together import path_of_ours
from opstap.foundation import dates
from opstap.foundation.ui.addresses import without_nul
from opstap.selections.logic import Criteria
from opstap.selections.operations import keep_list, mark_client, remove_list
from opstap.selections.selectors import mark_of, teams_of

MOST_CHARACTERS = 60


@require_POST
@requires("see_clients")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the choices of the list under a name, for oneself or for a team."""
    actor = actor_of(request)
    back = path_of_ours(request.POST.get("next", ""))
    name = request.POST.get("name", "").strip()[:MOST_CHARACTERS]
    if not name:
        messages.error(request, _("Give the list a name, then keep it."))
        return redirect(back)
    wanted = request.POST.get("team", "")
    team = next((one for one in teams_of(actor, dates.today()) if one.reference == wanted), None)
    keep_list(
        by=actor,
        name=name,
        criteria=Criteria.of(without_nul(QueryDict(request.POST.get("list", ""))).dict()),
        team=team,
    )
    messages.success(request, _("The list “%(name)s” is kept.") % {"name": name})
    return redirect(back)


@require_POST
@requires("see_clients")
def remove(request: HttpRequest, reference: str) -> HttpResponse:
    """Remove a list of one's own."""
    remove_list(by=actor_of(request), reference=reference)
    messages.success(request, _("The list is removed."))
    return redirect(path_of_ours(request.POST.get("next", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_clients")
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """The star and the note on a client, for oneself alone. The star alone can be put from the list."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    held = mark_of(actor.user_id, client.pk)
    back = path_of_ours(request.POST.get("next") or request.GET.get("next", ""))
    if "star" in request.POST:
        mark_client(by=actor, client=client, starred=request.POST["star"] == reference, note=held.note)
        return redirect(back)
    form = MarkForm(request.POST or None, initial={"starred": held.starred, "note": held.note})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        mark_client(by=actor, client=client, starred=given["starred"], note=given["note"])
        messages.success(request, _("Your note is kept."))
        return redirect(back)
    person = Person.objects.current().filter(client=client).first()
    context: dict[str, Any] = {
        "form": form,
        "name": person.list_name if person else client.number,
        "back": back,
        "trail": [{"label": _("Back to the list"), "url": back}, {"label": _("Own note")}],
    }
    return render(request, "dossier/mark.html", context, status=400 if form.is_bound else 200)
