"""Who a client is: put right, with its history; and the BSN, shown on request."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import PersonRow, RowsRefused
from opstap.clients.models import Person
from opstap.clients.operations import BsnHeldByAnother, correct_person, show_bsn
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.merged import holder_of
from opstap.dossier.forms.people import CHOSEN, PersonForm
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.person import history_of, lines_of
from opstap.dossier.views.opened import form_page, led_on, meanwhile, opened, options_of, say_refusal, trail_of

ASKED = (
    "surname", "name_prefix", "given_names", "birth_date", "sex", "phone", "email", "preferred_language",
    "preferred_channel",
)  # fmt: skip


@require_safe
@requires("see_clients")
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Who it is, and everything that was ever recorded of it."""
    return _page(request, opened(request, reference))


@require_POST
@requires("see_bsn")
@never_cache
def bsn(request: HttpRequest, reference: str) -> HttpResponse:
    """The same with the BSN in the clear; that it was shown is recorded, and it stands in no address."""
    story = opened(request, reference)
    return _page(request, story, bsn=show_bsn(by=actor_of(request), client=story.client) or "–")


def _page(request: HttpRequest, story: Story, *, bsn: str = "") -> HttpResponse:
    told = Person.objects.filter(client=story.client).select_related("recording").order_by("-recording", "-pk")
    context = {
        "client": story.client,
        "name": story.name,
        "lines": lines_of(story),
        "history": history_of(story, list(told)),
        "has_bsn": bool(story.person and story.person.bsn_digest),
        "bsn": bsn,
        "may_see_bsn": story.actor.may("see_bsn"),
        "may_record": story.actor.may("record_clients"),
        "trail": trail_of(story, (_("Person"), "")),
    }
    return render(request, "dossier/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Who it is, put right with the reason."""
    story = opened(request, reference)
    start = {name: getattr(story.person, name) for name in ASKED} if story.person else {}
    options = options_of(story, {key: start.get(name, "") for name, key in CHOSEN})
    form = PersonForm(request.POST or None, options=options, initial=start)
    if request.method == "POST" and form.is_valid() and _saved(request, story, form):
        return led_on(request, story)
    return form_page(request, story, form, title=_("Correct who this is"), save=_("Save the correction"))


def _saved(request: HttpRequest, story: Story, form: PersonForm) -> bool:
    given: dict[str, Any] = dict(form.cleaned_data)
    why, number = given.pop("why"), given.pop("bsn")
    died_on = story.person.died_on if story.person else None
    row = PersonRow(story.client.pk, **given, bsn=number or None, died_on=died_on)
    try:
        correct_person(by=actor_of(request), client=story.client, given=row, why=why, keeps_bsn=not number)
    except RowsRefused as refused:
        say_refusal(form, "person", refused)
        return False
    except BsnHeldByAnother:
        form.add_error("bsn", held_words(request, story.client.municipality_id, number))
        return False
    except ReplacedMeanwhile:
        messages.error(request, meanwhile())
        return True
    messages.success(request, _("It is corrected. What stood there before is kept."))
    return True


def held_words(request: HttpRequest, municipality_id: int, number: str) -> str:
    """Who has this BSN, for who may see them; else whom to ask."""
    holder = visible_clients(actor_of(request)).filter(pk=holder_of(municipality_id, number) or 0).first()
    if holder is None:
        return _("Another client has this BSN, whom you may not see. Ask the coordinator to look at both.")
    return _("Client number %(number)s has this BSN already. Look that dossier up before going on.") % {
        "number": holder.number
    }
