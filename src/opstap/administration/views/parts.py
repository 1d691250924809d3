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
from opstap.administration.tables.parts import part_lines
from opstap.administration.views.trails import trail
from opstap.foundation import dates
from opstap.municipality.logic import PART_PREFIX, PARTS
from opstap.municipality.operations import change_setting
from opstap.municipality.selectors import periods_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def parts(request: HttpRequest) -> HttpResponse:
    """Every part with its state; each row has its own switch."""
    today, municipality = dates.today(), municipality_of(request)
    form = PartForm(request.POST if request.method == "POST" else None, auto_id=False)
    if request.method == "POST" and form.is_valid():
        given, switch = form.cleaned_data, request.POST.get("switch")
        if given["part"] not in PARTS or switch not in {"on", "off"}:
            raise Http404
        change_setting(
            by=actor_of(request),
            municipality=municipality,
            key=PART_PREFIX + given["part"],
            value=switch,
            since=given["since"],
        )
        messages.success(request, _("The switch is saved. Nothing that was recorded is lost."))
        return redirect("administration:parts")
    periods = periods_of(municipality.pk, [PART_PREFIX + key for key in PARTS])
    context = {
        "lines": part_lines(periods, today, get_language() or "nl"),
        "form": form,
        "today": today,
        "trail": trail((_("Parts"), "")),
    }
    return render(request, "administration/parts.html", context, status=400 if form.errors else 200)
