"""Pages that belong to no room: the front door, the form that has expired, and what went wrong."""

from __future__ import annotations

import sys
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opstap.accounts.models import User
from opstap.accounts.permissions import municipality_of, requires
from opstap.accounts.selectors import standing_of
from opstap.config.first_day import first_days
from opstap.config.navigation import items_of
from opstap.config.troubles import trouble_of
from opstap.foundation import dates
from opstap.municipality.selectors import is_set_up


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of the menu on which this person works; for whom that is a book to look things up in, to what
    they can do here. What waits for a decision stands beside its item on every page, and is no page to begin on.
    """
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in" if is_set_up() else "administration:set-up")
    for name in (name for name, _label in items_of(request) if name != "desk:inbox"):
        return redirect("begin" if name == "ladder:scales" else name)
    return render(request, "403.html", status=403)


@require_safe
@requires("see_scales")
def begin(request: HttpRequest) -> HttpResponse:
    """The first day of whoever is signed in, by the roles they hold."""
    roles = standing_of(cast("User", request.user), dates.today(), municipality_of(request).pk).roles
    days = first_days(request, roles, get_language() or "nl")
    return render(request, "config/begin.html", {"days": days})


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: nothing was saved."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def went_wrong(_request: HttpRequest) -> HttpResponse:
    """An error that no page expected; one of the database in words of its own. Asks the database nothing."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is None:
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    page = loader.get_template("503.html").render({"trouble": trouble.value})
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})
