"""Asking the password again before what guards an account is changed: a browser that was left open is not enough."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from opstap.accounts.forms import AnewForm
from opstap.accounts.models import User
from opstap.accounts.operations.session_store import SessionStore
from opstap.accounts.views.entering import ANEW, came_by_organisation
from opstap.foundation import dates

LATELY = timedelta(minutes=10)
PROVE = "prove"  # the action of the form
View = Callable[[HttpRequest], HttpResponse]
READS, EVERYTHING = frozenset({"GET", "HEAD"}), frozenset({"GET", "HEAD", "POST"})


def proved_lately(to: Collection[str] = EVERYTHING) -> Callable[[View], View]:
    """For a view of who is signed in: these requests need that they signed in, or proved it anew, just now.

    Whoever comes by the organisation, or has no password here, is not asked: who they are is proved there.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @sensitive_post_parameters("password")
        def asked(request: HttpRequest) -> HttpResponse:
            return proving(request, asks=request.method in to) or view(request)

        return asked

    return decorate


def proving(request: HttpRequest, *, asks: bool, back: str = "") -> HttpResponse | None:
    """What stands in the way: the page that asks it, or the answer to what was typed there. None to go on.

    `back` is where who won't prove it goes, else to Mijn account.
    """
    user = cast("User", request.user)
    if request.method == "POST" and request.POST.get("action") == PROVE:
        return _proved(request, user, back)
    if not asks or came_by_organisation(request) or not user.has_usable_password() or _is_lately(request):
        return None
    return _page(request, AnewForm(), 200 if request.method in READS else 403, back)


def _is_lately(request: HttpRequest) -> bool:
    said = request.session.get(ANEW)
    row = request.session.row if isinstance(request.session, SessionStore) else None
    moments = [datetime.fromisoformat(said)] if said else []
    moments += [row.began_at] if row is not None else []
    return any(timedelta() <= dates.now() - moment <= LATELY for moment in moments)


def _proved(request: HttpRequest, user: User, back: str) -> HttpResponse:
    """Mistakes count as those at signing in do."""
    form = AnewForm(request.POST)
    if form.is_valid():
        if authenticate(request, username=user.sign_in_name, password=form.cleaned_data["password"]) == user:
            request.session[ANEW] = dates.now().isoformat()
            messages.success(request, _("Thank you. You can go on; for ten minutes this is not asked again."))
            return redirect(request.path)
        form.add_error("password", _("This is not your password. Check it and try again."))
    return _page(request, form, 400, back)


def _page(request: HttpRequest, form: AnewForm, status: int, back: str) -> HttpResponse:
    context = {"form": form, "back": back or reverse("accounts:own-account")}
    return render(request, "accounts/anew.html", context, status=status)
