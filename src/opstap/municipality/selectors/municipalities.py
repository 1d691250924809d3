"""Reads: settings, parts and the state pension age on a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable

from opstap.audit.selectors import remembered
from opstap.foundation.prepared.slots import Statement
from opstap.municipality.logic import (
    FINER_GROUND,
    PART_PREFIX,
    PARTS,
    SECOND_FACTOR,
    SETTINGS,
    WORKS_COUNCIL_CONSENT,
    PensionAge,
    pension_day,
)
from opstap.municipality.models import Municipality, Setting, StatePensionAge

VALUE: Any = Setting._meta.get_field("value")


def setting_on(municipality_id: int, key: str, day: date, *, recording: int | None = None) -> int | str:
    """The value that holds on a day (as known at a recording), or the default. KeyError for an unknown setting."""
    return settings_on(municipality_id, [key], day, recording=recording)[key]


def settings_on(
    municipality_id: int, keys: Collection[str], day: date, *, recording: int | None = None
) -> dict[str, int | str]:
    """The same for several settings, in one query."""
    rows = Setting.objects.filter(municipality=municipality_id, key__in=keys)
    if recording is not None:
        rows = rows.filter(recording__lte=recording)
    return _held(list(rows.order_by("recording", "pk")), keys, day)


def settings_at(recording: int, municipality_id: int, keys: Collection[str], day: date) -> dict[str, int | str]:
    """The same as known at a recording, by what this process read before: no query as long as no setting changed."""
    known = _rows_of(recording, municipality_id)
    return _held([row for row in known if row.recording_id <= recording and row.key in keys], keys, day)


@remembered
def _rows_of(recording: int, municipality_id: int) -> tuple[Setting, ...]:
    del recording
    return tuple(Setting.objects.filter(municipality=municipality_id).order_by("recording", "pk"))


def _held(known: Sequence[Setting], keys: Collection[str], day: date) -> dict[str, int | str]:
    replaced = {row.replaces_id for row in known}
    held = [
        row
        for row in known
        if row.pk not in replaced
        and not row.withdrawn
        and row.starts_on <= day
        and (row.ends_on is None or day < row.ends_on)
    ]
    values = {row.key: row.value for row in held}
    return {key: _typed(values.get(key, SETTINGS[key].default), SETTINGS[key].default) for key in keys}


def consents_to_figures_by_worker(municipality_id: int, day: date) -> bool:
    """Whether the works council's consent to figures by case manager holds on a day (FIELD 5; WOR, art. 27)."""
    return bool(setting_on(municipality_id, WORKS_COUNCIL_CONSENT, day))


def has_ground_for_finer_barriers(municipality_id: int, day: date) -> bool:
    """Whether the municipality's ground for finer kinds of barriers holds on a day (FIELD 5; GDPR art. 9 and 10)."""
    return bool(setting_on(municipality_id, FINER_GROUND, day))


def _typed(value: int | str, default: int | str) -> int | str:
    return int(value) if isinstance(default, int) else str(value)


@dataclass(frozen=True)
class SettingPeriod:
    """A value that a setting has for a period; `holds` unless it was replaced by what was recorded later."""

    value: int | str
    starts_on: date
    ends_on: date | None
    holds: bool
    recorded_at: datetime
    recorded_by: str


def periods_of(municipality_id: int, keys: Collection[str]) -> dict[str, list[SettingPeriod]]:
    """All that was recorded of these settings, the latest period first; one query."""
    rows = list(
        Setting.objects.filter(municipality=municipality_id, key__in=keys)
        .select_related("recording")
        .order_by("-starts_on", "-recording", "-pk")
    )
    replaced = {row.replaces_id for row in rows}
    periods: dict[str, list[SettingPeriod]] = {key: [] for key in keys}
    for row in rows:
        if row.withdrawn:
            continue
        holds = row.pk not in replaced
        period = SettingPeriod(row.value, row.starts_on, row.ends_on, holds, row.recording.at, row.recording.actor_name)
        periods[row.key].append(period)
    return periods


def parts_on(municipality_id: int, day: date) -> frozenset[str]:
    """The parts that a municipality works with on a day; one query."""
    held = Setting.objects.active_on(day).filter(municipality=municipality_id, key__startswith=PART_PREFIX, value="off")
    return frozenset(PARTS) - {key.removeprefix(PART_PREFIX) for key in held.values_list("key", flat=True)}


def work_statement(municipality_id: int, day: date, **riding: Combinable) -> Statement:
    """The one query that every page asks: a municipality and the parts it works with on a day.

    What else every page wants to know rides along, as an attribute of the municipality.
    """
    switched_off = Setting.objects.active_on(day).filter(municipality=OuterRef("pk"), value="off")
    off = {f"without_{key}": Exists(switched_off.filter(key=PART_PREFIX + key)) for key in PARTS}
    factor = Setting.objects.active_on(day).filter(municipality=OuterRef("pk"), key=SECOND_FACTOR)
    riding["second_factor"] = Subquery(factor.order_by("-recording", "-pk").values("value")[:1])
    return Municipality.objects.filter(pk=municipality_id).annotate(**off, **riding).query.sql_with_params()


def municipality_with_parts(statement: Statement) -> tuple[Municipality, frozenset[str]]:
    """What that query answers; one query. A value comes as it is stored: it is asked past the model of settings."""
    found: Any
    (found,) = Municipality.objects.raw(*statement)
    found.second_factor = VALUE.from_db_value(found.second_factor, None, connection)
    return found, frozenset(key for key in PARTS if not getattr(found, f"without_{key}"))


def pension_day_of(born: date) -> date | None:
    """The day someone reaches state pension age by the table."""
    return pension_day(born, pension_ages())


def pension_ages() -> list[PensionAge]:
    """The table of state pension ages by birth date."""
    return [PensionAge(row.born_from, row.born_until, row.years, row.months) for row in StatePensionAge.objects.all()]


def last_change_of(municipality_id: int, key: str) -> int:
    """The row in which a setting was last changed; 0 where it never was."""
    last = Setting.objects.filter(municipality=municipality_id, key=key).order_by("-pk").values_list("pk", flat=True)
    return last.first() or 0


def words_of(municipality: Municipality) -> dict[str, Any]:
    """What a form changes of a municipality."""
    return {name: getattr(municipality, name) for name in ("name", "cbs_code", "environment", "banner")}
