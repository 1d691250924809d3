"""One fact of a dossier corrected, ended or withdrawn, on the version that the form was opened on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import versions_among
from opstap.clients.operations import end_held_fact, withdraw_held_fact
from opstap.clients.selectors.held import HeldFact, held_row, told_of
from opstap.dossier.forms.parts import PART_FORMS, EndForm, HeldFactForm, WithdrawForm
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import is_hidden, kind_words, value_of
from opstap.dossier.tables.parts import SLUG_OF, part_words, reference_of
from opstap.dossier.views.opened import form_page, led_on, opened, options_of, part_url
from opstap.dossier.views.parts import asks_of, columns_of, is_saved, name_of, record, to_write
from opstap.foundation.ui.conflicts import (
    Conflict,
    Opened,
    Saved,
    gone,
    met,
    newest_words,
    opened_of,
    settled_words,
    told,
)
from opstap.foundation.versions import version_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def correct(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """What stands put right, with the reason; what stood there is kept."""
    story, what = opened(request, reference), to_write(request, slug)
    chain = _chain(story, what, fact)
    if request.method != "POST" and (led := _led_to_newest(request, story, chain[0], fact)):
        return led
    held = _opened(request, chain, fact)
    kept_away = is_hidden(story, held) and (request.method != "POST" or held.pk == chain[0].pk)
    if kept_away or not PART_FORMS[what].asks:
        raise Http404
    form = _correction(story, held, request.POST or None)

    def save() -> None:
        row = held_row(what, held.pk)
        own = {name: getattr(row, name) for name in row.__dataclass_fields__}
        given = {**own, **columns_of(form, _own_trait(story, held)), "replaces_id": held.pk}
        why = given.pop("why")
        if given["ends_on"] is None and not PART_FORMS[what].ends_at_once:
            given |= {ask.name: "" for ask in PART_FORMS[what].end}
        record(actor_of(request), what, given, why)

    if _done(request, what, form, save):
        messages.success(request, _("It is corrected. What stood there before is kept."))
        return led_on(request, story, part_url(story, slug))
    newest, state = _newest(request, story, chain, fact), Opened(_version(held))
    if newest.pk != held.pk:
        form, state = _met(story, form, request.POST, held, newest)
    if state.is_settled:
        messages.success(request, settled_words())
        return led_on(request, story, part_url(story, slug))
    title = _("Correct: %(what)s") % {"what": name_of(story, what, _own_trait(story, held))}
    words = {"title": title, "save": _("Save the correction"), "cancel": part_url(story, slug)}
    return form_page(request, story, form, state=state, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def end(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """The day from which something no longer holds."""
    story, what = opened(request, reference), to_write(request, slug)
    form = EndForm(
        request.POST or None,
        asks=PART_FORMS[what].end,
        options=options_of(story),
        codes=story.words.options,
        days=PART_FORMS[what].days,
        initial={"ends_on": story.today},
    )

    def save(held: HeldFact) -> None:
        said = dict(form.cleaned_data)
        end_held_fact(by=actor_of(request), what=what, pk=held.pk, ends_on=said.pop("ends_on"), said=said)

    said = part_words(what)
    words = {"title": said.end_title, "save": said.save_end}
    return _answer(request, story, what, fact, form, act=save, said=said.ended, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def withdraw(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """Something that should never have been there."""
    story, what = opened(request, reference), to_write(request, slug)
    form = WithdrawForm(request.POST or None)

    def save(held: HeldFact) -> None:
        withdraw_held_fact(by=actor_of(request), what=what, pk=held.pk, why=form.cleaned_data["why"])

    words = {"title": _("Withdraw: %(what)s") % {"what": kind_words()[what].lower()}, "save": _("Withdraw")}
    said = _("It is withdrawn: it counts no longer.")
    return _answer(request, story, what, fact, form, act=save, said=said, danger=True, **words)


def _answer(
    request: HttpRequest,
    story: Story,
    what: str,
    fact: str,
    form: forms.Form,
    *,
    act: Callable[[HeldFact], None],
    said: str,
    **words: Any,
) -> HttpResponse:
    """The page of an end or a withdrawal; of what somebody else changed since it says what, and asks again."""
    chain, url = _chain(story, what, fact), part_url(story, SLUG_OF[what])
    if request.method != "POST" and (led := _led_to_newest(request, story, chain[0], fact)):
        return led
    held = _opened(request, chain, fact)
    if _done(request, what, form, partial(act, held)):
        messages.success(request, said)
        return led_on(request, story, url)
    newest, state = _newest(request, story, chain, fact), Opened(_version(held))
    if _saved(newest).is_this_withdrawal(request.POST):
        messages.success(request, settled_words())
        return led_on(request, story, url)
    if newest.pk != held.pk:
        state = _told(story, held, newest)
    return form_page(request, story, form, state=state, lead=value_of(story, newest), cancel=url, **words)


def _done(request: HttpRequest, what: str, form: forms.Form, save: Callable[[], None]) -> bool:
    """Whether it is saved; not what somebody else changed since."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        return is_saved(what, form, save)
    except ReplacedMeanwhile:
        return False


