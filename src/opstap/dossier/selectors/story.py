"""Reads: one client with everything that is known, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Subquery

from opstap.audit.models import Recording
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.enums import ArrangementKind, AssignmentRole
from opstap.clients.logic.finer import FinerKinds
from opstap.clients.models import Client, Person
from opstap.clients.permissions import housemates_of
from opstap.clients.selectors.finer import finer_kinds_of
from opstap.clients.selectors.held import HeldFact, held_facts
from opstap.clients.selectors.households import Housemate
from opstap.clients.selectors.merged import MergedDossier
from opstap.clients.selectors.priorities import notes_of
from opstap.clients.selectors.reach import Unreachable, latest
from opstap.contacts.selectors.told import Told, told_of
from opstap.dossier.logic import on_benefit_since
from opstap.dossier.selectors.words import Words, words_on
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import measurements_and_withdrawn_of
from opstap.municipality.logic import FINER_GROUND
from opstap.plans.selectors.help import Helped, help_of


@dataclass(frozen=True)
class Story:
    """All there is to tell about a client: read once for the page, then only put into words."""

    actor: Actor
    client: Client
    person: Person | None
    today: date
    language: str
    words: Words
    facts: Sequence[HeldFact]
    housemates: Sequence[Housemate]
    measurements: Sequence[Measurement]
    withdrawn: Sequence[Measurement]  # placements that were withdrawn
    help: Sequence[Helped]
    merged: Sequence[MergedDossier] = ()

    @property
    def client_ids(self) -> list[int]:
        """The dossier and those merged into it."""
        return [self.client.pk, *(one.client_id for one in self.merged)]

    @property
    def name(self) -> str:
        """As in a list; the client number where nobody knows the name."""
        return self.person.list_name if self.person else self.client.number

    @cached_property
    def contacts(self) -> Told:
        """The contacts that stand, their notes in the clear, and the one that is agreed."""
        return told_of(*self.client_ids)

    @property
    def finer_is_on(self) -> bool:
        """Whether the municipality has a ground today for finer kinds of barriers."""
        return bool(self.words.settings[FINER_GROUND])

    @property
    def sees_finer(self) -> bool:
        """Whether finer kinds of barriers are shown and recorded: by a right of its own, while there is a ground."""
        return self.finer_is_on and self.actor.may("see_finer_barriers")

    @cached_property
    def _finer(self) -> FinerKinds:
        return finer_kinds_of(self.client_ids)

    def finer_of(self, fact: HeldFact) -> str:
        """The finer kind of a version of a barrier; empty for who may not see it."""
        return self._finer.known(fact.pk, fact.recording, fact.texts[0]) if self.sees_finer else ""

    @cached_property
    def _priority_notes(self) -> dict[int, str]:
        return notes_of(self.client_ids)

    def note_of(self, fact: HeldFact) -> str:
        """Why somebody comes first, by a version of that."""
        return self._priority_notes.get(fact.pk, "")

    @property
    def unreachable(self) -> Unreachable | None:
        """That this client can't be reached today, and until when."""
        kind = ArrangementKind.NOT_REACHABLE.value
        ends = [one.ends_on for one in self.now("arrangement") if one.texts[0] == kind]
        return latest(ends) if ends else None

    def label(self, list_key: str, code: str) -> str:
        """What a code is called."""
        return self.words.label(list_key, code, self.language)

    def of(self, what: str) -> list[HeldFact]:
        """The facts of a kind, the newest first."""
        return [fact for fact in self.facts if fact.what == what]

    def now(self, what: str) -> list[HeldFact]:
        """Those that hold today."""
        return [fact for fact in self.of(what) if fact.holds_on(self.today)]

    @property
    def assigned(self) -> HeldFact | None:
        """In whose caseload the client is; of two at once the last to begin."""
        held = [fact for fact in self.now("assignment") if fact.texts[2] == AssignmentRole.CASE_MANAGER.value]
        return max(held, key=lambda fact: (fact.starts_on, fact.pk), default=None)

    @cached_property
    def on_benefit_since(self) -> date | None:
        """The begin of the time on benefit, small gaps passed over."""
        spells = [fact for fact in self.of("benefit") if self.words.counts_as_benefit(fact.texts[0])]
        return on_benefit_since([(one.starts_on, one.ends_on) for one in spells], self.today, self.words.gap_days)


def story_of(
    actor: Actor, client: Client, merged: Sequence[MergedDossier] = (), *, today: date, language: str
) -> Story:
    """Everything about a client whom the actor may see, in all their dossiers.

    The latest recording comes along with the person.
    """
    ids = [client.pk, *(one.client_id for one in merged)]
    measurements, withdrawn = measurements_and_withdrawn_of(*ids)
    latest = Recording.objects.order_by("-number").values("number")[:1]
    person = Person.objects.current().filter(client=client).annotate(latest=Subquery(latest)).first()
    return Story(
        actor=actor,
        client=client,
        person=person,
        today=today,
        language=language,
        words=words_on(person.latest if person else latest_recording(), client.municipality_id, today),
        facts=held_facts(ids),
        housemates=housemates_of(actor, ids),
        measurements=measurements,
        withdrawn=withdrawn,
        help=help_of(*ids),
        merged=merged,
    )
