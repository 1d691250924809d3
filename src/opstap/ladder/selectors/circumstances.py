"""Reads: the traits and exemptions of people beside whom a placement stands, in whichever of their dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from opstap.clients.enums import TraitKind
from opstap.clients.models import Exemption, Trait
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.ladder.logic import copied, held_on
from opstap.ladder.models import Measurement

DUTY_TO_WORK = ("", "work")  # a file names no duty: an exemption is from work, unless it says otherwise
STANDARD = tuple(kind.value for kind in TraitKind)


@dataclass(frozen=True)
class Circumstances:
    """What is held true about someone, on any day."""

    traits: Mapping[str, list[Trait]] = field(default_factory=lambda: defaultdict(list))
    exemptions: list[Exemption] = field(default_factory=list)

    def of(self, kind: str) -> list[Trait]:
        """The periods of a trait."""
        return self.traits.get(kind, [])

    def on(self, day: date) -> dict[str, Trait]:
        """The traits that hold on a day."""
        holding = {kind: held_on(periods, day) for kind, periods in self.traits.items()}
        return {kind: trait for kind, trait in holding.items() if trait is not None}

    def exempt_on(self, day: date) -> bool:
        """Whether an exemption from the duty to work holds on a day."""
        return self.exemption_on(day) is not None

    def exemption_on(self, day: date) -> Exemption | None:
        """The one that holds on a day; of several the one that lasts longest."""
        holding = [one for one in self.exemptions if one.starts_on <= day and (one.ends_on or date.max) > day]
        return max(holding, key=lambda one: one.ends_on or date.max, default=None)

    def copies_on(self, day: date, before: Measurement | None = None) -> dict[str, str]:
        """What a placement of the day says beside the level; `before` said what was never recorded apart."""
        copies = {kind: copied(self.of(kind), day, getattr(before, kind, "")) for kind in STANDARD}
        if any(one.starts_on <= day for one in self.exemptions):
            return copies | {"exempt": "yes" if self.exempt_on(day) else "no"}
        return copies | {"exempt": before.exempt if before else ""}


def circumstances_of(client_ids: Collection[int]) -> dict[int, Circumstances]:
    """Of each of these clients; two queries."""
    found = {client_id: Circumstances() for client_id in client_ids}
    own = in_dossiers_of(list(client_ids))
    for trait in Trait.objects.current().filter(own).annotate(whose=kept_client()).order_by("starts_on", "pk"):
        found[whose(trait)].traits[trait.kind].append(trait)
    from_work = Exemption.objects.current().filter(own, duty__in=DUTY_TO_WORK)
    for exemption in from_work.annotate(whose=kept_client()):
        found[whose(exemption)].exemptions.append(exemption)
    return found
