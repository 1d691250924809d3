"""Which parts a municipality works with; switching one off or on, from a day on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import PartForm
from opstap.administration.tables.parts import Switch, part_lines, switch_met
from opstap.administration.views.trails import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import sent_version
from opstap.foundation.versions import version_of_values
from opstap.municipality.logic import PART_PREFIX, PARTS
from opstap.municipality.operations import change_setting
from opstap.municipality.selectors import last_change_of, periods_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def parts(request: HttpRequest) -> HttpResponse:
    """Every part with its state; each row has its own switch."""
    today, municipality = dates.today(), municipality_of(request)
    form = PartForm(request.POST if request.method == "POST" else None, auto_id=False)
    asked, opened = None, None
    if request.method == "POST" and form.is_valid():
        given, switch = form.cleaned_data, request.POST.get("switch")
        if given["part"] not in PARTS or switch not in {"on", "off"}:
            raise Http404
        try:
            change_setting(
                by=actor_of(request),
                municipality=municipality,
                key=PART_PREFIX + given["part"],
                value=switch,
                since=given["since"],
                opened_on=sent_version(request.POST),
            )
        except ReplacedMeanwhile:
            asked = Switch(given["part"], switch, given["since"])
            known = periods_of(municipality.pk, [PART_PREFIX + asked.part])[PART_PREFIX + asked.part]
            opened = switch_met(asked, known, _version(municipality.pk, asked.part), get_language() or "nl")
        if opened is None or opened.is_settled:
            messages.success(request, _("The switch is saved. Nothing that was recorded is lost."))
            return redirect("administration:parts")
    periods = periods_of(municipality.pk, [PART_PREFIX + key for key in PARTS])
    versions = {key: _version(municipality.pk, key) for key in PARTS}
    if form.errors and request.POST.get("part") in PARTS:
        versions[request.POST["part"]] = sent_version(request.POST)  # of when the page was opened
    context = {
        "lines": part_lines(periods, versions, today, get_language() or "nl"),
        "form": form,
        "asked": asked,
        "opened": opened,
        "today": today,
        "trail": trail((_("Parts"), "")),
    }
    status = 409 if opened else 400 if form.errors else 200
    return render(request, "administration/parts.html", context, status=status)


def _version(municipality_id: int, part: str) -> str:
    return version_of_values("setting", {"last": last_change_of(municipality_id, PART_PREFIX + part)})
