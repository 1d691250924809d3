"""Who a client is: put right, with its history; and the BSN, shown on request."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.logic.seen import note_asked, note_reason
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import PersonRow, RowsRefused
from opstap.clients.logic.outside import MET, TRIED
from opstap.clients.models import Person
from opstap.clients.operations import BsnHeldByAnother, correct_person, show_bsn
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.bsn import last_digits
from opstap.clients.selectors.merged import holder_of, references_of
from opstap.clients.selectors.outside import questions_left
from opstap.dossier.forms.people import CHOSEN, PersonForm
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.person import digest_of, history_of, lines_of
from opstap.dossier.views.opened import form_page, led_on, opened, options_of, say_refusal, trail_of
from opstap.foundation.ui.conflicts import Line, Opened, Saved, met, opened_of, settled_words
from opstap.foundation.versions import version_of

ASKED = (
    "surname", "name_prefix", "given_names", "birth_date", "sex", "phone", "email", "preferred_language",
    "preferred_channel",
)  # fmt: skip


@require_safe
@requires("see_clients")
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Who it is, and everything that was ever recorded of it."""
    return _page(request, opened(request, reference, reading=True))


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
        "knows_bsn": story.actor.may("find_by_bsn"),
        "has_bsn": bool(story.person and story.person.bsn_digest),
        "last_digits": last_digits(story.person.bsn_encrypted) if story.person else "",
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
    made = partial(_form, story)
    page = partial(form_page, request, story, title=_("Correct who this is"), save=_("Save the correction"))
    if request.method != "POST":
        newest = story.person or Person(client=story.client)
        return page(made(newest, None), state=Opened(_version(newest)))
    chain = _versions(story)
    held = opened_of(chain, request.POST, _version)
    form = made(held or chain[0], request.POST)
    if held is not None and form.is_valid() and _may_ask(request, story, form) and _saved(request, story, form, held):
        messages.success(request, _("It is corrected. What stood there before is kept."))
        return led_on(request, story)
    chain = _versions(story)
    if held == chain[0] or not any(one.pk for one in chain):
        return page(form, state=Opened(_version(chain[0])))
    form, state = _met(story, request.POST, held, chain)
    if state.is_settled:
        messages.success(request, settled_words())
        return led_on(request, story)
    return page(form, state=state)


def _may_ask(request: HttpRequest, story: Story, form: PersonForm) -> bool:
    """A BSN is held against those of all; not without end."""
    if form.cleaned_data.get("bsn") and not questions_left(actor_of(request), story.client.municipality_id):
        form.add_error("bsn", too_often())
        return False
    return True


def too_often() -> str:
    """Why a form is not held against who is known, and what to do."""
    return _(
        "Within an hour you have entered several people who are known beyond your reach. "
        "Try again in an hour, or ask the coordinator."
    )


def _versions(story: Story) -> list[Person]:
    """Everything that was recorded of who it is, the newest first; above it nobody, where nothing of it stands."""
    told = list(Person.objects.filter(client=story.client).select_related("recording").order_by("-recording", "-pk"))
    return told if told and not told[0].withdrawn else [Person(client=story.client), *told]


def _version(person: Person) -> str:
    return version_of("person", person.pk or 0)


def _form(story: Story, person: Person, sent: QueryDict | None) -> PersonForm:
    start = {name: getattr(person, name) for name in ASKED}
    options = options_of(story, {key: start.get(name, "") for name, key in CHOSEN})
    return PersonForm(sent, options=options, initial=start, knows_bsn=story.actor.may("find_by_bsn"))


def _saved(request: HttpRequest, story: Story, form: PersonForm, held: Person) -> bool:
    given: dict[str, Any] = dict(form.cleaned_data)
    why, number = given.pop("why"), given.pop("bsn", "")
    row = PersonRow(story.client.pk, **given, bsn=number or None, died_on=held.died_on, replaces_id=held.pk)
    try:
        correct_person(by=actor_of(request), client=story.client, given=row, why=why, keeps_bsn=not number)
    except RowsRefused as refused:
        say_refusal(form, "person", refused)
        if number:
            note_reason(TRIED)
        return False
    except BsnHeldByAnother:
        form.add_error("bsn", held_words(request, story.client.municipality_id, number))
        return False
    except ReplacedMeanwhile:
        return False
    return True


def _met(story: Story, sent: QueryDict, held: Person | None, chain: list[Person]) -> tuple[PersonForm, Opened]:
    """Somebody else corrected it while the form was open."""
    newest, last = chain[0], next(one for one in chain if one.pk)
    typed = sent.get("bsn", "")
    of_bsn = [Line(_("BSN"), "", _("changed"), typed, touched=bool(typed))]
    return met(
        partial(_form, story),
        sent,
        opened=held,
        newest=newest,
        version=_version(newest),
        saved=Saved(last.recording.actor_name, last.recording.at, last.why),
        but=["bsn"],
        more=of_bsn
        if story.actor.may("find_by_bsn") and held is not None and digest_of(held) != digest_of(newest)
        else (),
    )


def held_words(request: HttpRequest, municipality_id: int, number: str) -> str:
    """Who has this BSN, for who may see them; else whom to ask."""
    held = holder_of(municipality_id, number) or 0
    for reference in references_of([held]):
        note_asked(reference)  # the log knows of whom it was told, also where one may not see them
    holder = visible_clients(actor_of(request)).filter(pk=held).first()
    if holder is None:
        note_reason(MET)
        return _("Another client has this BSN, whom you may not see. Ask the coordinator to look at both.")
    return _("Client number %(number)s has this BSN already. Look that dossier up before going on.") % {
        "number": holder.number
    }
