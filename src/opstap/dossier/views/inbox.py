"""Mijn meldingen: all that waits for a decision of this person, in one list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.accounts.selectors.inbox import entries_of
from opstap.foundation import dates


@require_safe
@requires("see_inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """What is late first, then what waits longest."""
    actor = actor_of(request)
    entries = entries_of(actor)
    context: dict[str, Any] = {
        "entries": entries,
        "late": sum(entry.is_late for entry in entries),
        "may_hand_over": actor.may("hand_over"),
        "today": dates.today(),
    }
    return render(request, "dossier/inbox.html", context)
