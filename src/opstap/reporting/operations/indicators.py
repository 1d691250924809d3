"""Composing indicators, correcting and withdrawing them. Who composes sees no figure of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.utils.text import slugify

from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.logic import kinds_not_recorded
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Composition
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.selectors.composed import material_for

OWN = "own-"  # begins the key of an indicator that a municipality composed
LONGEST_KEY = 50


class IndicatorRefused(Exception):
    """An indicator that can't be composed so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as it is written."""

    municipality_id: int
    reference: str
    key: str
    name: str
    meaning: str
    about: str
    base: list[tuple[str, list[str]]]
    counted: tuple[str, list[str]]
    better: int
    matures_after: int
    unit: str
    scale: str
    replaces_id: int | None = None


def compose_indicator(*, by: Actor, municipality: Municipality, terms: Composition) -> str:
    """Add an indicator to the registry of a municipality; returns its reference. IndicatorRefused says why not."""
    by.require("configure_municipality")
    _require_own(by, municipality.pk)
    reference = new_reference()
    with writing(by=by, verb="compose_indicator", about=reference) as recording:
        _check(by, municipality.pk, terms)
        row = _row(municipality.pk, reference, _free_key(municipality.pk, terms.name), terms)
        append_facts(ComposedIndicator, [row], recording=recording)
    return reference


def correct_indicator(*, by: Actor, indicator: ComposedIndicator, terms: Composition) -> None:
    """Say it otherwise from now on; what was known before stays. ReplacedMeanwhile when it stands no more."""
    by.require("configure_municipality")
    _require_own(by, indicator.municipality_id)
    if terms.about != indicator.about:
        raise IndicatorRefused("kind_is_fixed")
    with writing(by=by, verb="correct_indicator", about=indicator.reference) as recording:
        require_standing(ComposedIndicator, [indicator.pk])
        _check(by, indicator.municipality_id, terms, but=indicator)
        row = _row(indicator.municipality_id, indicator.reference, indicator.key, terms)
        append_facts(ComposedIndicator, [replace(row, replaces_id=indicator.pk)], recording=recording)


def withdraw_indicator(*, by: Actor, indicator: ComposedIndicator) -> None:
    """No longer in reports from now on. ReplacedMeanwhile when it stands no more."""
    by.require("configure_municipality")
    _require_own(by, indicator.municipality_id)
    with writing(by=by, verb="withdraw_indicator", about=indicator.reference) as recording:
        require_standing(ComposedIndicator, [indicator.pk])
        withdraw_facts(ComposedIndicator, [indicator.pk], recording=recording)


def _check(by: Actor, municipality_id: int, terms: Composition, *, but: ComposedIndicator | None = None) -> None:
    """Its own faults, groups that are not there, a name that another has, and words of what is not recorded."""
    others = ComposedIndicator.objects.current().filter(municipality=municipality_id)
    names = {one.name.casefold() for one in others if but is None or one.pk != but.pk}
    material = material_for(by, municipality_id, dates.today(), "nl", scale=terms.scale)
    fault = terms.fault or material.fault(terms)
    if not fault and terms.name.strip().casefold() in names:
        fault = "name_taken"
    if not fault and kinds_not_recorded(terms.name, terms.meaning):
        fault = "not_recorded"
    if fault:
        raise IndicatorRefused(fault)


def _free_key(municipality_id: int, name: str) -> str:
    """Made of the name; it stays when the name changes, also of one that was withdrawn."""
    taken = set(ComposedIndicator.objects.filter(municipality=municipality_id).values_list("key", flat=True))
    made = OWN + (slugify(name)[:LONGEST_KEY].strip("-") or "indicator")
    return next(key for key in (made, *(f"{made}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _row(municipality_id: int, reference: str, key: str, terms: Composition) -> IndicatorRow:
    return IndicatorRow(
        municipality_id,
        reference,
        key,
        terms.name.strip(),
        terms.meaning.strip(),
        terms.about,
        [(one.about, list(one.groups)) for one in terms.base],
        (terms.counted.about, list(terms.counted.groups)),
        terms.better,
        terms.matures_after,
        "persons",
        terms.scale,
    )


def _require_own(by: Actor, municipality_id: int) -> None:
    if by.municipality_id not in {None, municipality_id}:
        message = "not one's own municipality"
        raise PermissionDenied(message)
