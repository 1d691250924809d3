"""Somebody leaves: the follow-up closed, or moved to another municipality. Each asks on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import RowsRefused
from opstap.dossier.forms.people import ClosingForm, MovingForm
from opstap.dossier.operations import close_dossier
from opstap.dossier.operations.leaving import MOVED
from opstap.dossier.selectors.story import Story
from opstap.dossier.views.opened import form_page, led_on, meanwhile, opened, options_of, say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@requires("close_dossiers")
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """The follow-up ends, with its reason."""
    story = opened(request, reference)
    options, codes = options_of(story), story.words.options
    form = ClosingForm(request.POST or None, options=options, codes=codes, initial={"ends_on": story.today})

    def save(given: dict[str, Any]) -> None:
        close_dossier(by=actor_of(request), client=story.client, **given)

    about = _(
        "From that day on no report counts this client, and what was agreed with them falls away. The dossier stays, "
        "and can be opened again by adding a follow-up."
    )
    words = {"title": _("Close the follow-up"), "about": about, "save": _("Close the follow-up"), "danger": True}
    return _answer(request, story, form, save, said=_("The follow-up is closed."), **words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("close_dossiers")
def moved(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody moved to another municipality."""
    story = opened(request, reference)
    form = MovingForm(request.POST or None, initial={"moved_on": story.today})

    def save(given: dict[str, Any]) -> None:
        close_dossier(by=actor_of(request), client=story.client, ends_on=given["moved_on"], reason=MOVED)

    about = _(
        "The follow-up ends on that day, and nothing is sent any more. Was this a mistake? Correct the follow-up "
        "afterwards: take its end away."
    )
    words = {"title": _("Moved out"), "about": about, "save": _("Save the move"), "danger": True}
    return _answer(request, story, form, save, said=_("The move is saved; the follow-up is closed."), **words)


def _answer(
    request: HttpRequest,
    story: Story,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    /,
    *,
    said: str,
    **words: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except RowsRefused as refused:
            say_refusal(form, "follow_up", refused)
        except ReplacedMeanwhile:
            messages.error(request, meanwhile())
            return led_on(request, story)
        else:
            messages.success(request, said)
            return led_on(request, story)
    return form_page(request, story, form, **words)
