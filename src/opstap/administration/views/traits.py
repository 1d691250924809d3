"""Traits of the municipality's own: made, worded anew, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import TraitEndForm, TraitForm, choice_lines
from opstap.administration.tables.traits import FIELDS, trait_fault_words, trait_kind_name
from opstap.administration.views.trails import trail
from opstap.foundation import dates
from opstap.municipality.logic import TraitRefused
from opstap.municipality.models import TraitDefinition
from opstap.municipality.operations import change_trait, define_trait, end_trait
from opstap.municipality.selectors import OwnTrait, own_traits


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
    return _shown(request, form, _("New trait"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def trait(request: HttpRequest, reference: str) -> HttpResponse:
    """One as it stands: its words, its list, where it is asked, and its end."""
    held = get_object_or_404(TraitDefinition, municipality=municipality_of(request), reference=reference)
    start: dict[str, Any] = {name: getattr(held, name) for name in ("kind", "name_nl", "name_en", "on_placement")}
    start |= {"key": held.key, "starts_on": held.starts_on, "choices": choice_lines(held.choices)}
    ending = request.method == "POST" and "end" in request.POST
    form = TraitForm(request.POST if request.method == "POST" and not ending else None, initial=start, fixed=held)
    end_form = TraitEndForm(request.POST if ending else None, initial={"ends_on": held.ends_on})
    try:
        if ending and end_form.is_valid():
            end_trait(by=actor_of(request), definition=held, ends_on=end_form.cleaned_data["ends_on"])
            messages.success(request, _("From that day on it is asked no longer. What was recorded stays."))
            return redirect("administration:traits")
        if request.method == "POST" and not ending and form.is_valid():
            change_trait(by=actor_of(request), definition=held, design=form.design())
            messages.success(request, _("The trait is changed."))
            return redirect("administration:traits")
    except TraitRefused as refused:
        _tell(end_form if ending else form, refused)
    return _shown(request, form, held.name_nl, end_form=end_form)


def _tell(form: TraitForm | TraitEndForm, refused: TraitRefused) -> None:
    """Each at the field it is about."""
    for code in refused.codes:
        field = FIELDS.get(code)
        form.add_error(field if field in form.fields else None, trait_fault_words(code))


def _shown(request: HttpRequest, form: TraitForm, title: str, end_form: TraitEndForm | None = None) -> HttpResponse:
    above = (_("Own traits"), reverse("administration:traits"))
    context = {"form": form, "end_form": end_form, "title": title, "trail": trail(above, (title, ""))}
    wrong = form.errors or (end_form is not None and end_form.errors)
    return render(request, "administration/trait.html", context, status=400 if wrong else 200)


def _line(one: OwnTrait, language: str) -> dict[str, Any]:
    return {"trait": one, "name": one.name(language), "kind": trait_kind_name(one.kind), "labels": one.labels(language)}
