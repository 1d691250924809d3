"""Permitting research, and ending it. Who takes the extract does not permit it: those are two permissions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.ladder.selectors.scales import scales_on
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Quarter
from opstap.reporting.models import ResearchPermit

LONGEST = timedelta(days=2 * 366)


class ResearchRefused(Exception):
    """Research that can't be permitted or ended so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ResearchTerms:
    """What is permitted to whom, on what ground and what for, half-open from `starts_on` to `ends_on`; and of which
    moments, on which scale.
    """

    name: str
    institution: str
    ground: str
    purpose: str
    starts_on: date
    ends_on: date
    earlier: Quarter
    later: Quarter
    scale: str

    @property
    def fault(self) -> str:
        """What is wrong with it, as a code; empty when nothing is."""
        if not all(words.strip() for words in (self.name, self.institution, self.ground, self.purpose)):
            return "words_missing"
        if self.ends_on <= self.starts_on or self.ends_on <= dates.today():
            return "over_before_it_begins"
        if self.earlier >= self.later or self.later.last_day >= dates.today():
            return "moments_not_in_order"
        return "too_long" if self.ends_on - self.starts_on > LONGEST else ""


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A permit as it is written."""

    municipality_id: int
    reference: str
    name: str
    institution: str
    ground: str
    purpose: str
    starts_on: date
    ends_on: date | None
    earlier: str
    later: str
    scale: str
    replaces_id: int | None = None


def permit_research(*, by: Actor, municipality: Municipality, terms: ResearchTerms) -> str:
    """Let extracts be taken for a piece of research, for a while; returns its reference."""
    by.require("permit_research")
    _require_own(by, municipality.pk)
    if terms.fault:
        raise ResearchRefused(terms.fault)
    if terms.scale not in {one.key for one in scales_on(dates.today())}:
        raise ResearchRefused("no_such_scale")
    row = PermitRow(
        municipality.pk,
        new_reference(),
        terms.name.strip(),
        terms.institution.strip(),
        terms.ground.strip(),
        terms.purpose.strip(),
        terms.starts_on,
        terms.ends_on,
        terms.earlier.key,
        terms.later.key,
        terms.scale,
    )
    with writing(by=by, verb="permit_research", about=row.reference) as recording:
        append_facts(ResearchPermit, [row], recording=recording)
    return row.reference


def end_research(*, by: Actor, permit: ResearchPermit) -> None:
    """From today on no extract is taken for it; one that had yet to begin never was permitted."""
    by.require("permit_research")
    _require_own(by, permit.municipality_id)
    today = dates.today()
    if permit.withdrawn or (permit.ends_on is not None and permit.ends_on <= today):
        raise ResearchRefused("ended_already")
    with writing(by=by, verb="end_research", about=permit.reference) as recording:
        require_standing(ResearchPermit, [permit.pk])
        if permit.starts_on >= today:
            withdraw_facts(ResearchPermit, [permit.pk], recording=recording)
        else:
            append_facts(ResearchPermit, [replace(_row(permit), ends_on=today)], recording=recording)


def _row(permit: ResearchPermit) -> PermitRow:
    """A correction of it that says the same."""
    return PermitRow(
        permit.municipality_id,
        permit.reference,
        permit.name,
        permit.institution,
        permit.ground,
        permit.purpose,
        permit.starts_on,
        permit.ends_on,
        permit.earlier,
        permit.later,
        permit.scale,
        permit.pk,
    )


def _require_own(by: Actor, municipality_id: int) -> None:
    if by.municipality_id not in {None, municipality_id}:
        message = "not one's own municipality"
        raise PermissionDenied(message)
