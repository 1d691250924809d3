"""Research that is permitted: entered, looked back at and ended by somebody else than who takes the extract."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.ladder.selectors.scales import scales_on
from opstap.municipality.logic import DEFAULT_SCALE
from opstap.municipality.selectors import setting_on
from opstap.reporting.forms import ResearchForm
from opstap.reporting.logic import Quarter, quarters_until
from opstap.reporting.operations import ResearchRefused, end_research, permit_research
from opstap.reporting.selectors.research import permit_history, permits_of
from opstap.reporting.tables.extract import quarter_words
from opstap.reporting.tables.research import permit_line
from opstap.reporting.views.asking import language_of_screen

QUARTERS, A_YEAR = 24, 4


@require_http_methods(["GET", "HEAD", "POST"])
@requires("permit_research")
def permits(request: HttpRequest) -> HttpResponse:
    """All research that was ever permitted, and permitting another."""
    town, today = municipality_of(request), dates.today()
    form = _form(request, town.pk, today)
    if request.method == "POST" and form.is_valid():
        made = permit_research(by=actor_of(request), municipality=town, terms=form.terms())
        messages.success(request, _("The research is permitted. A researcher can take an extract in its period."))
        return redirect("research:permit", made)
    lines = [permit_line(one, today) for one in permits_of(town.pk)]
    context = {"lines": lines, "form": form, "open": sum(1 for one in lines if one.is_open)}
    return render(request, "reporting/permits.html", context, status=400 if form.errors else 200)


def _form(request: HttpRequest, municipality_id: int, today: date) -> ResearchForm:
    """What is usual: a year, until the last quarter, on the municipality's own scale."""
    quarters = quarters_until(today, QUARTERS)
    usual = {
        "first_day": today,
        "earlier": quarters[A_YEAR].key,
        "later": quarters[0].key,
        "scale": setting_on(municipality_id, DEFAULT_SCALE, today),
    }
    given = request.POST if request.method == "POST" else None
    return ResearchForm(given, quarters=quarters, scales=scales_on(today), initial=usual)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("permit_research")
def permit(request: HttpRequest, reference: str) -> HttpResponse:
    """One piece of research, who permitted it and who ended it when; and ending it."""
    history = permit_history(municipality_of(request).pk, reference)
    if not history:
        raise Http404
    latest, today = history[-1], dates.today()
    if request.method == "POST":
        try:
            end_research(by=actor_of(request), permit=latest)
            messages.success(request, _("The research has ended. No extract is taken for it from now on."))
        except (ResearchRefused, ReplacedMeanwhile):
            messages.error(request, _("This research had ended already. This is how it stands now."))
        return redirect("research:permit", reference)
    scales = {one.key: one.name(language_of_screen()) for one in scales_on(today)}
    context = {
        "found": latest,
        "earlier": quarter_words(Quarter.of(latest.earlier)),
        "later": quarter_words(Quarter.of(latest.later)),
        "scale": scales.get(latest.scale, latest.scale),
        "line": permit_line(latest, today),
        "history": [permit_line(one, today) for one in history],
        "trail": [{"label": _("Research"), "url": reverse("research:permits")}, {"label": latest.name}],
    }
    return render(request, "reporting/permit.html", context)
