"""What is unusual about the looks of the last weeks, and the sample of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import municipality_of, requires
from opstap.audit.selectors import latest_recording
from opstap.foundation import dates
from opstap.municipality.logic import LOG_SAMPLE, MOST_LOOKS
from opstap.municipality.selectors import setting_on
from opstap.privacy.logic.unusual import unusual
from opstap.privacy.selectors.around import around, subjects_of
from opstap.privacy.selectors.judgements import judgements_of
from opstap.privacy.selectors.log import looks_between
from opstap.privacy.selectors.people import user_names
from opstap.privacy.selectors.sampling import month_before, sample_of
from opstap.privacy.tables.findings import WhoIsWho, finding_rows, sample_rows, to_judge_first

ROWS, MONTHS = 50, 12
PERIODS = (30, 90, 365)


@require_safe
@requires("review_access_log")
def unusual_looks(request: HttpRequest) -> HttpResponse:
    """What is worth a question, with the reason; what asks most first."""
    municipality, today, latest = municipality_of(request), dates.today(), latest_recording()
    days = _chosen(request.GET.get("days", ""), PERIODS)
    most = int(setting_on(municipality.pk, MOST_LOOKS, today))
    looks = looks_between(municipality.pk, today - timedelta(days=days - 1), today)
    review = unusual(looks, around(latest, municipality.pk, most))
    judged = judgements_of(municipality.pk, [look.place for one in review.findings for look in (one.first, one.last)])
    page = Paginator(to_judge_first(review.findings, judged), ROWS).get_page(request.GET.get("page"))
    people = WhoIsWho(user_names(latest, municipality.pk), subjects_of(latest, municipality.pk))
    context: dict[str, Any] = {
        "rows": finding_rows(page.object_list, people, request.get_full_path()),
        "page_obj": page,
        "page_url": f"?days={days}&page=",
        "days": days,
        "periods": PERIODS,
        "looks": review.looks,
        "most": most,
        "trail": [{"label": _("Access log"), "url": reverse("privacy:accesses")}, {"label": _("Unusual"), "url": ""}],
    }
    return render(request, "privacy/unusual.html", context)


@require_safe
@requires("review_access_log")
def sample(request: HttpRequest) -> HttpResponse:
    """The looks that were drawn from a month that has ended, and what was said of each."""
    municipality, today, latest = municipality_of(request), dates.today(), latest_recording()
    months = _months(today)
    month = next((one for one in months if one.isoformat()[:7] == request.GET.get("month")), months[0])
    records = sample_of(municipality.pk, month, int(setting_on(municipality.pk, LOG_SAMPLE, month)))
    judged = judgements_of(municipality.pk, [(one.chain, one.position) for one in records])
    people = WhoIsWho(user_names(latest, municipality.pk), subjects_of(latest, municipality.pk))
    rows = sample_rows(records, people, judged, get_language() or "nl", request.get_full_path())
    context = {
        "rows": rows,
        "month": month,
        "months": months,
        "done": sum(1 for row in rows if row.verdict),
        "trail": [{"label": _("Access log"), "url": reverse("privacy:accesses")}, {"label": _("Sample"), "url": ""}],
    }
    return render(request, "privacy/sample.html", context)


def _chosen(text: str, offered: Sequence[int]) -> int:
    return int(text) if text.isdecimal() and int(text) in offered else offered[0]


def _months(today: date) -> list[date]:
    """The months that have ended, the latest first."""
    found = [month_before(today.replace(day=1))]
    while len(found) < MONTHS:
        found.append(month_before(found[-1]))
    return found
