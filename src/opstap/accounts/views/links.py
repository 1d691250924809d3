"""Choosing a password by a link from a message, and asking for such a link. What is known here is told to nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.forms import ChosenPasswordForm, ForgottenForm
from opstap.accounts.models import User
from opstap.accounts.operations import LinkOver, ask_for_link, change_own_password
from opstap.accounts.permissions import actor_for
from opstap.accounts.selectors.links import user_of_link
from opstap.audit.permissions import Actor
from opstap.foundation.mail.sending import mail_is_set
from opstap.foundation.ui.visitors import asked_too_often

LINK = "password_link"
ASKED_EACH = 10  # so often may one address ask in a quarter of an hour


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for a name that nobody has."""
    if not mail_is_set():
        return redirect("accounts:sign-in")
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if asked_too_often(request, "link", ASKED_EACH):
            form.add_error(None, _("That was asked too often from here. Wait a quarter of an hour."))
        else:
            ask_for_link(by=_visitor(), typed=form.cleaned_data["typed"])
            messages.success(
                request, _("If this is known here, a message with a link is on its way, good for an hour.")
            )
            return redirect("accounts:sign-in")
    return render(request, "accounts/forgotten.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def link(request: HttpRequest, kind: str, reference: str, token: str) -> HttpResponse:
    """From the message to the page: what was in the address goes into the session, out of sight."""
    if user_of_link(kind, reference, token) is None:
        return render(request, "accounts/link_over.html", {"can_ask": mail_is_set()}, status=404)
    request.session[LINK] = [kind, reference, token]
    return redirect("accounts:choose-password")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own; with it the link is used up."""
    user = _user_of(request)
    if user is None:
        return redirect("accounts:sign-in")
    form = ChosenPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, kept = form.cleaned_data["new_password1"], request.session[LINK]
        try:
            change_own_password(by=actor_for(user), user=user, password=chosen, link=kept)
        except LinkOver:
            return render(request, "accounts/link_over.html", {"can_ask": mail_is_set()}, status=404)
        request.session.flush()
        messages.success(request, _("Your password is chosen. Sign in with it."))
        return redirect("accounts:sign-in")
    context = {"form": form, "name": user.sign_in_name}
    return render(request, "accounts/choose_password.html", context, status=400 if form.errors else 200)


def _user_of(request: HttpRequest) -> User | None:
    kept = request.session.get(LINK)
    return user_of_link(*kept) if kept else None


def _visitor() -> Actor:
    return Actor("visitor", "", "sign-in page", permissions=frozenset({"ask_for_link"}))
