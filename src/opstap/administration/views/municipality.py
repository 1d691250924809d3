"""The municipality: its name, code, what the environment is for, and the banner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import MunicipalityForm
from opstap.administration.views.trails import trail
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_municipality


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def municipality(request: HttpRequest) -> HttpResponse:
    """The form; what is saved holds at once."""
    held = Municipality.objects.get(pk=municipality_of(request).pk)
    start = {"name": held.name, "cbs_code": held.cbs_code, "environment": held.environment, "banner": held.banner}
    form = MunicipalityForm(request.POST if request.method == "POST" else None, initial=start, municipality=held)
    if request.method == "POST" and form.is_valid():
        given = {"environment": held.environment, **form.cleaned_data}
        change_municipality(by=actor_of(request), municipality=held, **given)
        messages.success(request, _("What you changed is saved and holds at once."))
        return redirect("administration:municipality")
    context = {"form": form, "trail": trail((_("Municipality"), ""))}
    return render(request, "administration/municipality.html", context, status=400 if form.errors else 200)
