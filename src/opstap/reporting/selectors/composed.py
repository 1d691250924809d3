"""Indicators that a municipality composed: as known at a recording, their history, and of what they can be composed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from opstap.analytics.indicators import Indicator
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording, remembered
from opstap.ladder.selectors.scales import ScaleOnDay, scales_on
from opstap.municipality.logic import DEFAULT_SCALE
from opstap.municipality.selectors import OwnTrait, own_traits, parts_on, setting_on
from opstap.reporting.logic import (
    AGAIN,
    BECAME,
    ENDED,
    GOT,
    GROWTH,
    GROWTH_ANSWERS,
    JUDGED,
    LEVEL,
    NO_LEVEL,
    Composition,
    Condition,
)
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.selectors.groups import GroupWords, dimensions_for, group_words

APART = {"team", "worker"}
"""No condition is about these: a team has a target of its own, and of one worker no figure is composed."""


@dataclass(frozen=True)
class Composed:
    """An indicator of the municipality's own as it stands in the registry."""

    key: str
    reference: str
    terms: Composition

    @property
    def indicator(self) -> Indicator:
        """Its definition beside those that every municipality has."""
        better = cast("Literal[-1, 0, 1]", self.terms.better)
        terms = self.terms
        return Indicator(key=self.key, about=terms.about, better=better, codes=(), matures_after=terms.matures_after)


def terms_of(row: ComposedIndicator) -> Composition:
    """What a row says."""
    return Composition(
        name=row.name,
        meaning=row.meaning,
        about=cast("Literal['day', 'two_days']", row.about),
        base=tuple(_condition(one) for one in row.base),
        counted=_condition(row.counted),
        better=row.better,
        matures_after=row.matures_after,
        scale=row.scale,
    )


def _condition(stored: tuple[str, list[str]]) -> Condition:
    about, groups = stored
    return Condition(about, tuple(groups))


@remembered
def composed_known(recording: int, municipality_id: int) -> tuple[Composed, ...]:
    """Those of a municipality as known at a recording, in the order of their names."""
    known = ComposedIndicator.objects.filter(municipality=municipality_id, recording__lte=recording)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    rows = known.filter(withdrawn=False).exclude(pk__in=replaced).order_by("name", "pk")
    return tuple(Composed(row.key, row.reference, terms_of(row)) for row in rows)


def composed_rows(municipality_id: int) -> list[ComposedIndicator]:
    """All as they stand now, withdrawn ones too, by name."""
    rows = ComposedIndicator.objects.filter(municipality=municipality_id, replaced_by__isnull=True)
    return list(rows.select_related("recording").order_by("withdrawn", "name", "pk"))


def composed_history(municipality_id: int, reference: str) -> list[ComposedIndicator]:
    """Every row of one, the first one first; empty when there is no such."""
    rows = ComposedIndicator.objects.filter(municipality=municipality_id, reference=reference)
    return list(rows.select_related("recording").order_by("recording", "pk"))


@dataclass(frozen=True)
class Material:
    """Of what an indicator can be composed: dimensions with their groups, and the levels of a scale."""

    words: GroupWords
    own: tuple[OwnTrait, ...]
    scale: ScaleOnDay | None
    has_instruments: bool

    def fault(self, terms: Composition) -> str:
        """What is wrong with conditions that are taken of it, as a code; empty when nothing is."""
        return "" if all(set(one.groups) <= self._groups(one.about) for one in terms.conditions) else "no_such_group"

    def scale_of(self, conditions: Iterable[Condition]) -> str:
        """The key of the scale whose levels they name; empty when they name none."""
        return self.scale.key if self.scale and any(one.about == LEVEL for one in conditions) else ""

    def _groups(self, about: str) -> set[str]:
        known: dict[str, set[str]] = {
            BECAME: {*JUDGED, *ENDED},
            AGAIN: set(JUDGED),
            GOT: {"yes"} if self.has_instruments else set(),
            GROWTH: set(GROWTH_ANSWERS),
            LEVEL: {NO_LEVEL, *(one.code for one in self.scale.whole_levels)} if self.scale else set(),
        }
        return known.get(about) or {group.public for group in self.words.get(about, {}).values()}


def material_for(actor: Actor, municipality_id: int, day: date, language: str, *, scale: str = "") -> Material:
    """What there is for this actor on a day, with the levels of the scale of that key, else of the municipality's own.
    Nothing of it is a figure.
    """
    own, parts = tuple(own_traits(municipality_id, day)), parts_on(municipality_id, day)
    keys = tuple(key for key in dimensions_for(actor, own, parts) if key not in APART)
    latest = latest_recording()
    words = group_words(latest, municipality_id, keys, day, language, recording=latest, own=own)
    wanted = scale or str(setting_on(municipality_id, DEFAULT_SCALE, day))
    found = next((one for one in scales_on(day) if one.key == wanted), None)
    return Material(words, own, found, has_instruments="plans" in parts)
