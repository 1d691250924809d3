"""Somebody who guides along beside the case manager: a job coach, an income consultant, somebody of another bureau."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import latest_recording
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Person
from opstap.clients.operations import Share, assign_clients
from opstap.clients.permissions import visible_clients
from opstap.dossier.forms.caseload import BesideForm
from opstap.dossier.selectors.staff import Colleague, beside_staff
from opstap.dossier.views.assigned import met, opened_on, sent_on, version_in
from opstap.dossier.views.together import ASSIGN, MOST, Done, keep_done, path_of_ours
from opstap.foundation import dates
from opstap.municipality.selectors import words_on

ROLES = "assignment_role"
REASON = "transferred"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assign_clients")
def beside(request: HttpRequest) -> HttpResponse:
    """Give some clients by name to a colleague who sees none but those; their case manager stays."""
    actor, today = actor_of(request), dates.today()
    following = path_of_ours(request.GET.get("next", ""))
    asked = request.GET.getlist("client")[:MOST]
    ids = list(visible_clients(actor).filter(reference__in=asked).values_list("pk", flat=True))
    if not ids:
        messages.info(request, _("There is nobody to assign here."))
        return redirect(following)
    staff = beside_staff(municipality_of(request).pk, today)
    roles = words_on([ROLES], today, get_language() or "nl")[1][ROLES]
    form = BesideForm(
        request.POST or None,
        workers=[(one.reference, one.name) for one in staff],
        roles=[(code, label) for code, label in roles.items() if code != AssignmentRole.CASE_MANAGER],
        initial={"from_on": today},
    )
    state = sent_on(request) if form.is_bound else opened_on(ids, latest_recording(), beside=True)
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, ids, staff, form.cleaned_data)
        except ReplacedMeanwhile:
            state = met(request, ids, lambda moved: moved.client_id in ids, beside=True)
    context: dict[str, Any] = {
        "form": form,
        "opened": state,
        "staff": staff,
        "count": len(ids),
        "names": _names(ids) if len(ids) <= 50 else [],
        "following": following,
        "trail": [{"label": _("Team"), "url": reverse("desk:team")}, {"label": _("Let somebody guide along")}],
    }
    return render(request, "dossier/beside.html", context, status=state.status(form))


def _given(request: HttpRequest, ids: list[int], staff: list[Colleague], given: dict[str, Any]) -> HttpResponse:
    following = path_of_ours(request.GET.get("next", ""))
    worker = next(one for one in staff if one.reference == given["worker"])
    shares = [Share(pk, worker.id, None, given["role"], given["until"]) for pk in ids]
    done = assign_clients(
        by=actor_of(request), shares=shares, from_on=given["from_on"], reason=REASON,
        opened_on=version_in(sent_on(request)),
    )  # fmt: skip
    if done.number is None:
        messages.info(request, _("Nothing changed: they were there already."))
        return redirect(following)
    return redirect(keep_done(request, Done(ASSIGN, done.number, done.clients, len(ids) - done.clients, following)))


def _names(ids: list[int]) -> list[str]:
    persons = list(
        Person.objects.current().filter(client_id__in=ids).select_related("client").order_by("folded_name", "client")
    )
    note_listed(person.client.reference for person in persons)
    return [person.list_name for person in persons]
