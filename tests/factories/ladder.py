"""Placements on the shipped scales, made by the operations."""

from __future__ import annotations

from datetime import date

from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client
from opstap.ladder.logic import MeasurementRow
from opstap.ladder.models import Level, Measurement, Scale
from opstap.ladder.operations import record_measurement

GROWTH = {"yes": 1, "no": 0, "unknown": -1}


def level(code: str, scale: str = "vng") -> Level:
    """A level by its code."""
    return Level.objects.get(scale__key=scale, code=code)


def a_placement(
    client: Client,
    code: str,
    on: date,
    *,
    scale: str = "vng",
    growth: str = "unknown",
    expected: str | None = None,
    replaces: Measurement | None = None,
    second: bool = False,
) -> MeasurementRow:
    """The row of a placement, not recorded yet."""
    return MeasurementRow(
        client_id=client.pk,
        scale_id=Scale.objects.get(key=scale).pk,
        measured_on=on,
        level_id=level(code, scale).pk,
        growth=GROWTH[growth],
        expected_level_id=level(expected, scale).pk if expected else None,
        second_assessment=second,
        replaces_id=replaces.pk if replaces else None,
    )


def placed(
    client: Client,
    code: str,
    *,
    on: date,
    scale: str = "vng",
    growth: str = "unknown",
    expected: str | None = None,
    replaces: Measurement | None = None,
    second: bool = False,
    by: Actor | None = None,
) -> Measurement:
    """A placement that is recorded."""
    row = a_placement(client, code, on, scale=scale, growth=growth, expected=expected, replaces=replaces, second=second)
    record_measurement(by=by or command_line(), row=row)
    return Measurement.objects.filter(client=client).latest("pk")
