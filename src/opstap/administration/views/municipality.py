"""The municipality: its name, code, what the environment is for, and the banner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import MunicipalityForm
from opstap.administration.views.trails import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation.ui.conflicts import begun_on, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_municipality
from opstap.municipality.selectors import words_of

KIND = "municipality"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def municipality(request: HttpRequest) -> HttpResponse:
    """The form; what is saved holds at once."""
    held = Municipality.objects.get(pk=municipality_of(request).pk)

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> MunicipalityForm:
        return MunicipalityForm(sent, initial=dict(values), municipality=held)

    sent = request.POST if request.method == "POST" else None
    form, state = made(words_of(held), sent), begun_on(sent, version_of_values(KIND, words_of(held)))
    if request.method == "POST" and form.is_valid():
        given = {"environment": held.environment, **form.cleaned_data}
        try:
            change_municipality(by=actor_of(request), municipality=held, **given, opened_on=sent_version(request.POST))
        except ReplacedMeanwhile:
            saved = saved_by(last_done("change_municipality", held.reference))
            form, state = met_in_place(made, request.POST, kind=KIND, newest=words_of(held), given=given, saved=saved)
        if state.conflict is None or state.is_settled:
            messages.success(request, _("What you changed is saved and holds at once."))
            return redirect("administration:municipality")
    context = {"form": form, "opened": state, "trail": trail((_("Municipality"), ""))}
    return render(request, "administration/municipality.html", context, status=state.status(form))
