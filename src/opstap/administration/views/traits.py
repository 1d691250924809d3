"""Traits of the municipality's own: made, worded anew, ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import TraitEndForm, TraitForm, choice_lines
from opstap.administration.tables.traits import FIELDS, trait_fault_words, trait_kind_name
from opstap.administration.views.trails import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values
from opstap.municipality.logic import TraitRefused
from opstap.municipality.models import TraitDefinition
from opstap.municipality.operations import change_trait, define_trait, end_trait
from opstap.municipality.selectors import OwnTrait, own_traits, words_of_trait


@require_safe
@requires("configure_municipality")
def traits(request: HttpRequest) -> HttpResponse:
    """Every trait that was defined, ended ones too."""
    language, today = get_language() or "nl", dates.today()
    lines = [_line(trait, language) for trait in own_traits(municipality_of(request).pk)]
    context = {"lines": lines, "today": today, "trail": trail((_("Own traits"), ""))}
    return render(request, "administration/traits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def new_trait(request: HttpRequest) -> HttpResponse:
    """A new one."""
    form = TraitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            define_trait(by=actor_of(request), municipality=municipality_of(request), design=form.design())
        except TraitRefused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("The trait is made. It is asked from the day you chose."))
            return redirect("administration:traits")
    context = {"form": form, "opened": None, "end_form": None, "end_opened": None}
    return _shown(request, _("New trait"), context, 400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def trait(request: HttpRequest, reference: str) -> HttpResponse:
    """One as it stands: its words, its list, where it is asked, and its end."""
    held = get_object_or_404(TraitDefinition, municipality=municipality_of(request), reference=reference)
    ending = "end" in request.POST
    changed = _changed(request, held) if request.method == "POST" and not ending else None
    ended = _ended(request, held) if request.method == "POST" and ending else None
    done = changed or ended
    if done is not None and done.words:
        messages.success(request, done.words)
        return redirect("administration:traits")
    changed = changed or _Sent(_form_of(held)(words_of_trait(held), None), _opened("trait", words_of_trait(held)))
    ended = ended or _Sent(_end_form(_end_of(held), None), _opened("trait-end", _end_of(held)))
    context = {"form": changed.form, "opened": changed.opened, "end_form": ended.form, "end_opened": ended.opened}
    status = max(changed.opened.status(changed.form), ended.opened.status(ended.form))
    return _shown(request, held.name_nl, context, status)


@dataclass(frozen=True)
class _Sent:
    """One of the two forms, on what it was opened and what it met; with words it is done."""

    form: TraitForm | TraitEndForm
    opened: Opened
    words: str = ""


def _opened(kind: str, values: Mapping[str, Any]) -> Opened:
    return Opened(version_of_values(kind, values))


def _end_of(held: TraitDefinition) -> dict[str, Any]:
    return {"ends_on": held.ends_on}


def _form_of(held: TraitDefinition) -> Callable[[Mapping[str, Any], QueryDict | None], TraitForm]:
    def made(values: Mapping[str, Any], sent: QueryDict | None) -> TraitForm:
        start = {"kind": held.kind, "key": held.key, "starts_on": held.starts_on, **values}
        start["choices"] = choice_lines(values["choices"] or [])
        return TraitForm(sent, initial=start, fixed=held)

    return made


def _end_form(values: Mapping[str, Any], sent: QueryDict | None) -> TraitEndForm:
    return TraitEndForm(sent, initial=dict(values))


def _changed(request: HttpRequest, held: TraitDefinition) -> _Sent:
    """Its words and its list, saved or not."""
    form, state = _form_of(held)(words_of_trait(held), request.POST), Opened(sent_version(request.POST))
    words = _("The trait is changed.")
    if not form.is_valid():
        return _Sent(form, state)
    design = form.design()
    try:
        change_trait(by=actor_of(request), definition=held, design=design, opened_on=sent_version(request.POST))
    except TraitRefused as refused:
        _tell(form, refused)
        return _Sent(form, state)
    except ReplacedMeanwhile:
        given = {
            "name_nl": design.name_nl,
            "name_en": design.name_en or design.name_nl,
            "choices": [list(choice) for choice in design.choices],
            "on_placement": design.on_placement,
        }
        saved, newest = saved_by(last_done("change_trait", held.key)), words_of_trait(held)
        form, state = met_in_place(_form_of(held), request.POST, kind="trait", newest=newest, given=given, saved=saved)
        return _Sent(form, state, words if state.is_settled else "")
    return _Sent(form, state, words)


def _ended(request: HttpRequest, held: TraitDefinition) -> _Sent:
    """From when on it is not asked any more, saved or not."""
    form, state = _end_form(_end_of(held), request.POST), Opened(sent_version(request.POST))
    words = _("From that day on it is asked no longer. What was recorded stays.")
    if not form.is_valid():
        return _Sent(form, state)
    day = form.cleaned_data["ends_on"]
    try:
        end_trait(by=actor_of(request), definition=held, ends_on=day, opened_on=sent_version(request.POST))
    except TraitRefused as refused:
        _tell(form, refused)
        return _Sent(form, state)
    except ReplacedMeanwhile:
        saved, newest = saved_by(last_done("end_trait", held.key)), _end_of(held)
        form, state = met_in_place(
            _end_form, request.POST, kind="trait-end", newest=newest, given={"ends_on": day}, saved=saved
        )
        return _Sent(form, state, words if state.is_settled else "")
    return _Sent(form, state, words)


def _tell(form: TraitForm | TraitEndForm, refused: TraitRefused) -> None:
    """Each at the field it is about."""
    for code in refused.codes:
        field = FIELDS.get(code)
        form.add_error(field if field in form.fields else None, trait_fault_words(code))


def _shown(request: HttpRequest, title: str, context: dict[str, Any], status: int) -> HttpResponse:
    above = (_("Own traits"), reverse("administration:traits"))
    context |= {"title": title, "trail": trail(above, (title, ""))}
    return render(request, "administration/trait.html", context, status=status)


def _line(one: OwnTrait, language: str) -> dict[str, Any]:
    return {"trait": one, "name": one.name(language), "kind": trait_kind_name(one.kind), "labels": one.labels(language)}
