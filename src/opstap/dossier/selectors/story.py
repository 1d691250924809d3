"""Reads: one client with everything that is known, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client, Person
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.held import HeldFact, held_facts
from opstap.clients.selectors.households import Housemate, housemates_of
from opstap.contacts.selectors.told import Told, told_of
from opstap.dossier.logic import on_benefit_since
from opstap.dossier.selectors.words import Words, words_on
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import measurements_of
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
    visible: frozenset[int]
    measurements: Sequence[Measurement]
    help: Sequence[Helped]

    @property
    def name(self) -> str:
        """As in a list; the client number where nobody knows the name."""
        return self.person.list_name if self.person else self.client.number

    @cached_property
    def contacts(self) -> Told:
        """The contacts that stand, their notes in the clear, and the one that is agreed."""
        return told_of(self.client.pk)

    def label(self, list_key: str, code: str) -> str:
        """What a code is called."""
        return self.words.label(list_key, code, self.language)

    def of(self, what: str) -> list[HeldFact]:
        """The facts of a kind, the newest first."""
        return [fact for fact in self.facts if fact.what == what]

    def now(self, what: str) -> list[HeldFact]:
        """Those that hold today."""
        return [fact for fact in self.of(what) if fact.holds_on(self.today)]

    @cached_property
    def on_benefit_since(self) -> date | None:
        """The begin of the time on benefit, small gaps passed over."""
        spells = [fact for fact in self.of("benefit") if self.words.counts_as_benefit(fact.texts[0])]
        return on_benefit_since([(one.starts_on, one.ends_on) for one in spells], self.today, self.words.gap_days)


def story_of(actor: Actor, client: Client, *, today: date, language: str) -> Story:
    """Everything about a client whom the actor may see."""
    ids = [client.pk]
    housemates = housemates_of(ids)
    mates = {mate.client_id for mate in housemates}
    visible = set(visible_clients(actor).filter(pk__in=mates).values_list("pk", flat=True)) if mates else set()
    return Story(
        actor=actor,
        client=client,
        person=Person.objects.current().filter(client=client).first(),
        today=today,
        language=language,
        words=words_on(latest_recording(), client.municipality_id, today),
        facts=held_facts(ids),
        housemates=housemates,
        visible=frozenset(visible),
        measurements=measurements_of(client.pk),
        help=help_of(client.pk),
    )
