"""*Uitgaande mail*: how it is set up, and a message to try it with."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.administration.forms import TestMailForm
from opstap.administration.operations.mail import send_test_mail
from opstap.administration.tables.jobs import REASONS
from opstap.administration.views.trails import trail
from opstap.foundation.mail.sending import Undelivered, lacking


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def mail(request: HttpRequest) -> HttpResponse:
    """The settings as they are, without the password; the test says at once what came of it."""
    form = TestMailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_test_mail(by=actor_of(request), to=form.cleaned_data["to"])
        except Undelivered as undelivered:
            form.add_error("to", str(REASONS.get(undelivered.reason, REASONS["mail_refused"])))
        else:
            messages.success(request, _("The mail server took the message. Look in the mailbox whether it came."))
            return redirect("administration:mail")
    context = {
        "form": form,
        "lacking": lacking(),
        "mail": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "security": _security(),
        "user": settings.EMAIL_HOST_USER,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "address": settings.OPSTAP_ADDRESS,
        "trail": trail((_("Outgoing mail"), "")),
    }
    return render(request, "administration/mail.html", context, status=400 if form.errors else 200)


def _security() -> str:
    if settings.EMAIL_USE_SSL:
        return _("TLS from the first byte")
    if settings.EMAIL_USE_TLS:
        return _("STARTTLS")
    return _("none: messages can be read on the way")
