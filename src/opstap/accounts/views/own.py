"""Mijn account: who one is, where one is signed in, and how long the session at hand still lasts."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.models import Session, User
from opstap.accounts.operations import end_session, end_sessions_of
from opstap.accounts.operations.session_store import SessionStore
from opstap.accounts.permissions import actor_of, works_in
from opstap.accounts.selectors import standing_of
from opstap.accounts.selectors.organisation import may_sign_in_here
from opstap.accounts.selectors.sessions import can_stay, sessions_of
from opstap.accounts.selectors.sessions import time_left as left_of
from opstap.accounts.selectors.towns import towns_named
from opstap.accounts.tables.sessions import session_lines
from opstap.accounts.views.anew import proved_lately
from opstap.foundation import dates


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_lately({"POST"})
def account(request: HttpRequest) -> HttpResponse:
    """The page, and ending one of one's sessions or all others."""
    user, this = cast("User", request.user), request.session.session_key
    if request.method == "POST":
        return _end(request, user, this)
    context = {
        "roles": _roles_in_each(request, user),
        "sessions": session_lines(sessions_of(user), this),
        "today": dates.today(),
        "has_password": user.has_usable_password() and may_sign_in_here(user),
    }
    return render(request, "accounts/own_account.html", context)


def _roles_in_each(request: HttpRequest, user: User) -> list[tuple[str, list[str]]]:
    """The roles by municipality; of one only when there is no other."""
    today, language = dates.today(), get_language() or "nl"
    return [
        (one.name, [role.name(language) for role in standing_of(user, today, one.pk).roles])
        for one in towns_named(works_in(request))
    ]


def _end(request: HttpRequest, user: User, this: str | None) -> HttpResponse:
    if request.POST.get("action") == "end-others":
        count = end_sessions_of(by=actor_of(request), user=user, besides=this)
        text = ngettext(
            "You are signed out in %(n)s other browser.", "You are signed out in %(n)s other browsers.", count
        )
        messages.success(request, text % {"n": count})
        return redirect("accounts:own-account")
    session = get_object_or_404(Session, user=user, reference=request.POST.get("session", ""))
    if session.session_key == this:
        return redirect("accounts:own-account")
    end_session(by=actor_of(request), session=session)
    messages.success(request, _("You are signed out in that browser."))
    return redirect("accounts:own-account")


@require_safe
@login_required
def time_left(request: HttpRequest) -> HttpResponse:
    """In how many seconds this session is over, and whether one can stay; that a page asks it does not prolong it."""
    row = request.session.row if isinstance(request.session, SessionStore) else None
    if row is None:
        return JsonResponse({"seconds": 0, "stays": False})
    left = left_of(row.began_at, row.used_at, dates.now())
    return JsonResponse({"seconds": max(0, int(left.total_seconds())), "stays": can_stay(row.began_at, row.used_at)})
