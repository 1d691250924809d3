"""The household of a client: begun, changed and ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile, require_unchanged, writing
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
from opstap.clients.selectors.held import HeldFact, held_facts, told_of
from opstap.dossier.forms.parts import EndForm
from opstap.dossier.forms.people import HouseholdForm
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import kind_words, value_of
from opstap.dossier.views.opened import form_page, led_on, opened, options_of, part_url, say_refusal
from opstap.foundation.ui.conflicts import Conflict, Line, Opened, Saved, begun_on, saved_by, sent_version
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values

KIND = "household_of_client"
PARTS = ("household", "household_type")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def household(request: HttpRequest, reference: str) -> HttpResponse:
    """Another type, or somebody who comes to live here; a household begins where there is none."""
    story = opened(request, reference)
    begins = not story.now("household")
    form = HouseholdForm(request.POST or None, options=options_of(story), own_role=begins, initial={"on": story.today})
    state = begun_on(_sent(request), _version(story))
    if request.method == "POST" and form.is_valid():
        try:
            done = _saved(request, story, form, begins=begins)
        except ReplacedMeanwhile:
            state, done = _met(request, story), False
        if done:
            messages.success(request, _("The household is saved."))
            return led_on(request, story, part_url(story, "huishouden"))
    title = _("Begin a household") if begins else _("Change the household")
    about = _("Who leaves gets an end in the list of the household; who comes is named here by client number.")
    words = {"title": title, "about": about, "save": _("Save"), "cancel": part_url(story, "huishouden")}
    return form_page(request, story, form, state=state, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """From a day on nobody lives in this household any more."""
    story = opened(request, reference)
    form = EndForm(request.POST or None, asks=(), options={}, codes={}, initial={"ends_on": story.today})
    state = begun_on(_sent(request), _version(story))
    if request.method == "POST" and form.is_valid():
        try:
            with _unchanged(request, story, "end_household"):
                end_household(by=actor_of(request), client=story.client, on=form.cleaned_data["ends_on"])
        except RowsRefused as refused:
            say_refusal(form, "household", refused)
        except ReplacedMeanwhile:
            state = _met(request, story)
        else:
            messages.success(request, _("The household is ended, for everybody who lived in it."))
            return led_on(request, story, part_url(story, "huishouden"))
    title = _("End the household")
    words = {"title": title, "save": title, "danger": True, "cancel": part_url(story, "huishouden")}
    return form_page(request, story, form, state=state, **words)


def _saved(request: HttpRequest, story: Story, form: HouseholdForm, *, begins: bool) -> bool:
    given, actor = form.cleaned_data, actor_of(request)
    newcomer = _newcomer(request, story, form)
    if form.errors:
        return False
    try:
        with _unchanged(request, story, "change_household"):
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


@contextmanager
def _unchanged(request: HttpRequest, story: Story, verb: str) -> Iterator[None]:
    """One recording for all of it, on the household as it was when the form was opened."""
    with writing(by=actor_of(request), verb=verb, about=story.client.reference):
        facts = held_facts(story.client_ids)
        require_unchanged(KIND, _rows(facts), sent_version(request.POST))
        yield


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _version(story: Story) -> str:
    return version_of_values(KIND, _rows(story.facts))


def _rows(facts: Sequence[HeldFact]) -> dict[str, str]:
    return {what: ".".join(str(pk) for pk in sorted(one.pk for one in facts if one.what == what)) for what in PARTS}


def _met(request: HttpRequest, story: Story) -> Opened:
    """Somebody else changed the household while the form was open: what they recorded, and what stood there before."""
    now = opened(request, story.client.reference)
    told = {(fact.what, fact.pk): fact for what in PARTS for fact in told_of(what, now.client_ids)}
    last = max(told.values(), key=lambda fact: (fact.recording, fact.pk), default=None)
    lines = [
        Line(
            kind_words()[fact.what],
            _in_words(now, told.get((fact.what, fact.replaces_id or 0))),
            _in_words(now, fact),
            "",
            touched=False,
        )
        for fact in told.values()
        if last is not None and fact.recording == last.recording
    ]
    saved = Saved(last.by, last.known_since, last.why) if last is not None else saved_by(None)
    return Opened(_version(now), Conflict(saved, tuple(lines), corrects=False))


def _in_words(story: Story, fact: HeldFact | None) -> str:
    if fact is None or fact.withdrawn:
        return "–"
    until = day(fact.ends_on) if fact.ends_on else ""
    return f"{value_of(story, fact)}, {day(fact.starts_on)} – {until}".strip()


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
