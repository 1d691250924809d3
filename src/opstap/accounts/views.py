"""Signing in and out with a local account."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView

from opstap.accounts.forms import SignInForm

sign_in = LoginView.as_view(
    authentication_form=SignInForm, template_name="accounts/sign_in.html", redirect_authenticated_user=True
)
sign_out = LogoutView.as_view(http_method_names=["post", "options"])
