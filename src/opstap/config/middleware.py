"""What holds for every page: not cached, sessions that end, one-time passwords replaced first, parts that are off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.accounts.models import User
from opstap.accounts.operations import SessionStore, end_sessions_without_role
from opstap.accounts.permissions import (
    actor_of,
    municipality_of,
    must_prove_more,
    parts_of,
    whole_page,
    works_in,
)
from opstap.accounts.selectors.factors import has_factor
from opstap.accounts.selectors.sessions import is_over
from opstap.accounts.selectors.towns import begins_in, towns_named
from opstap.accounts.views.entering import MUST_ADD, PROVED, came_by_organisation, work_in
from opstap.config.resuming import draft_kept, kept_to_send
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.municipality.logic import part_of

Answer = Callable[[HttpRequest], HttpResponse]
# What is asked without anybody doing something, or by somebody who leaves: it neither prolongs a session nor needs one.
BESIDES = {"accounts:time-left", "accounts:sign-out", "set_language"}
WITHOUT_A_SECOND_FACTOR = {
    "accounts:own-factors",
    "accounts:add-app",
    "accounts:add-passkey",
    "accounts:passkey-options",
    "accounts:recovery-codes",
    *BESIDES,
}
WITH_A_ONE_TIME_PASSWORD = {"accounts:own-password", "accounts:sign-out", "set_language"}


def no_store(get_response: Answer) -> Answer:
    """Keep pages of someone who is signed in out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


class SessionLimits:
    """Before any view: a session in which nothing was done for too long is over, and so is one of who has no role."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: it is done once the form is known to be ours."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *__: Any) -> HttpResponseBase | None:
        """To signing in, and from there back to the page; or None."""
        found, session = request.resolver_match, request.session
        if not request.user.is_authenticated or found is None or not isinstance(session, SessionStore):
            return None
        if found.view_name in BESIDES or session.row is None:
            return None
        if is_over(session.row.began_at, session.row.used_at, dates.now()):
            return _over(request)
        if not actor_of(request).roles and works_in(request):
            return _moved(request, request.user)
        if not actor_of(request).roles:
            end_sessions_without_role(by=actor_of(request), user=request.user)
            return _signed_out(
                request, _("You hold no role now, so you can't work here. Ask your functional administrator.")
            )
        session.note_use()
        return None


def _moved(request: HttpRequest, user: User) -> HttpResponseBase:
    """On in another municipality, when there is nothing to do any more in the one that was worked in: the first page
    of it, and nothing of what was asked.
    """
    left, begun = municipality_of(request).name, begins_in(user, works_in(request))
    work_in(request, begun)
    request.turned_away = True  # type: ignore[attr-defined]  # as below
    words = _("You hold no role in %(left)s now. From here on you work in %(town)s.")
    messages.warning(request, words % {"left": left, "town": towns_named([begun])[0].name})
    return whole_page(request, redirect("home"))


def _over(request: HttpRequest) -> HttpResponseBase:
    """To signing in; what was sent is kept where it can be. From there on to the page, or to what is kept to send."""
    page = _page_of(request)
    if draft_kept(request):
        words = _(
            "You were signed out because nothing was done for a while. What you had filled in is kept: sign in and it "
            "stands there again."
        )
    elif kept_to_send(request, page):
        page = reverse("accounts:filled-in")
        words = _(
            "You were signed out because nothing was done for a while. What you had filled in is kept for an hour: "
            "sign in and send it after all."
        )
    elif request.method == "POST" and request.FILES:
        words = _(
            "You were signed out because nothing was done for a while. What you had filled in is not saved: sign in, "
            "choose the file again and fill in the rest."
        )
    elif request.method == "POST":
        words = _(
            "You were signed out because nothing was done for a while. What you had filled in is not saved: sign in "
            "and fill it in again."
        )
    else:
        words = _("You were signed out because nothing was done for a while. Sign in to go on where you were.")
    return _signed_out(request, words, page)


def _page_of(request: HttpRequest) -> str:
    """The page somebody was on: that of a fragment, and the one that a form stands on."""
    if request.headers.get("HX-Request") == "true":
        return _own(request.headers.get("HX-Current-URL", ""))
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return _own(request.headers.get("Referer", ""))


def _own(address: str) -> str:
    parts = urlsplit(address)
    return own_path(parts._replace(scheme="", netloc="").geturl())


def _signed_out(request: HttpRequest, words: str, page: str = "") -> HttpResponseBase:
    request.turned_away = True  # type: ignore[attr-defined]  # the access log says that nothing was shown
    logout(request)
    messages.warning(request, words)
    answer = redirect_to_login(page) if page else redirect("accounts:sign-in")
    return whole_page(request, answer)


class EveryPage:
    """Before any view: a one-time password is replaced, a second factor set up; a part that is off is not there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here: it is done once the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *__: Any) -> HttpResponseBase | None:
        """Another answer than that of the view, or None."""
        if not request.user.is_authenticated or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        # Before the second step: each would lead to the other.
        if request.user.must_change_password and not came_by_organisation(request):
            return None if name in WITH_A_ONE_TIME_PASSWORD else whole_page(request, redirect("accounts:own-password"))
        if name not in BESIDES and _has_only_a_password(request):
            if has_factor(request.user):
                return _signed_out(request, _("You have a second step by now. Sign in with it."))
            if name not in WITHOUT_A_SECOND_FACTOR:
                return whole_page(request, redirect("accounts:own-factors"))
        part = part_of(name)
        if part is not None and part not in parts_of(request):
            return render(request, "part_off.html", status=404)
        return None


def _has_only_a_password(request: HttpRequest) -> bool:
    """Whether more must be proved than was in this session; asked again at each page, as roles and settings change."""
    if request.session.get(PROVED):
        return False
    asked = must_prove_more(request)
    if asked != bool(request.session.get(MUST_ADD)):
        request.session[MUST_ADD] = asked
    return asked
