"""The postcode table of the municipality: what holds now, and taking over another."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.selectors import latest_recording
from opstap.exchange.forms import DistrictsForm
from opstap.exchange.logic.districts import DistrictsRefused
from opstap.exchange.operations import import_districts
from opstap.exchange.tables.district_texts import ToldFault, outcome, told
from opstap.exchange.tables.refusal_texts import describe_refusal
from opstap.foundation import dates
from opstap.foundation.spreadsheets.tables import SpreadsheetRefused
from opstap.municipality.selectors import districts_on

PAGE_SIZE = 50
SHOWN_FAULTS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def districts(request: HttpRequest) -> HttpResponse:
    """Which postcode lies in which wijk and buurt, and a file with another table."""
    today = dates.today()
    form = DistrictsForm(request.POST or None, request.FILES or None, initial={"since": today})
    faults: list[ToldFault] = []
    if request.method == "POST" and form.is_valid():
        faults = _taken_over(request, form)
        if not form.errors and not faults:
            return redirect("districts")
    held = districts_on(municipality_of(request).pk, today, recording=latest_recording())
    context = {
        "form": form,
        "faults": faults[:SHOWN_FAULTS],
        "more_faults": max(len(faults) - SHOWN_FAULTS, 0),
        "today": today,
        "districts": len({row.district for row in held}),
        "neighbourhoods": len({row.neighbourhood for row in held if row.neighbourhood}),
        "page_obj": Paginator(held, PAGE_SIZE).get_page(request.GET.get("page")),
        "page_url": "?page=",
        "trail": [{"label": _("Administration"), "url": reverse("administration:index")}, {"label": _("Districts")}],
    }
    return render(request, "exchange/districts.html", context, status=400 if faults or form.errors else 200)


def _taken_over(request: HttpRequest, form: DistrictsForm) -> list[ToldFault]:
    """Take the table over; what is wrong with it otherwise, or the reason on the form."""
    upload, since = form.cleaned_data["file"], form.cleaned_data["since"]
    if not isinstance(upload, UploadedFile):
        raise TypeError
    try:
        change = import_districts(
            by=actor_of(request),
            municipality=municipality_of(request),
            content=upload.read(),
            file_name=upload.name or "",
            since=since,
        )
    except SpreadsheetRefused as refused:
        words = describe_refusal(refused.code, refused.params)
        form.add_error("file", f"{words.message} {words.fix}")
        return []
    except DistrictsRefused as refused:
        return [told(fault, since) for fault in refused.faults]
    messages.success(request, outcome(change, since))
    return []
