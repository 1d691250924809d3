"""Signing in with one's organisation: to its provider, back from it, and signing out there too."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.logic.organisation import ClaimsMissing, Presented, presented
from opstap.accounts.models import User
from opstap.accounts.operations import FactorFirst, NotAdmitted, admit
from opstap.accounts.permissions import actor_for
from opstap.accounts.selectors.organisation import connection, the_provider
from opstap.accounts.tables.organisation import DOWN, REFUSED_THERE, refusal_words
from opstap.accounts.views.entering import (
    HALF_WAY,
    ORGANISATION,
    after_organisation,
    on_to_second_step,
    presented_before,
)
from opstap.audit.permissions import the_organisation
from opstap.foundation.crypto import Cipher
from opstap.foundation.openid import AnswerRefused, ProviderDown
from opstap.foundation.openid.provider import Provider
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.ui.visitors import asked_too_often

log = logging.getLogger(__name__)
FOLLOWING = "organisation_following"
LEAVING_EACH = 600  # so often in a quarter of an hour from one address, behind which a whole municipality may sit


@require_safe
def organisation(request: HttpRequest) -> HttpResponseBase:
    """To the provider; with `?ander` it asks anew who it is."""
    provider, following = _provider(), own_path(request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(following or "home")
    if asked_too_often(request, "organisation", LEAVING_EACH):
        return _refused(request, _("That was asked too often from here. Wait a quarter of an hour."))
    try:
        answer = provider.redirect(request, _address(request, "accounts:organisation-return"), anew=_is_anew(request))
    except ProviderDown as down:
        log.warning("The OpenID provider does not answer: %s", down)
        return _refused(request, str(DOWN))
    request.session[FOLLOWING] = following
    return answer


def _is_anew(request: HttpRequest) -> bool:
    return "ander" in request.GET


@require_safe
def organisation_return(request: HttpRequest) -> HttpResponseBase:
    """Back from the provider: in, on to the second step, or refused in words. Each stands in the access log."""
    provider = _provider()
    if request.user.is_authenticated:
        return redirect("home")
    following = request.session.pop(FOLLOWING, "")
    try:
        claims, token = provider.answer(request)
        somebody = presented(claims, connection())
    except ProviderDown as down:
        log.warning("The OpenID provider does not answer: %s", down)
        return _refused(request, str(DOWN))
    except AnswerRefused as refused:
        log.warning("An answer of the OpenID provider is refused: %s", refused.code)
        return _refused(request, str(REFUSED_THERE.get(refused.code, REFUSED_THERE[""])))
    except ClaimsMissing as missing:
        log.warning("The OpenID provider leaves out the claim %s", missing)
        return _refused(request, str(REFUSED_THERE["claims_missing"]))
    return _let_in(request, somebody, token, following)


def _let_in(request: HttpRequest, somebody: Presented, token: str, following: str) -> HttpResponse:
    try:
        user = admit(by=the_organisation(), presented=somebody)
    except FactorFirst as first:
        _note_token(request, first.user, token)
        return on_to_second_step(request, first.user, following, _sealed(somebody))
    except NotAdmitted as refused:
        return _not_admitted(request, refused)
    _note_token(request, user, token)
    return after_organisation(request, user, following, proved=somebody.second_step)


def refused_after_all(request: HttpRequest) -> HttpResponse | None:
    """Link whom the provider presented, now that the second factor of the account is proved; an answer when somebody
    is not let in after all. None when all is well, or nobody waited for this.
    """
    kept = presented_before(request)
    if not kept:
        return None
    try:
        admit(by=the_organisation(), presented=_opened(kept), proved=True)
    except NotAdmitted as refused:
        request.session.pop(HALF_WAY, None)
        return _not_admitted(request, refused)
    return None


def _note_token(request: HttpRequest, user: User, token: str) -> None:
    request.session[ORGANISATION] = [user.reference, _cipher().encrypt(token).hex()]


def _sealed(somebody: Presented) -> str:
    words = asdict(somebody) | {"groups": sorted(somebody.groups or ())}
    return _cipher().encrypt(json.dumps(words)).hex()


def _opened(kept: str) -> Presented:
    words = json.loads(_cipher().decrypt(bytes.fromhex(kept)))
    return Presented(**words | {"groups": frozenset(words["groups"])})


def _not_admitted(request: HttpRequest, refused: NotAdmitted) -> HttpResponse:
    if refused.user is not None:
        request.actor = actor_for(refused.user)  # type: ignore[attr-defined]  # who it was, for the access log
    return _refused(request, refusal_words(refused.code))


def sign_out_there(request: HttpRequest) -> HttpResponse | None:
    """Out here, with a page that leads on to signing out at the provider; None for whoever came in otherwise.

    The token that tells the provider whose session ends goes in the body of a form: never in an address.
    """
    token, provider = _token_of(request), the_provider()
    if not token or provider is None:
        return None
    logout(request)  # before anything is asked of a provider that may not answer
    address = provider.sign_out_address()
    if not address:
        return redirect("accounts:sign-in")
    parts = urlsplit(address)
    context = {
        "address": address,
        "token": token,
        "client_id": connection().client_id,
        "back_to": _address(request, "accounts:sign-in"),
    }

    @csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/sign_out_there.html", context)

    return cast("HttpResponse", page(request))


def _token_of(request: HttpRequest) -> str:
    kept = request.session.get(ORGANISATION)
    user: Any = request.user
    if not kept or not isinstance(user, User) or kept[0] != user.reference:
        return ""
    try:
        return _cipher().decrypt(bytes.fromhex(kept[1]))
    except InvalidTag:  # kept under a key that is there no more: the session here ends, that is all
        return ""


def _provider() -> Provider:
    found = the_provider()
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("accounts:sign-in")


def _address(request: HttpRequest, name: str) -> str:
    """A page of ours as the provider has it on its list."""
    site = settings.OPSTAP_ADDRESS.rstrip("/")
    return f"{site}{reverse(name)}" if site else request.build_absolute_uri(reverse(name))


@cache
def _cipher() -> Cipher:
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "organisation-token")
