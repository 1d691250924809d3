"""Recording exemptions, barriers, traits and memberships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import BarrierRow, ExemptionRow, MembershipRow, TraitRow
from opstap.clients.models import Barrier, Exemption, Membership, Programme, Trait
from opstap.clients.operations.appending import append_periods
from opstap.clients.selectors.programmes import words_of
from opstap.municipality.models import Municipality


def record_exemptions(*, by: Actor, rows: Sequence[ExemptionRow]) -> None:
    """Record exemptions from a duty."""
    append_periods(by=by, model=Exemption, verb="record_exemptions", rows=rows)


def record_barriers(*, by: Actor, rows: Sequence[BarrierRow]) -> None:
    """Record barriers in their broad kinds."""
    append_periods(by=by, model=Barrier, verb="record_barriers", rows=rows)


def record_traits(*, by: Actor, rows: Sequence[TraitRow], why: str = "") -> None:
    """Record traits; a correction may say why."""
    append_periods(by=by, model=Trait, verb="record_traits", rows=rows, why=why)


def record_memberships(*, by: Actor, rows: Sequence[MembershipRow]) -> None:
    """Put clients in target groups and programmes."""
    append_periods(by=by, model=Membership, verb="record_memberships", rows=rows)


def create_programme(*, by: Actor, municipality: Municipality, name: str, meaning: str = "") -> Programme:
    """Make a target group or programme."""
    by.require("configure_municipality")
    with writing(by=by, verb="create_programme", about=name):
        return Programme.objects.create(municipality=municipality, name=name, meaning=meaning)


def change_programme(
    *,
    by: Actor,
    programme: Programme,
    name: str,
    meaning: str,
    ended_on: date | None,
    opened_on: str | None = None,
) -> None:
    """Rename a programme, say what it is for, or end it; who took part stays recorded as it was.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="change_programme", about=programme.reference):
        programme.refresh_from_db()
        require_unchanged("programme", words_of(programme), opened_on)
        programme.name, programme.meaning, programme.ended_on = name, meaning, ended_on
        programme.save()
