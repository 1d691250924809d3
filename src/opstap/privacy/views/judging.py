"""One record of the log: what it says, what happened around it, and what is found of it."""

from __future__ import annotations

from collections.abc import Container

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.models import Access
from opstap.audit.selectors import latest_recording
from opstap.foundation.ui.addresses import own_path
from opstap.privacy.enums import Verdict
from opstap.privacy.forms import JudgementForm
from opstap.privacy.operations import judge_look
from opstap.privacy.selectors.around import subjects_of
from opstap.privacy.selectors.judgements import history_of
from opstap.privacy.selectors.log import around_record, record_at
from opstap.privacy.selectors.people import names_in, user_names
from opstap.privacy.tables.records import record_rows
from opstap.privacy.tables.words import VERDICTS


@require_http_methods(["GET", "HEAD", "POST"])
@requires("review_access_log")
def record(request: HttpRequest, record: str) -> HttpResponse:
    """Look into one record and say what is found."""
    municipality, latest = municipality_of(request), latest_recording()
    subjects = subjects_of(latest, municipality.pk)
    access = _record_or_404(municipality.pk, record, subjects)
    back = own_path(request.POST.get("next") or request.GET.get("next")) or reverse("privacy:accesses")
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        judge_look(
            by=actor_of(request),
            municipality=municipality,
            access=access,
            verdict=Verdict(given["verdict"]),
            remark=given["remark"],
        )
        messages.success(request, _("Your judgement is kept."))
        return redirect(back)
    near, language = around_record(access, municipality.pk), get_language() or "nl"
    names = names_in([access, *near], user_names(latest, municipality.pk))
    (row,) = record_rows([access], subjects, names, language)
    context = {
        "row": row,
        "near": record_rows(near, subjects, names, language),
        "form": form,
        "is_own": access.user == actor_of(request).reference,
        "judgements": [
            (one, VERDICTS[one.verdict]) for one in history_of(municipality.pk, (access.chain, access.position))
        ],
        "next": back,
        "trail": [{"label": _("Access log"), "url": reverse("privacy:accesses")}, {"label": _("Record"), "url": ""}],
    }
    return render(request, "privacy/record.html", context, status=400 if form.errors else 200)


def _record_or_404(municipality_id: int, record: str, subjects: Container[bytes]) -> Access:
    chain, _dash, position = record.rpartition("-")
    found = record_at(municipality_id, chain, int(position), subjects) if position.isdecimal() else None
    if found is None:
        raise Http404
    return found
