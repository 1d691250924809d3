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
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import RowsRefused
from opstap.clients.operations import end_held_fact, record_held_fact, withdraw_held_fact
from opstap.clients.selectors.held import PARTS, HeldFact, held_row, told_of
from opstap.dossier.forms.parts import PART_FORMS, Ask, EndForm, HeldFactForm, WithdrawForm, own_trait_ask
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import is_hidden, kind_words, value_of
from opstap.dossier.tables.parts import SLUGS, history_of, reference_of, standing_of
from opstap.dossier.views.opened import (
    form_page,
    led_on,
    meanwhile,
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
    what, story = _what(slug), opened(request, reference)
    told = told_of(what, story.client_ids)
    return render(
        request,
        "dossier/part.html",
        {
            "client": story.client,
            "name": story.name,
            "slug": slug,
            "title": kind_words()[what],
            "standing": standing_of(story, what),
            "history": history_of(story, told),
            "may_record": story.actor.may(PARTS[what].permission),
            "addable": PART_FORMS[what].addable,
            "correctable": bool(PART_FORMS[what].asks),
            "own_traits": _own_to_add(story) if what == "trait" else [],
            "trail": trail_of(story, (kind_words()[what], "")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def add(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Something that holds from a day on."""
    what, story = _to_write(request, slug), opened(request, reference)
    if not PART_FORMS[what].addable:
        raise Http404
    own = request.GET.get("soort", "") if what == "trait" else ""
    form = HeldFactForm(
        request.POST or None,
        asks=_asks(story, what, own),
        options=options_of(story),
        codes=story.words.options,
        corrects=False,
        initial={"starts_on": story.today},
    )

    def save() -> None:
        row = PARTS[what].row(client_id=story.client.pk, **_columns(form, own))
        record_held_fact(by=actor_of(request), what=what, row=row)

    if request.method == "POST" and form.is_valid() and _saved(request, what, form, save):
        messages.success(request, _("It is saved."))
        return led_on(request, story, part_url(story, slug))
    title = _("Add: %(what)s") % {"what": _name(story, what, own)}
    return form_page(request, story, form, title=title, save=_("Save"), cancel=part_url(story, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def correct(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """What stands put right, with the reason; what stood there is kept."""
    what, story = _to_write(request, slug), opened(request, reference)
    held = _found(story, what, fact)
    if is_hidden(story, held):
        raise Http404
    own = held.texts[0] if what == "trait" and held.texts[0] in story.words.own_traits else ""
    asks = _asks(story, what, own)
    if not asks:
        raise Http404
    row = held_row(what, held.pk)
    if held.ends_on is not None:
        asks = (*asks, *(replace(ask, required=False) for ask in PART_FORMS[what].end))
    start = _start(row)
    options = options_of(story, {ask.choices: start.get(ask.name, "") for ask in asks if ask.choices})
    form = HeldFactForm(
        request.POST or None, asks=asks, options=options, codes=story.words.options, corrects=True, initial=start
    )

    def save() -> None:
        given = {**_kept(row), **_columns(form, own), "replaces_id": held.pk}
        why = given.pop("why")
        if given["ends_on"] is None:
            given |= {ask.name: "" for ask in PART_FORMS[what].end}
        record_held_fact(by=actor_of(request), what=what, row=PARTS[what].row(**given), why=why)

    if request.method == "POST" and form.is_valid() and _saved(request, what, form, save):
        messages.success(request, _("It is corrected. What stood there before is kept."))
        return led_on(request, story, part_url(story, slug))
    title = _("Correct: %(what)s") % {"what": _name(story, what, own)}
    return form_page(request, story, form, title=title, save=_("Save the correction"), cancel=part_url(story, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def end(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """The day from which something no longer holds."""
    what, story = _to_write(request, slug), opened(request, reference)
    held = _found(story, what, fact)
    form = EndForm(
        request.POST or None,
        asks=PART_FORMS[what].end,
        options=options_of(story),
        codes=story.words.options,
        initial={"ends_on": story.today},
    )

    def save() -> None:
        said = dict(form.cleaned_data)
        end_held_fact(by=actor_of(request), what=what, pk=held.pk, ends_on=said.pop("ends_on"), said=said)

    if request.method == "POST" and form.is_valid() and _saved(request, what, form, save):
        messages.success(request, _("It is ended."))
        return led_on(request, story, part_url(story, slug))
    title = _("End: %(what)s") % {"what": kind_words()[what].lower()}
    lead = value_of(story, held)
    return form_page(request, story, form, title=title, lead=lead, save=_("Save the end"), cancel=part_url(story, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def withdraw(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """Something that should never have been there."""
    what, story = _to_write(request, slug), opened(request, reference)
    held = _found(story, what, fact)
    form = WithdrawForm(request.POST or None)

    def save() -> None:
        withdraw_held_fact(by=actor_of(request), what=what, pk=held.pk, why=form.cleaned_data["why"])

    if request.method == "POST" and form.is_valid() and _saved(request, what, form, save):
        messages.success(request, _("It is withdrawn: it counts no longer."))
        return led_on(request, story, part_url(story, slug))
    title = _("Withdraw: %(what)s") % {"what": kind_words()[what].lower()}
    words = {"title": title, "lead": value_of(story, held), "save": _("Withdraw"), "danger": True}
    return form_page(request, story, form, cancel=part_url(story, slug), **words)


def _saved(request: HttpRequest, what: str, form: forms.Form, save: Callable[[], None]) -> bool:
    """Whether there is nothing left to ask."""
    try:
        save()
    except RowsRefused as refused:
        say_refusal(form, what, refused)
        return False
    except ReplacedMeanwhile:
        messages.error(request, meanwhile())
    return True


def _what(slug: str) -> str:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]


def _to_write(request: HttpRequest, slug: str) -> str:
    """The kind of fact, for who may write it: who has whom is for who assigns."""
    what = _what(slug)
    actor_of(request).require(PARTS[what].permission)
    return what


def _found(story: Story, what: str, reference: str) -> HeldFact:
    for fact in story.of(what):
        if reference_of(fact) == reference:
            return fact
    raise Http404


def _own_to_add(story: Story) -> list[tuple[str, str]]:
    """The traits of the municipality's own that hold today: what they are called, and their code."""
    held = [one for one in story.words.own_traits.values() if one.starts_on <= story.today]
    held = [one for one in held if one.ends_on is None or story.today < one.ends_on]
    return [(one.name(story.language), one.code) for one in held]


def _asks(story: Story, what: str, own: str) -> tuple[Ask, ...]:
    """The fields of a kind of fact; of one trait where the municipality defined it."""
    if not own:
        return PART_FORMS[what].asks
    if own not in story.words.own_traits:
        raise Http404
    return (own_trait_ask(story.words.own_traits[own], story.language),)


def _name(story: Story, what: str, own: str) -> str:
    return story.words.own_traits[own].name(story.language) if own else kind_words()[what].lower()


def _columns(form: forms.Form, own: str) -> dict[str, Any]:
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


def _kept(row: Any) -> dict[str, Any]:
    """The columns that the form does not ask."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _start(row: Any) -> dict[str, Any]:
    start = _kept(row)
    if "value" in start:
        start["said"] = f"{row.kind}:{row.value}"
    return start
