"""Municipalities and their settings, made by the operations."""

from __future__ import annotations

from datetime import date
from itertools import count

from opstap.audit.permissions import command_line
from opstap.municipality.models import Municipality, Setting
from opstap.municipality.operations import change_setting, create_municipality

LONG_AGO = date(2000, 1, 1)
_numbers = count(1)


def a_municipality(name: str = "", *, default_scale: str = "vng", since: date = LONG_AGO) -> Municipality:
    """A municipality of its own."""
    return create_municipality(
        by=command_line(), name=name or f"Gemeente {next(_numbers)}", default_scale=default_scale, since=since
    )


def a_setting(municipality: Municipality, key: str, value: int | str, since: date = LONG_AGO) -> Setting:
    """Another value from a day on."""
    return change_setting(by=command_line(), municipality=municipality, key=key, value=value, since=since)
