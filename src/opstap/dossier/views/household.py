"""The household of a client: begun, changed and ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import writing
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Client
from opstap.clients.operations import (
    NewHousehold,
    change_household_type,
    end_household,
    join_household,
    record_households,
)
from opstap.clients.permissions import visible_clients
from opstap.dossier.forms.parts import EndForm
from opstap.dossier.forms.people import HouseholdForm
from opstap.dossier.selectors.story import Story
from opstap.dossier.views.opened import form_page, led_on, opened, options_of, part_url, say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def household(request: HttpRequest, reference: str) -> HttpResponse:
    """Another type, or somebody who comes to live here; a household begins where there is none."""
    story = opened(request, reference)
    begins = not story.now("household")
    form = HouseholdForm(request.POST or None, options=options_of(story), own_role=begins, initial={"on": story.today})
    if request.method == "POST" and form.is_valid() and _saved(request, story, form, begins=begins):
        messages.success(request, _("The household is saved."))
        return led_on(request, story, part_url(story, "huishouden"))
    title = _("Begin a household") if begins else _("Change the household")
    about = _("Who leaves gets an end in the list of the household; who comes is named here by client number.")
    return form_page(
        request, story, form, title=title, about=about, save=_("Save"), cancel=part_url(story, "huishouden")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """From a day on nobody lives in this household any more."""
    story = opened(request, reference)
    form = EndForm(request.POST or None, asks=(), options={}, codes={}, initial={"ends_on": story.today})
    if request.method == "POST" and form.is_valid():
        try:
            end_household(by=actor_of(request), client=story.client, on=form.cleaned_data["ends_on"])
        except RowsRefused as refused:
            say_refusal(form, "household", refused)
        else:
            messages.success(request, _("The household is ended, for everybody who lived in it."))
            return led_on(request, story, part_url(story, "huishouden"))
    title = _("End the household")
    return form_page(request, story, form, title=title, save=title, danger=True, cancel=part_url(story, "huishouden"))


def _saved(request: HttpRequest, story: Story, form: HouseholdForm, *, begins: bool) -> bool:
    given, actor = form.cleaned_data, actor_of(request)
    newcomer = _newcomer(request, story, form)
    if form.errors:
        return False
    try:
        with writing(by=actor, verb="change_household", about=story.client.reference):
            if begins:
                new = NewHousehold(given["kind"], given["on"], ((story.client.pk, given["own_role"]),))
                record_households(by=actor, municipality=story.client.municipality, rows=[new])
            elif given["kind"]:
                change_household_type(by=actor, client=story.client, kind=given["kind"], on=given["on"])
            if newcomer is not None:
                join_household(by=actor, client=story.client, newcomer=newcomer, role=given["role"], on=given["on"])
    except RowsRefused as refused:
        say_refusal(form, "household", refused)
        return False
    return True


def _newcomer(request: HttpRequest, story: Story, form: HouseholdForm) -> Client | None:
    number = form.cleaned_data["newcomer"].strip()
    if not number:
        return None
    own = visible_clients(actor_of(request)).filter(municipality=story.client.municipality_id)
    found = own.filter(number=number).exclude(pk=story.client.pk).first()
    if found is None:
        form.add_error(
            "newcomer", _("There is nobody else with this client number whom you may see. Check the number.")
        )
    return found
