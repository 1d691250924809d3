"""The programmes and target groups of a municipality, for the administrator. No client is shown here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.clients.forms import ProgrammeForm
from opstap.clients.models import Programme
from opstap.clients.operations import change_programme, create_programme
from opstap.clients.selectors.programmes import programmes_of
from opstap.foundation import dates


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
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "meaning": found.meaning, "ended_on": found.ended_on or ""},
        municipality_id=municipality.pk,
        programme=found,
    )
    if request.method == "POST" and form.is_valid():
        change_programme(by=actor_of(request), programme=found, **form.cleaned_data)
        messages.success(request, _("%(name)s is saved.") % {"name": found.name})
        return redirect("clients:programmes")
    above = (_("Programmes and target groups"), reverse("clients:programmes"))
    context = {"name": name, "form": form, "trail": _trail(above, (name, ""))}
    return render(request, "clients/programme.html", context, status=400 if form.errors else 200)


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    above = [{"label": _("Administration"), "url": reverse("administration:index")}]
    return above + [{"label": label, "url": url} for label, url in steps]
