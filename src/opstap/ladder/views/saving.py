"""From the form of a placement to its row, with the traits that changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opstap.audit.permissions import Actor
from opstap.clients.logic import TraitRow
from opstap.ladder.enums import Growth
from opstap.ladder.forms import GROWTH_CODES, REPLACE, SECOND, TRAITS, PlacementForm
from opstap.ladder.logic import MeasurementRow, Remark, answers_as_text, changed_trait, held_on, shortened
from opstap.ladder.models import Measurement
from opstap.ladder.operations import record_measurement
from opstap.ladder.selectors.circumstances import STANDARD
from opstap.ladder.views.asked import Asked
from opstap.municipality.logic import OWN_TRAIT


def save(actor: Actor, asked: Asked, form: PlacementForm) -> list[Remark]:
    """Record what the form holds, with the traits that changed; returns the warnings."""
    given = form.cleaned_data
    replaced = asked.corrected or (form.taken if given["same_day"] == REPLACE else None)
    traits, ended = _changed_traits(asked, given)
    out = [form.taken.pk] if form.taken and asked.corrected and given["same_day"] == REPLACE else []
    row = _row(actor, asked, given, replaced)
    return record_measurement(by=actor, row=row, traits=traits, ended=ended, instead_of=out)


def _row(actor: Actor, asked: Asked, given: Mapping[str, Any], replaced: Measurement | None) -> MeasurementRow:
    levels = {level.code: level for level in asked.scale.levels}
    level, expected, own = levels[given["level"]], levels.get(given["expected"]), levels.get(given["client_level"])
    found = asked.asking()
    found_level = levels.get(found.found) if found else None
    found_before = asked.corrected.found_level_id if asked.corrected and found is None else None
    answers = [(answer.name.replace("-", "."), answer.answer == "yes") for answer in found.answered] if found else []
    kept = asked.corrected.answers if asked.corrected and not answers else answers_as_text(answers)
    return MeasurementRow(
        client_id=replaced.client_id if replaced else asked.client.pk,
        scale_id=asked.scale.id,
        measured_on=given["measured_on"],
        level_id=level.id,
        growth=(GROWTH_CODES.get(given["growth"], Growth.UNKNOWN) if level.records_growth else Growth.UNKNOWN),
        expected_level_id=expected.id if expected else None,
        expected_by=given["expected_by"] if expected else None,
        reason=given["reason"],
        worker_id=asked.corrected.worker_id if asked.corrected else actor.user_id,
        second_assessment=given["same_day"] == SECOND or bool(asked.corrected and asked.corrected.second_assessment),
        answers=kept,
        found_level_id=found_level.id if found_level else found_before,
        override_reason=given["override_reason"],
        client_level_id=own.id if own else None,
        client_view=given["client_view"],
        with_support=given["with_support"],
        with_aftercare=given["with_aftercare"],
        why=given["why"] if replaced else "",
        replaces_id=replaced.pk if replaced else None,
        **_copies(asked, given),
    )


def _copies(asked: Asked, given: Mapping[str, Any]) -> dict[str, str]:
    """What the placement says beside the level: as the form has it, and what nobody touched as of the day.

    Whether somebody is exempt is decided elsewhere, so that is always as of the day.
    """
    filled = {name: given[name] for name in TRAITS}
    if asked.corrected is not None:
        return filled | {"exempt": asked.corrected.exempt}
    day = given["measured_on"]
    as_of_day = asked.person.known.copies_on(day)
    held = asked.traits if day == asked.on else as_of_day
    copies = {name: value if _changed(asked, given, name) else held.get(name, "") for name, value in filled.items()}
    return copies | {"exempt": as_of_day["exempt"]}


def _changed(asked: Asked, given: Mapping[str, Any], kind: str) -> bool:
    """By who filled in the form, not by somebody else while the form or its draft waited."""
    return as_trait_value(given.get(kind)) != asked.started_with(kind)


def _changed_traits(asked: Asked, given: Mapping[str, Any]) -> tuple[list[TraitRow], list[int]]:
    """The trait of the client is the fact and the placement copies it: what was changed here holds from that day.

    What was emptied holds no longer from that day; with it those that began on that very day and are withdrawn.
    """
    rows: list[TraitRow] = []
    gone: list[int] = []
    for kind in [*STANDARD, *(name for name in given if name.startswith(OWN_TRAIT))]:
        if not _changed(asked, given, kind):
            continue
        value, held, day = as_trait_value(given.get(kind)), asked.person.known.of(kind), given["measured_on"]
        if value:
            rows += changed_trait(asked.client.pk, kind, value, day, held)
        elif now := held_on(held, day):
            rows += shortened(now, day)
            gone += [now.pk] if now.starts_on == day else []
    return rows, gone


def as_trait_value(given: object) -> str:
    """As a trait is kept: a day by its ISO form, a number as its digits."""
    if given is None:
        return ""
    return given.isoformat() if isinstance(given, date) else str(given)
