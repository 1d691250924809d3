"""The activities of processing, each with its words and how often it took place in the last months."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import municipality_of, requires
from opstap.foundation import dates
from opstap.privacy.logic.processing import activities
from opstap.privacy.selectors.processing import counts_by_month
from opstap.privacy.selectors.sampling import month_before
from opstap.privacy.tables.processing import activity_rows

MONTHS = 4


@require_safe
@requires("review_access_log")
def processing(request: HttpRequest) -> HttpResponse:
    """What the register of processing says, beside what was done: this month and the three before it."""
    months = _months(dates.today())
    counts = counts_by_month(municipality_of(request).pk, months)
    context: dict[str, Any] = {
        "rows": activity_rows(activities().values(), counts, months, get_language() or "nl"),
        "months": months,
        "trail": [
            {"label": _("Access log"), "url": reverse("privacy:accesses")},
            {"label": _("Processing"), "url": ""},
        ],
    }
    return render(request, "privacy/processing.html", context)


def _months(today: date) -> list[date]:
    """The month of today and those before it, the latest first."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append(month_before(found[-1]))
    return found
