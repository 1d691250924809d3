"""Traits and what can become of them, in words and colours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.foundation.charts.colours import FALLEN, RISEN, SAME, UNKNOWN, lighter


def trait_label(key: str) -> str:
    """What a trait is called, as the head of a row."""
    return {
        "no_qualification": _("No basic qualification"),
        "low_literacy": _("Low literacy"),
        "integration_duty": _("Integration duty"),
    }[key]


def way_words(way: str) -> tuple[str, str, bool]:
    """What became of it, its colour, and whether that is hatched."""
    return {
        "kept": (_("still"), SAME, False),
        "gone": (_("no longer"), RISEN, False),
        "new": (_("new"), FALLEN, False),
        "neither": (_("on neither day"), lighter(SAME, 0.75), False),
        "unknown": (_("not known on one of the days"), UNKNOWN, True),
    }[way]
