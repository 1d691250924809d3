"""Entering figures that were printed before Opstap, a whole table at once; correcting and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied

from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality
from opstap.reporting.logic.free_text import fault_of
from opstap.reporting.models import EarlierFigures
from opstap.reporting.selectors.series import counted_from, earlier_figures, levels_of_series

MOST = 1_000_000


class EarlierRefused(Exception):
    """A table that can't be entered so; `code` says why, `day` of which day it speaks."""

    def __init__(self, code: str, day: date | None = None) -> None:
        super().__init__(code)
        self.code, self.day = code, day


@dataclass(frozen=True, slots=True)
class EarlierTerms:
    """A printed table: of which day, where it stands, and how many people by the code of a level."""

    on: date
    source: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A printed table as it is written."""

    municipality_id: int
    reference: str
    on: date
    scale: str
    counts: Mapping[str, int]
    source: str
    replaces_id: int | None = None


def enter_earlier(*, by: Actor, municipality: Municipality, terms: EarlierTerms) -> str:
    """Enter a printed table; returns its reference. EarlierRefused says what is wrong."""
    by.require("make_publications")
    row = _row(by, municipality.pk, new_reference(), terms)
    with writing(by=by, verb="enter_earlier_figures", about=row.reference) as recording:
        append_facts(EarlierFigures, [row], recording=recording)
    return row.reference


def correct_earlier(*, by: Actor, figures: EarlierFigures, terms: EarlierTerms) -> None:
    """What it should have said. ReplacedMeanwhile when it stands no more."""
    by.require("make_publications")
    row = _row(by, figures.municipality_id, figures.reference, terms)
    with writing(by=by, verb="correct_earlier_figures", about=row.reference) as recording:
        require_standing(EarlierFigures, [figures.pk])
        append_facts(EarlierFigures, [replace(row, replaces_id=figures.pk)], recording=recording)


def withdraw_earlier(*, by: Actor, figures: EarlierFigures) -> None:
    """It should not have been entered. ReplacedMeanwhile when it stands no more."""
    by.require("make_publications")
    _require_own(by, figures.municipality_id)
    with writing(by=by, verb="withdraw_earlier_figures", about=figures.reference) as recording:
        require_standing(EarlierFigures, [figures.pk])
        withdraw_facts(EarlierFigures, [figures.pk], recording=recording)


def _row(by: Actor, municipality_id: int, reference: str, terms: EarlierTerms) -> EarlierRow:
    _require_own(by, municipality_id)
    scale, levels = levels_of_series(municipality_id)
    if terms.on > dates.today():
        raise EarlierRefused("day_to_come")
    first = counted_from(municipality_id)
    if first is not None and terms.on >= first:
        raise EarlierRefused("is_counted", first)
    if not terms.source.strip():
        raise EarlierRefused("no_source")
    if fault := fault_of(terms.source):
        raise EarlierRefused(fault)
    if not terms.counts:
        raise EarlierRefused("nothing_printed")
    known = {level.code for level in levels}
    if any(code not in known or not 0 <= count <= MOST for code, count in terms.counts.items()):
        raise EarlierRefused("no_such_number")
    others = (one for one in earlier_figures(municipality_id) if one.reference != reference)
    if any(one.on == terms.on for one in others):
        raise EarlierRefused("is_there")
    return EarlierRow(municipality_id, reference, terms.on, scale, dict(terms.counts), terms.source.strip())


def _require_own(by: Actor, municipality_id: int) -> None:
    if by.municipality_id not in {None, municipality_id}:
        message = "not one's own municipality"
        raise PermissionDenied(message)
