"""One's own second factors: an app with codes, passkeys, recovery codes. Each form of the page has its action."""

from __future__ import annotations

import base64
import secrets
from functools import cache
from io import BytesIO
from typing import cast
from urllib.parse import quote, urlencode

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from opstap.accounts.enums import FactorKind
from opstap.accounts.forms import CodeForm, PasskeyForm
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.operations import (
    FactorRefused,
    add_app,
    add_passkey,
    remove_factor,
    renew_recovery_codes,
)
from opstap.accounts.permissions import actor_of, chosen_of, must_prove_more
from opstap.accounts.selectors import sent_late_by
from opstap.accounts.selectors.factors import factors_of, recovery_codes_left
from opstap.accounts.views.anew import proved_lately
from opstap.accounts.views.entering import MUST_ADD, PROVED
from opstap.accounts.views.webauthn import PasskeyRefused, made
from opstap.foundation.crypto import Cipher

SECRET, SHOWN_ONCE, SECRET_BYTES = "app_secret", "recovery_codes", 20


@cache
def _cipher() -> Cipher:
    return Cipher(settings.OPSTAP_KEYS.of("factors"), "shown-once")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_lately()
def own_factors(request: HttpRequest) -> HttpResponse:
    """What one has, taking one away, and new recovery codes."""
    user = cast("User", request.user)
    if request.method == "POST":
        return _done(request, user)
    context = {
        "factors": factors_of(user),
        "codes_left": recovery_codes_left(user),
        "needed": must_prove_more(request),
        "must_add": bool(request.session.get(MUST_ADD)),
    }
    return render(request, "accounts/own_factors.html", context)


def _done(request: HttpRequest, user: User) -> HttpResponse:
    if request.POST.get("action") == "codes" and factors_of(user):
        return _with_codes(request, user)
    factor = get_object_or_404(
        SecondFactor.objects.exclude(kind=FactorKind.RECOVERY), user=user, reference=request.POST.get("factor", "")
    )
    try:
        remove_factor(by=actor_of(request), user=user, factor=factor)
    except FactorRefused:
        messages.error(request, _("This is your last one, and your municipality asks one. First add another."))
    else:
        messages.success(request, _("It is taken away."))
    return redirect("accounts:own-factors")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_lately()
def add_own_app(request: HttpRequest) -> HttpResponse:
    """The secret as a picture and in letters, and the code that shows that the app has it."""
    user = cast("User", request.user)
    secret = _secret(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_app(by=actor_of(request), user=user, secret=secret, code=form.cleaned_data["code"])
        except FactorRefused:
            form.add_error("code", _("This code does not belong to this picture. Type the one that the app shows now."))
        else:
            request.session.pop(SECRET, None)
            messages.success(request, _("The app is added. From now on you type a code of it when you sign in."))
            return _added(request, user)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "secret": groups, "picture": _picture(user, secret)}
    return render(request, "accounts/add_app.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@proved_lately()
def add_own_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that the browser makes; it takes a script, and the page says so."""
    user = cast("User", request.user)
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            passkey = made(request, user, form.cleaned_data["passkey"])
        except PasskeyRefused:
            form.add_error(None, _("The browser made no passkey. Try again, or use an app with codes."))
        else:
            add_passkey(
                by=actor_of(request),
                user=user,
                name=form.cleaned_data["name"],
                credential=passkey.credential,
                counter=passkey.counter,
            )
            messages.success(request, _("The passkey is added."))
            return _added(request, user)
    return render(request, "accounts/add_passkey.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that were just made, this once; from there on to what was sent after an earlier session was over."""
    kept = request.session.pop(SHOWN_ONCE, None)
    if not kept:
        return redirect("accounts:own-factors")
    codes = _cipher().decrypt(bytes.fromhex(kept)).split()
    file = "data:text/plain;charset=utf-8," + quote("\r\n".join(["Opstap", *codes, ""]))
    late = sent_late_by(cast("User", request.user).pk, chosen_of(request))
    following = reverse("accounts:filled-in" if late else "home")
    context = {"codes": codes, "file": mark_safe(file), "following": following}  # noqa: S308 - codes and percent signs alone
    return render(request, "accounts/recovery_codes.html", context)


def _added(request: HttpRequest, user: User) -> HttpResponse:
    """With the first one there are recovery codes; and nothing stands in the way any more."""
    request.session.pop(MUST_ADD, None)
    request.session[PROVED] = True
    if recovery_codes_left(user):
        return redirect("accounts:own-factors")
    return _with_codes(request, user)


def _with_codes(request: HttpRequest, user: User) -> HttpResponse:
    codes = renew_recovery_codes(by=actor_of(request), user=user)
    request.session[SHOWN_ONCE] = _cipher().encrypt(" ".join(codes)).hex()
    return redirect("accounts:recovery-codes")


def _secret(request: HttpRequest) -> str:
    """The secret that is being set up, the same until it is done; encrypted in the session."""
    if SECRET not in request.session:
        fresh = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
        request.session[SECRET] = _cipher().encrypt(fresh).hex()
    return _cipher().decrypt(bytes.fromhex(request.session[SECRET]))


def _picture(user: User, secret: str) -> str:
    """What a telephone reads, as a drawing in the page: the address of the app with the secret."""
    name = quote(f"Opstap:{user.sign_in_name}")
    address = f"otpauth://totp/{name}?{urlencode({'secret': secret, 'issuer': 'Opstap'})}"
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(drawn)
    svg = drawn.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn here, of squares alone
