"""Reads: the traits that a municipality defined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opstap.municipality.logic import OWN_TRAIT
from opstap.municipality.models import TraitDefinition


@dataclass(frozen=True)
class OwnTrait:
    """A trait that the municipality defined; `code` is what a fact has as its kind."""

    reference: str
    code: str
    kind: str
    name_nl: str
    name_en: str
    choices: tuple[tuple[str, str, str], ...]
    on_placement: bool
    starts_on: date
    ends_on: date | None

    def name(self, language: str) -> str:
        """What it is called."""
        return self.name_en if language == "en" else self.name_nl

    def labels(self, language: str) -> dict[str, str]:
        """The labels of its list, by code."""
        return {code: (en or nl) if language == "en" else nl for code, nl, en in self.choices}


def own_traits(municipality_id: int, day: date | None = None) -> list[OwnTrait]:
    """The traits that a municipality defined: those that hold on a day, or all there ever were."""
    rows = TraitDefinition.objects.filter(municipality=municipality_id)
    if day is not None:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    return [
        OwnTrait(
            reference=row.reference,
            code=OWN_TRAIT + row.key,
            kind=row.kind,
            name_nl=row.name_nl,
            name_en=row.name_en,
            choices=tuple((code, nl, en) for code, nl, en in row.choices),
            on_placement=row.on_placement,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]


def words_of_trait(definition: TraitDefinition) -> dict[str, object]:
    """What its form shows, by field: what is changed in place."""
    return {name: getattr(definition, name) for name in ("name_nl", "name_en", "choices", "on_placement")}
