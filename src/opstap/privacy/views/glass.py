"""Emergency access, all of it: who opened which dossier, why, and what was said of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.clients.selectors.glass import glass_shown_to, glasses
from opstap.foundation import dates
from opstap.municipality.selectors import labels_on
from opstap.privacy.tables.words import GLASS_VERDICTS

REASONS = "glass_reason"


@require_safe
@requires("review_access_log")
def glass_list(request: HttpRequest) -> HttpResponse:
    """What is late stands on top, then what was not judged yet."""
    found = glasses(glass_shown_to(actor_of(request)))
    note_listed(one.client.reference for one in found)
    today = dates.today()
    words = labels_on([REASONS], today, get_language() or "nl")[REASONS]
    rows = [
        {
            "one": one,
            "reason": words.get(one.reason, one.reason),
            "verdict": str(GLASS_VERDICTS[one.judged.verdict]) if one.judged else "",
            "late": one.is_late(today),
        }
        for one in found
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "waiting": sum(one.judged is None for one in found),
        "trail": [{"label": _("Access log"), "url": reverse("privacy:accesses")}, {"label": _("Emergency access")}],
    }
    return render(request, "privacy/glass.html", context)
