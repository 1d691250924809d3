"""What holds for every page: kept out of caches, a one-time password replaced first, parts that are switched off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from opstap.accounts.permissions import parts_of
from opstap.municipality.logic import part_of

Answer = Callable[[HttpRequest], HttpResponse]
WITH_A_ONE_TIME_PASSWORD = {"accounts:own-password", "accounts:sign-out", "set_language"}


def no_store(get_response: Answer) -> Answer:
    """Keep pages of someone who is signed in out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


class EveryPage:
    """Before any view: whoever has a one-time password chooses another first, and a part that is off is not there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: it is done once the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Another answer than that of the view, or None."""
        if not request.user.is_authenticated or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if request.user.must_change_password and name not in WITH_A_ONE_TIME_PASSWORD:
            return _to_own_password(request)
        part = part_of(name)
        if part is not None and part not in parts_of(request):
            return render(request, "part_off.html", status=404)
        return None


def _to_own_password(request: HttpRequest) -> HttpResponseBase:
    """To the page of the password; a fragment takes the whole page along."""
    if request.headers.get("HX-Request") != "true":
        return redirect("accounts:own-password")
    response = HttpResponse(status=204)
    response["HX-Redirect"] = reverse("accounts:own-password")
    return response
