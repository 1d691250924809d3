"""The second step of signing in, and signing in with a passkey alone."""

from __future__ import annotations

from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.enums import FactorKind
from opstap.accounts.forms import CodeForm
from opstap.accounts.models import User
from opstap.accounts.operations import prove_by_code, prove_by_passkey
from opstap.accounts.permissions import actor_for, second_step_name
from opstap.accounts.selectors.factors import factors_of, recovery_codes_left
from opstap.accounts.selectors.organisation import may_sign_in_here
from opstap.accounts.views.entering import ORGANISATION, enter, half_way
from opstap.accounts.views.organisation import refused_after_all
from opstap.accounts.views.webauthn import PasskeyRefused, ask_to_make, ask_to_prove, proved

ANYWHERE = "192.0.2.1"  # an address that nobody has (RFC 5737)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code, or a passkey, of whoever typed the right password here; mistakes count as those with a password do."""
    found = half_way(request)
    if found is None:
        messages.warning(request, _("That took too long. Sign in again."))
        return redirect("accounts:sign-in")
    user, following = found
    if _is_stopped(user) or not AxesProxyHandler.is_allowed(request, {"username": user.sign_in_name}):
        return _locked(request, user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _is_proved(request, user, form):
        return refused_after_all(request) or enter(request, user, following, proved=True)
    if getattr(request, "axes_locked_out", False):
        return _locked(request, user)
    kinds = {factor.kind for factor in factors_of(user)}
    context = {"form": form, "has_app": FactorKind.APP in kinds, "has_passkey": FactorKind.PASSKEY in kinds}
    return render(request, "accounts/second_step.html", context, status=400 if form.errors else 200)


def _locked(request: HttpRequest, user: User) -> HttpResponse:
    return cast("HttpResponse", get_lockout_response(request, {"username": user.sign_in_name}))


def _is_stopped(user: User) -> bool:
    """Whether this step went wrong too often, from wherever: who gets this far has the password."""
    return not AxesProxyHandler.is_allowed(*_from_anywhere(user))


def _from_anywhere(user: User) -> tuple[HttpRequest, dict[str, str]]:
    """As one address and one name, so that mistakes of all addresses count together; nobody signs in by this name."""
    request = HttpRequest()
    request.method, request.META["REMOTE_ADDR"] = "POST", ANYWHERE
    return request, {"username": second_step_name(user)}


def _is_proved(request: HttpRequest, user: User, form: CodeForm) -> bool:
    if request.POST.get("passkey"):
        if _passkey_signs(request, user) is not None:
            return True
        form.add_error(None, _("That passkey did not work. Try again, or type a code."))
    elif form.is_valid():
        kind = prove_by_code(by=actor_for(user), user=user, code=form.cleaned_data["code"])
        if kind == FactorKind.RECOVERY:
            _say_what_is_left(request, user)
        if kind is not None:
            return True
        form.add_error("code", _("This code is not right, or was used already. Wait for the next one and type that."))
    else:
        return False
    from_anywhere, step = _from_anywhere(user)
    user_login_failed.send(sender=__name__, credentials=step, request=from_anywhere)
    user_login_failed.send(sender=__name__, credentials={"username": user.sign_in_name}, request=request)
    return False


def _passkey_signs(request: HttpRequest, user: User | None) -> User | None:
    """Whose passkey signed; None when nobody's did."""
    try:
        owner, factor, counter = proved(request, user, request.POST["passkey"])
    except PasskeyRefused:
        return None
    signs = prove_by_passkey(by=actor_for(owner), user=owner, factor=factor, counter=counter)
    return owner if signs else None


def _say_what_is_left(request: HttpRequest, user: User) -> None:
    left = recovery_codes_left(user)
    text = ngettext(
        "You used a recovery code; you have %(n)s left. Make new ones at My account.",
        "You used a recovery code; you have %(n)s left. Make new ones at My account when you run out.",
        left,
    )
    messages.warning(request, text % {"n": left})


@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """With a passkey alone: it asked its owner for a finger, a face or a code itself, so it is both steps in one."""
    owner = _passkey_signs(request, None) if request.POST.get("passkey") else None
    if owner is None or owner.sign_in_name is None or not may_sign_in_here(owner):
        messages.error(request, _("That passkey did not work here. Sign in with your name and password."))
        return redirect("accounts:sign-in")
    request.session.pop(ORGANISATION, None)
    return enter(request, owner, request.POST.get("next", ""), proved=True)


@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs: to make a passkey, to prove one of somebody half way, or to sign in with one."""
    user: Any = request.user
    if user.is_authenticated:
        return JsonResponse(ask_to_make(request, user))
    found = half_way(request)
    return JsonResponse(ask_to_prove(request, found[0] if found else None))
