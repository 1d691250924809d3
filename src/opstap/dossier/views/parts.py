"""Every part of a dossier: what stands with its history, and one fact added, corrected, ended or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.permissions import Actor
from opstap.clients.logic import RowsRefused
from opstap.clients.operations import record_barrier, record_held_fact
from opstap.clients.selectors.asked import asked_beside
from opstap.clients.selectors.held import PARTS, in_columns, told_of
from opstap.clients.selectors.priorities import sealed_note
from opstap.dossier.forms.parts import PART_FORMS, Ask, HeldFactForm, finer_ask, own_trait_ask
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import kind_words
from opstap.dossier.tables.parts import SLUGS, history_of, part_words, standing_of
from opstap.dossier.views.opened import (
    form_page,
    led_on,
    opened,
    options_of,
    part_url,
    say_refusal,
    trail_of,
)


@require_safe
@requires("see_clients")
def part(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """What stands of one kind, and every row ever recorded of it."""
    story, what = opened(request, reference, reading=True), _what(slug)
    told = told_of(what, story.client_ids)
    return render(
        request,
        "dossier/part.html",
        {
            "client": story.client,
            "name": story.name,
            "slug": slug,
            "title": kind_words()[what],
            "words": part_words(what),
            "standing": standing_of(story, what),
            "history": history_of(story, told),
            "asked": asked_beside(story.actor, story.client, what, {one.pk for one in told}),
            "may_ask": story.actor.may("record_clients"),
            "may_record": story.actor.may(PARTS[what].permission),
            "addable": PART_FORMS[what].addable,
            "correctable": bool(PART_FORMS[what].asks),
            "finer_is_off": what == "barrier" and story.actor.may("see_finer_barriers") and not story.finer_is_on,
            "own_traits": _own_to_add(story) if what == "trait" else [],
            "trail": trail_of(story, (kind_words()[what], "")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def add(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Something that holds from a day on."""
    story, what = opened(request, reference), to_write(request, slug)
    if not PART_FORMS[what].addable:
        raise Http404
    own = request.GET.get("soort", "") if what == "trait" else ""
    form = HeldFactForm(
        request.POST or None,
        asks=asks_of(story, what, own),
        options=options_of(story),
        codes=story.words.options,
        corrects=False,
        days=PART_FORMS[what].days,
        initial={"starts_on": story.today},
    )

    def save() -> None:
        record(actor_of(request), what, {"client_id": story.client.pk, **columns_of(form, own)})

    if request.method == "POST" and form.is_valid() and is_saved(what, form, save):
        messages.success(request, _("It is saved."))
        return led_on(request, story, part_url(story, slug))
    title = _("Add: %(what)s") % {"what": name_of(story, what, own)}
    return form_page(request, story, form, title=title, save=_("Save"), cancel=part_url(story, slug))


def record(by: Actor, what: str, given: dict[str, Any], why: str = "") -> None:
    """What was filled in, recorded; a barrier with its finer kind, what stands sealed sealed."""
    finer, note = given.pop("finer", None), given.pop("note", None)
    if note is not None:
        given |= sealed_note(note)
    row = PARTS[what].row(**in_columns(what, given))
    if finer is None:
        record_held_fact(by=by, what=what, row=row, why=why)
    else:
        record_barrier(by=by, row=row, finer=finer, why=why)


def is_saved(what: str, form: forms.Form, save: Callable[[], None]) -> bool:
    """Whether there is nothing left to ask."""
    try:
        save()
    except RowsRefused as refused:
        say_refusal(form, what, refused)
        return False
    return True


def _what(slug: str) -> str:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]


def to_write(request: HttpRequest, slug: str) -> str:
    """The kind of fact, for who may write it: who has whom is for who assigns."""
    what = _what(slug)
    actor_of(request).require(PARTS[what].permission)
    return what


def _own_to_add(story: Story) -> list[tuple[str, str]]:
    """The traits of the municipality's own that hold today: what they are called, and their code."""
    held = [one for one in story.words.own_traits.values() if one.starts_on <= story.today]
    held = [one for one in held if one.ends_on is None or story.today < one.ends_on]
    return [(one.name(story.language), one.code) for one in held]


def asks_of(story: Story, what: str, own: str) -> tuple[Ask, ...]:
    """The fields of a kind of fact; of one trait where the municipality defined it."""
    if not own:
        asks = PART_FORMS[what].asks
        if PART_FORMS[what].ends_at_once:
            asks += tuple(replace(ask, required=False) for ask in PART_FORMS[what].end)
        return (*asks, finer_ask()) if what == "barrier" and story.sees_finer else asks
    if own not in story.words.own_traits:
        raise Http404
    return (own_trait_ask(story.words.own_traits[own], story.language),)


def name_of(story: Story, what: str, own: str) -> str:
    return story.words.own_traits[own].name(story.language) if own else kind_words()[what].lower()


def columns_of(form: forms.Form, own: str) -> dict[str, Any]:
    """What was filled in, as the columns of the row."""
    given = dict(form.cleaned_data)
    if own:
        value = given["value"]
        given |= {"kind": own, "value": value.isoformat() if isinstance(value, date) else str(value)}
    said = given.pop("said", None)
    if said is not None:
        given["kind"], given["value"] = said.split(":", 1)
    if "programme_id" in given:
        given["programme_id"] = int(given["programme_id"])
    return given
