"""Signing in and out with a local account, and changing one's own password."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.forms import OwnPasswordForm, SignInForm
from opstap.accounts.models import User
from opstap.accounts.operations import AccountClosed, change_own_password
from opstap.accounts.permissions import actor_of
from opstap.accounts.selectors.organisation import connection, local_is_for_few
from opstap.accounts.views.entering import after_password
from opstap.accounts.views.organisation import sign_out_there
from opstap.foundation.mail.sending import mail_is_set
from opstap.municipality.selectors import is_set_up


class _SignIn(LoginView):
    """Signing in; an installation without a municipality is set up first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_set_up():
            return redirect("administration:set-up")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"can_mail": mail_is_set(), "has_provider": connection().is_set, "only_few": local_is_for_few()}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return after_password(self.request, form.get_user(), self.get_redirect_url())


sign_in = require_http_methods(["GET", "HEAD", "POST"])(
    _SignIn.as_view(
        authentication_form=SignInForm, template_name="accounts/sign_in.html", redirect_authenticated_user=True
    )
)
_sign_out = LogoutView.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Out of this browser, and then at the organisation too for whoever signed in there."""
    return sign_out_there(request) or _sign_out(request)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_password(request: HttpRequest) -> HttpResponse:
    """Choose another password oneself; after a one-time password nothing else is shown before."""
    user = cast("User", request.user)
    had_to = user.must_change_password
    form = OwnPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen, here = form.cleaned_data["new_password1"], request.session.session_key
        try:
            change_own_password(by=actor_of(request), user=user, password=chosen, session_key=here)
        except AccountClosed:
            logout(request)
            messages.error(request, _("Your account was closed meanwhile. Ask your functional administrator."))
            return redirect("accounts:sign-in")
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Wherever else you were signed in, you no longer are."))
        return redirect("home" if had_to else "accounts:own-account")
    status = 400 if form.errors else 200
    return render(request, "accounts/own_password.html", {"form": form, "had_to": had_to}, status=status)
