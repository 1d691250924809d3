"""What a form carries to say on which version of something it was opened: opaque, and without what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from opstap.foundation.references import PATTERN, keyed_reference

BETWEEN = "-"
_SHAPE = re.compile(rf"{PATTERN}(?:{BETWEEN}{PATTERN})*")


def version_of(kind: str, number: int) -> str:
    """Of a row of a kind that is never changed: the row itself."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), f"version:{kind}", number)


def version_of_values(kind: str, values: Mapping[str, Any]) -> str:
    """Of something that is changed in place: what each of its fields holds."""
    return BETWEEN.join(_part(kind, name, value) for name, value in values.items())


def as_version(said: str) -> str:
    """What was said to be a version; empty, which is one of nothing, where it has not the shape of one."""
    return said if _SHAPE.fullmatch(said) else ""


def values_on(kind: str, version: str, *known: Mapping[str, Any]) -> dict[str, Any] | None:
    """What its fields held on a version, as far as that is one of the values known; None when it is no version of it.

    A field that held something else is left empty.
    """
    names, parts = list(known[0]), version.split(BETWEEN)
    if len(parts) != len(names):
        return None
    return {
        name: next((values[name] for values in known if _part(kind, name, values.get(name)) == part), None)
        for name, part in zip(names, parts, strict=True)
    }


def _part(kind: str, name: str, value: Any) -> str:
    said = "" if value is None else str(value)
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), f"version:{kind}.{name}", said)
