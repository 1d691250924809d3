"""The programmes and target groups of a municipality, for the administrator. No client is shown here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.clients.forms import ProgrammeForm
from opstap.clients.models import Programme
from opstap.clients.operations import change_programme, create_programme
from opstap.clients.selectors.programmes import programmes_of, words_of
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import begun_on, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, and a form for a new one."""
    municipality = municipality_of(request)
    form = ProgrammeForm(request.POST if request.method == "POST" else None, municipality_id=municipality.pk)
    if request.method == "POST" and form.is_valid():
        made = create_programme(by=actor_of(request), municipality=municipality, **form.cleaned_data)
        messages.success(request, _("%(name)s is added.") % {"name": made.name})
        return redirect("clients:programmes")
    today = dates.today()
    lines = [(one, one.ended_on is not None and one.ended_on <= today) for one in programmes_of(municipality.pk)]
    context = {"lines": lines, "form": form, "trail": _trail((_("Programmes and target groups"), ""))}
    return render(request, "clients/programmes.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def programme(request: HttpRequest, reference: str) -> HttpResponse:
    """One programme: its name, who belongs to it, and its end."""
    municipality = municipality_of(request)
    found = get_object_or_404(Programme, municipality=municipality, reference=reference)
    name = found.name

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> ProgrammeForm:
        return ProgrammeForm(sent, initial=dict(values), municipality_id=municipality.pk, programme=found)

    sent = request.POST if request.method == "POST" else None
    form, state = made(words_of(found), sent), begun_on(sent, version_of_values("programme", words_of(found)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_programme(by=actor_of(request), programme=found, **given, opened_on=sent_version(request.POST))
        except ReplacedMeanwhile:
            saved = saved_by(last_done("change_programme", found.reference))
            now = words_of(found)
            form, state = met_in_place(made, request.POST, kind="programme", newest=now, given=given, saved=saved)
        if state.conflict is None or state.is_settled:
            messages.success(request, _("%(name)s is saved.") % {"name": found.name})
            return redirect("clients:programmes")
    above = (_("Programmes and target groups"), reverse("clients:programmes"))
    context = {"name": name, "form": form, "opened": state, "trail": _trail(above, (name, ""))}
    return render(request, "clients/programme.html", context, status=state.status(form))


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    above = [{"label": _("Administration"), "url": reverse("administration:index")}]
    return above + [{"label": label, "url": url} for label, url in steps]
