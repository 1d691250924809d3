"""A page is of one municipality, and what is sent from it is done there or not at all.

Whoever works in several chooses one; another tab of the same browser may still show another. So each form, and each
fragment that a page asks for, says of which municipality the page was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from opstap.accounts.permissions import chosen_of, municipality_of, works_in
from opstap.accounts.selectors.towns import mark_of, towns_named
from opstap.foundation.once import take_field

FIELD, HEADER = "shown_in", "X-Shown-In"
SAFE = {"GET", "HEAD", "OPTIONS"}
# What is of no municipality: who one is, and choosing one.
OF_NONE = {
    "accounts:choose-municipality": "chooses one, from whichever page",
    "accounts:sign-out": "ends the session that it comes with",
    "accounts:passkey-options": "asks the browser for a key, and comes from a script without a form",
    "set_language": "keeps a cookie",
}


class OneTown:
    """Stands before what is saved once: a form that belongs elsewhere is not even looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What the form says is taken out, so that no view keeps it; what the forms of the answer say is put by."""
        request.shown_in = take_field(request, FIELD)  # type: ignore[attr-defined]  # for process_view, which knows the address
        fields = {FIELD: SimpleLazyObject(lambda: _mark(request))} if request.user.is_authenticated else {}
        request.form_fields = fields  # type: ignore[attr-defined]  # for `{% csrf_token %}`, which stands in every form
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """A page that says so when the form is of another municipality than is worked in now; nothing was done."""
        found = request.resolver_match
        if not request.user.is_authenticated or found is None or found.view_name in OF_NONE:
            return None
        of_page = request.headers.get(HEADER, "")
        shown_in, here = str(getattr(request, "shown_in", "")) or of_page, mark_of(chosen_of(request))
        if request.method in SAFE:
            return _whole_page() if of_page and of_page != here else None
        if shown_in == here or (not shown_in and len(works_in(request)) < 2):
            return None
        return _elsewhere(request, shown_in)


def _mark(request: HttpRequest) -> str:
    """Of which municipality the page is; of none once somebody was signed out meanwhile."""
    return mark_of(chosen_of(request)) if request.user.is_authenticated else ""


def _whole_page() -> HttpResponse:
    """A part of a page that shows another municipality: the browser asks for the whole page anew."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _elsewhere(request: HttpRequest, shown_in: str) -> HttpResponse:
    request.turned_away = True  # type: ignore[attr-defined]  # the access log says that nothing was done
    others = [one for one in towns_named(works_in(request)) if mark_of(one.pk) == shown_in]
    context = {"here": municipality_of(request), "there": others[0] if others else None}
    return render(request, "other_town.html", context, status=409)
