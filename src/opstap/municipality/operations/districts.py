"""Taking over a postcode table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from opstap.audit.operations import append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.municipality.logic import DistrictRow, Replacement, plan_replacement
from opstap.municipality.models import Municipality, PostcodeDistrict


def replace_districts(
    *, by: Actor, municipality: Municipality, rows: Sequence[DistrictRow], since: date
) -> Replacement:
    """Let the table of a municipality read as these rows from a day on; what held before that day stays.

    ValueError for a row that begins before the day or belongs to another municipality.
    """
    by.require("configure_municipality")
    if any(row.starts_on < since or row.municipality_id != municipality.pk for row in rows):
        message = "a row of the postcode table begins before the day it holds from, or is of another municipality"
        raise ValueError(message)
    with writing(by=by, verb="replace_districts", about=municipality.name, count=len(rows)) as recording:
        own = PostcodeDistrict.objects.current().filter(municipality=municipality).order_by("pk")
        standing = [(row.pk, _row(row)) for row in own]
        change = plan_replacement(standing, rows, since)
        withdraw_facts(PostcodeDistrict, change.withdrawn, recording=recording)
        append_facts(PostcodeDistrict, [*change.ended, *change.added], recording=recording)
    return change


def _row(held: PostcodeDistrict) -> DistrictRow:
    names = [field.name for field in fields(DistrictRow) if field.name != "replaces_id"]
    return DistrictRow(**{name: getattr(held, name) for name in names})