def _chain(story: Story, what: str, reference: str) -> list[HeldFact]:
    """A fact with every version of it, the newest first; 404 when there is none."""
    standing = [fact for fact in story.of(what) if reference_of(fact) == reference]
    told = standing if standing and standing[0].replaces_id is None else told_of(what, story.client_ids)
    chain = versions_among(told, lambda fact: reference_of(fact) == reference)
    at_address = [fact for fact in chain if reference_of(fact) == reference]
    if not at_address:
        raise Http404
    return chain


def _newest(request: HttpRequest, story: Story, chain: list[HeldFact], reference: str) -> HeldFact:
    """The version that stands, read again where somebody may have written since."""
    if request.method != "POST":
        return chain[0]
    told = told_of(chain[0].what, story.client_ids)
    return versions_among(told, lambda fact: reference_of(fact) == reference)[0]


def _version(fact: HeldFact) -> str:
    return version_of(fact.what, fact.pk)


def _opened(request: HttpRequest, chain: list[HeldFact], reference: str) -> HeldFact:
    """The version that the form was opened on; that of the address where it says none."""
    at_address = next(fact for fact in chain if reference_of(fact) == reference)
    return opened_of(chain, request.POST, _version) or at_address


def _saved(fact: HeldFact) -> Saved:
    return Saved(fact.by, fact.known_since, fact.why, fact.withdrawn)


def _own_trait(story: Story, fact: HeldFact) -> str:
    return fact.texts[0] if fact.what == "trait" and fact.texts[0] in story.words.own_traits else ""


def _correction(story: Story, fact: HeldFact, sent: QueryDict | None) -> HeldFactForm:
    """The form of a version as it stood."""
    asks, row = asks_of(story, fact.what, _own_trait(story, fact)), held_row(fact.what, fact.pk)
    if fact.ends_on is not None and not PART_FORMS[fact.what].ends_at_once:
        asks = (*asks, *(replace(ask, required=False) for ask in PART_FORMS[fact.what].end))
    start = {name: getattr(row, name) for name in (*row.__dataclass_fields__, "starts_on", "ends_on")}
    if "value" in start:
        start["said"] = f"{row.kind}:{row.value}"
    if fact.what == "barrier":
        start["finer"] = story.finer_of(fact)
    if fact.what == "priority":
        start["note"] = story.note_of(fact)
    options = options_of(story, {ask.choices: start.get(ask.name, "") for ask in asks if ask.choices})
    return HeldFactForm(
        sent,
        asks=asks,
        options=options,
        codes=story.words.options,
        corrects=True,
        days=PART_FORMS[fact.what].days,
        initial=start,
    )


def _met(
    story: Story, form: HeldFactForm, sent: QueryDict, held: HeldFact, newest: HeldFact
) -> tuple[HeldFactForm, Opened]:
    """Somebody else corrected or withdrew it while the form was open."""
    saved, version = _saved(newest), _version(newest)
    if newest.withdrawn:
        url = part_url(story, newest_slug := SLUG_OF[newest.what])
        adds = reverse("dossier:add", args=[story.client.reference, newest_slug])
        return form, gone(version, saved, anew=adds if PART_FORMS[newest.what].addable else url)
    if is_hidden(story, newest) or is_hidden(story, held):
        return form, Opened(_version(held), Conflict(Saved(saved.by, saved.at)))
    return met(partial(_correction, story), sent, opened=held, newest=newest, version=version, saved=saved)


def _told(story: Story, held: HeldFact, newest: HeldFact) -> Opened:
    if newest.withdrawn:
        return gone(_version(newest), _saved(newest))
    if is_hidden(story, newest) or is_hidden(story, held):
        return Opened(_version(newest), Conflict(Saved(newest.by, newest.known_since), corrects=False))
    made = partial(_correction, story)
    return told(made, opened=held, newest=newest, version=_version(newest), saved=_saved(newest))


def _led_to_newest(request: HttpRequest, story: Story, newest: HeldFact, reference: str) -> HttpResponse | None:
    """From the address of a version that no longer stands to what became of it, with a sentence."""
    if is_hidden(story, newest) and not newest.withdrawn and reference_of(newest) != reference:
        raise Http404
    match = request.resolver_match
    if match is None or (reference_of(newest) == reference and not newest.withdrawn):
        return None
    messages.warning(request, newest_words(_saved(newest)))
    if newest.withdrawn or is_hidden(story, newest):
        return redirect(part_url(story, SLUG_OF[newest.what]))
    return redirect(match.view_name, story.client.reference, SLUG_OF[newest.what], reference_of(newest))
