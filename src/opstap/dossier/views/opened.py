"""What the pages under a dossier share: the client with the story, the choices of forms, the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of
from opstap.clients.logic import RowsRefused
from opstap.clients.logic.finer import FINER_OF
from opstap.clients.models import Programme
from opstap.clients.permissions import dossier_or_404, narrowed
from opstap.clients.selectors.programmes import programmes_open_on
from opstap.dossier.forms.parts import YES_NO, arrangement_choices, trait_choices
from opstap.dossier.selectors.story import Story, story_of
from opstap.dossier.selectors.words import DATED, Words
from opstap.dossier.tables.facts import finer_words, trait_words
from opstap.dossier.tables.parts import REFUSED_AT, refusal_words
from opstap.dossier.views.leading import dossier_url, trail_to
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.ui.conflicts import Opened
from opstap.municipality.logic import CHOICE
from opstap.municipality.tables import dated_choices


def opened(request: HttpRequest, reference: str, *, reading: bool = False) -> Story:
    """The story of a client whom one may see; a page that only shows says `reading`."""
    actor = actor_of(request)
    client, merged = dossier_or_404(actor, reference, reading=reading)
    actor = narrowed(actor, client)
    return story_of(actor, client, merged, today=dates.today(), language=get_language() or "nl")


def options_of(story: Story, held: Mapping[str, Any] | None = None) -> dict[str, Sequence[Any]]:
    """The choices of every list; `held`, by list, is what stands there and stays a choice."""
    held = held or {}
    options = choices_of(story.words, story.language, held)
    said = str(held.get("traits", ""))
    options["arrangement_kind"] = arrangement_choices()
    options["finer_barriers"] = [
        (kind.value, f"{finer_words()[kind.value]} ({story.label('barrier_kind', broad)})")
        for broad, kinds in FINER_OF.items()
        for kind in kinds
    ]
    options["traits"] = trait_choices(
        trait_words(), lambda key: story.words.choices(key, story.language, said.rpartition(":")[2])
    )
    for trait in story.words.own_traits.values():
        options[trait.code] = list(trait.labels(story.language).items()) if trait.kind == CHOICE else YES_NO
    town, known = story.client.municipality_id, Programme.objects.filter(pk=held.get("programmes") or 0)
    programmes = (programmes_open_on(town, story.today) | known).order_by("name")
    options["programmes"] = [(str(pk), name) for pk, name in programmes.values_list("pk", "name")]
    return options


def choices_of(words: Words, language: str, held: Mapping[str, Any] | None = None) -> dict[str, Sequence[Any]]:
    """What can be chosen today; of what is recorded with a day also, below it, what belongs to other days."""
    held = held or {}
    return {
        key: dated_choices(listed.values(), language, held=str(held.get(key, "")))
        if key in DATED
        else words.choices(key, language, held.get(key, ""))
        for key, listed in words.options.items()
    }


def trail_of(story: Story, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page under the dossier."""
    steps = [(story.name, dossier_url(story.client)), *further]
    return [trail_to(story.actor), *({"label": label, "url": url} for label, url in steps)]


def led_on(request: HttpRequest, story: Story, url: str = "") -> HttpResponse:
    """To `next` where it is a path of ours, else to the page given, else to the dossier."""
    following: Any = request.POST.get("next", "")
    if own_path(following):
        return redirect(following)
    return redirect(url or dossier_url(story.client))


def form_page(
    request: HttpRequest, story: Story, form: forms.Form, *, state: Opened | None = None, **words: Any
) -> HttpResponse:
    """A page with one form: `title`, `lead`, `save`, and where `cancel` leads to; `state` is what it was opened on."""
    context = {
        "client": story.client,
        "name": story.name,
        "form": form,
        "opened": state,
        "cancel": dossier_url(story.client),
        "trail": trail_of(story, (str(words.get("title", "")), "")),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        **words,
    }
    status = state.status(form) if state is not None else 400 if form.errors else 200
    return render(request, "dossier/form.html", context, status=status)


def say_refusal(form: forms.Form, what: str, refused: RowsRefused) -> None:
    """Why it can't be recorded, at the field it is about where the form asks that."""
    for fault, words in zip(refused.faults, refusal_words(what, refused), strict=True):
        asked = (name for name in REFUSED_AT.get(fault.code, ()) if name in form.fields)
        form.add_error(next(asked, None), words)


def part_url(story: Story, slug: str) -> str:
    """The page of a part of the dossier."""
    return reverse("dossier:part", args=[story.client.reference, slug])


def meanwhile() -> str:
    """Somebody else was first."""
    return _("Somebody else corrected this meanwhile. Nothing was saved; below is what stands now.")
