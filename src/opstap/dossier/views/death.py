"""Somebody died, or that is taken back: two forms at one address, each about what stood when it was opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Person
from opstap.clients.operations import record_death
from opstap.dossier.forms.parts import WithdrawForm
from opstap.dossier.forms.people import DeathForm
from opstap.dossier.operations import record_departure
from opstap.dossier.selectors.story import Story
from opstap.dossier.views.opened import form_page, led_on, opened, say_refusal
from opstap.foundation.ui.conflicts import (
    Opened,
    Saved,
    begun_on,
    gone,
    met,
    opened_of,
    sent_version,
    settled_words,
    told,
)
from opstap.foundation.versions import version_of_values

DIED_ON = "died_on"  # which the form of a death asks, and the one that takes it back does not
Met = Callable[[list[Person]], Opened]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("close_dossiers")
def died(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody died; or that is taken back. Of what is sent the form says which, not what stands by then."""
    story = opened(request, reference)
    if request.method == "POST":
        return _recorded(request, story) if DIED_ON in request.POST else _taken_back(request, story)
    alive = story.person is None or story.person.died_on is None
    return _recorded(request, story) if alive else _taken_back(request, story)


def _recorded(request: HttpRequest, story: Story) -> HttpResponse:
    form = DeathForm(request.POST or None)

    def save(given: dict[str, Any], version: str) -> None:
        record_departure(by=actor_of(request), client=story.client, opened_on=version, **given)

    about = _(
        "The follow-up ends the day after, and nothing is sent any more. Was this a mistake? It can be taken back, "
        "and the follow-up corrected."
    )
    words = {"title": _("Died"), "about": about, "save": _("Save the death"), "danger": True}
    meets = partial(_met, request.POST)
    return _answer(request, story, form, save, meets, said=_("The death is saved."), **words)


def _taken_back(request: HttpRequest, story: Story) -> HttpResponse:
    form = WithdrawForm(request.POST or None)

    def save(given: dict[str, Any], version: str) -> None:
        record_death(by=actor_of(request), client=story.client, died_on=None, why=given["why"], opened_on=version)

    about = _("The day of death goes. Correct the follow-up as well: take its end away.")
    words = {"title": _("Take the death back"), "about": about, "save": _("Take the death back"), "danger": True}
    meets = partial(_gone, request.POST, reverse("dossier:died", args=[story.client.reference]))
    return _answer(request, story, form, save, meets, said=_("The death is taken back."), **words)


def _answer(
    request: HttpRequest,
    story: Story,
    form: forms.Form,
    act: Callable[[dict[str, Any], str], None],
    meets: Met,
    /,
    *,
    said: str,
    **words: Any,
) -> HttpResponse:
    state = begun_on(request.POST if request.method == "POST" else None, _version(story.person))
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data), state.version)
        except RowsRefused as refused:
            say_refusal(form, "follow_up", refused)
        except ReplacedMeanwhile:
            state = meets(_versions(story))
        else:
            messages.success(request, said)
            return led_on(request, story)
    if state.is_settled:
        messages.success(request, settled_words())
        return led_on(request, story)
    if state.conflict is not None and state.conflict.is_final:
        words["about"] = _("Is that day wrong? Take the death back, and save it anew after that.")
    return form_page(request, story, form, state=state, **words)


def _version(person: Person | None) -> str:
    """Of the day alone: who corrects a telephone number stands in nobody's way."""
    return version_of_values("death", {DIED_ON: person.died_on if person is not None else None})


def _versions(story: Story) -> list[Person]:
    """Everything that was recorded of who it is, the newest first."""
    recorded = Person.objects.filter(client=story.client).select_related("recording")
    return list(recorded.order_by("-recording", "-pk"))


def _saved(versions: list[Person]) -> Saved:
    """Who made it so: not who corrected something beside it since."""
    first = list(takewhile(lambda one: one.died_on == versions[0].died_on, versions))[-1]
    return Saved(first.recording.actor_name, first.recording.at, first.why, withdrawn=first.died_on is None)


def _form(person: Person, sent: QueryDict | None) -> DeathForm:
    return DeathForm(sent, initial={DIED_ON: person.died_on})


def _met(sent: QueryDict, versions: list[Person]) -> Opened:
    """A colleague recorded another day: that stays so, and what was filled in is there to copy."""
    newest, saved = versions[0], replace(_saved(versions), withdrawn=False)  # who records one meets no withdrawal
    held = opened_of(versions, sent, _version)
    _kept, state = met(_form, sent, opened=held, newest=newest, version=_version(newest), saved=saved)
    if state.conflict is None or state.is_settled or newest.died_on is None:
        return state
    return Opened(sent_version(sent), replace(state.conflict, is_final=True))


def _gone(sent: QueryDict, anew: str, versions: list[Person]) -> Opened:
    """A colleague took it back already, or recorded another day after that."""
    newest, saved = versions[0], _saved(versions)
    if saved.withdrawn:
        settled = saved.is_this_withdrawal(sent)
        return replace(gone(_version(newest), saved, anew=anew), is_settled=settled)
    held = opened_of(versions, sent, _version)
    return told(_form, opened=held, newest=newest, version=_version(newest), saved=saved)
