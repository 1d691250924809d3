"""What the pages about one client's contacts share: whom it is about, the words, and where one goes on to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import dossier_or_404, narrowed
from opstap.clients.selectors.grants import way_to
from opstap.contacts.logic import ContactRow, Note
from opstap.contacts.selectors import (
    ContactFound,
    Planned,
    contacts_of,
    last_agreed,
    next_contact_of,
    what_waits,
)
from opstap.contacts.selectors.desk import Spoken, Words, choices_on, spoken_with, words_on
from opstap.contacts.tables.contacts import away_words, contact_view, planned_view
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.ui.conflicts import Saved, saved_by
from opstap.foundation.versions import version_of_values
from opstap.ladder.models import Measurement
from opstap.ladder.tables.scales import level_class

PAGE_SIZE = 20
DRAFT = "contact"  # the kind of draft
SHOW_DAY = "day"  # the button, or the script, that asks for the kinds of the chosen day


@dataclass(frozen=True)
class Desk:
    """One client, with all that is read for a page about their contacts; each part is read once."""

    actor: Actor
    client: Client
    client_ids: tuple[int, ...]
    language: str
    today: date

    @property
    def agrees(self) -> bool:
        """Whether a next contact can be agreed here; behind broken glass only a conversation is noted."""
        return not way_to(self.client).reads_only

    @property
    def url(self) -> str:
        """The page of their contacts."""
        return reverse("contacts:note", args=[self.client.reference])

    @cached_property
    def words(self) -> Words:
        """The kinds of contact and the ladder."""
        return words_on(self.client.municipality_id, self.today, self.language)

    def kinds_on(self, said: str) -> dict[str, str]:
        """The kinds that can be chosen for a contact of a day as it was filled in; of today where it is no day yet."""
        try:
            day = min(dates.parse_day(said), self.today)
        except ValueError:
            day = self.today
        return choices_on(day, self.language) if day < self.today else self.words.choices

    @cached_property
    def person(self) -> Spoken:
        """Who it is and where they stand."""
        return spoken_with([self.client], self.words.scale.id, self.today)[self.client.pk]

    @cached_property
    def waiting(self) -> Planned | None:
        """The contact that is agreed."""
        return next_contact_of(self.client.pk)

    def contacts(self, page: int) -> tuple[list[ContactFound], bool]:
        """A page of the contacts, and whether there are older ones."""
        found = contacts_of(*self.client_ids, first=(page - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def context(self) -> dict[str, Any]:
        """What every page about the client shows."""
        return {
            "person": self.person,
            "client": self.client,
            "standing": standing_view(self.person.held, self.words, self.language),
            "scale_name": self.words.scale.name(self.language),
            "waiting": planned_view(self.waiting, self.words.kinds, self.today) if self.waiting else None,
            "may_place": self.actor.may("record_placements"),
            "may_confirm": self.actor.may("confirm_placements"),
            "agrees": self.agrees,
            "away": away_words(self.person.unreachable),
            "today": self.today,
            "trail": self.trail(),
        }

    def trail(self, *further: str) -> list[dict[str, str]]:
        """The way to the page; `further` are the pages below that of the contacts."""
        trail = [
            {"label": _("Today"), "url": reverse("contacts:today")},
            {"label": self.person.name, "url": reverse("dossier:client", args=[self.client.reference])},
            {"label": _("Contact"), "url": self.url if further else ""},
        ]
        return trail + [{"label": label, "url": ""} for label in further]

    def list_context(self, page: int) -> dict[str, Any]:
        """The contacts under the form."""
        found, older = self.contacts(page)
        return {
            "contacts": [contact_view(one, self.words.kinds) for one in found],
            "newer": page - 1,
            "older": page + 1 if older else 0,
        }


@dataclass(frozen=True)
class StandingView:
    """Where somebody stands, in words."""

    level: str
    level_name: str
    level_class: str
    measured_on: date
    expected: str
    expected_by: date | None
    worker: str


def standing_view(held: Measurement | None, words: Words, language: str) -> StandingView | None:
    """A placement as the page shows it; None for who was never placed."""
    if held is None:
        return None
    names = {level.code: level.name(language) for level in words.scale.levels}
    return StandingView(
        level=held.level.code,
        level_name=names.get(held.level.code, ""),
        level_class=level_class(words.scale, held.level.code),
        measured_on=held.measured_on,
        expected=held.expected_level.code if held.expected_level else "",
        expected_by=held.expected_by,
        worker=held.worker.name if held.worker else "–",
    )


def desk_of(request: HttpRequest, reference: str, *, reading: bool = False) -> Desk:
    """The client at a reference, for who may see them; else 404."""
    actor = actor_of(request)
    client, merged = dossier_or_404(actor, reference, reading=reading)
    actor = narrowed(actor, client)
    return Desk(actor, client, (client.pk, *(one.client_id for one in merged)), get_language() or "nl", dates.today())


def noting_desk(request: HttpRequest, reference: str) -> Desk:
    """The same where a conversation may be noted: behind broken glass too, not by who only reads along."""
    desk = desk_of(request, reference, reading=True)
    if not desk.agrees and not way_to(desk.client).notes:
        raise Http404
    return desk


def contact_row(desk: Desk, given: dict[str, Any], looked: str = "") -> ContactRow:
    """The contact as the form holds it."""
    return ContactRow(
        client_id=desk.client.pk,
        held_on=given["held_on"],
        kind=given["kind"],
        outcome=given["outcome"],
        looked=looked,
        worker_id=desk.actor.user_id,
        note=Note(given["note"], given["client_does"], given["municipality_does"]),
    )


def version_on(desk: Desk) -> str:
    """What a form about the next contact is opened on."""
    return version_of_values("next_contact", what_waits(desk.waiting))


def last_saved(desk: Desk) -> Saved:
    """Who last agreed, moved or cancelled the next contact."""
    last = last_agreed(*desk.client_ids)
    return Saved(last.recording.actor_name, last.recording.at, last.why) if last else saved_by(None)


def next_of(request: HttpRequest) -> str:
    """Where one wants to go on to: a path of our own, or nothing."""
    return own_path(request.POST.get("next") or request.GET.get("next"))


def on_to(request: HttpRequest, desk: Desk) -> str:
    """Where one goes on to after saving: where one came from, else the page of the client."""
    return next_of(request) or dossier_url(desk.client.reference)


def page_number(request: HttpRequest) -> int:
    """The page of the list that is asked for; the first when it is none."""
    asked = request.GET.get("blad", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def dossier_url(reference: str) -> str:
    """The page of a client."""
    return reverse("dossier:client", args=[reference])
