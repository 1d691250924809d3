"""The classes of time on benefit, as the municipality laid them down for a day. Not here: who falls in which."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from opstap.municipality.logic import DURATION_CLASSES, SETTINGS, class_years
from opstap.municipality.models import Setting
from opstap.municipality.selectors import settings_at

Classes = tuple[tuple[int, str], ...]
NO_END = 200  # years that nobody reaches


def duration_years(recording: int, municipality_id: int, day: date) -> tuple[int, ...]:
    """The years at which a next class begins on a day, as known at a recording."""
    return class_years(str(settings_at(recording, municipality_id, [DURATION_CLASSES], day)[DURATION_CLASSES]))


def years_ever(municipality_id: int) -> tuple[int, ...]:
    """Every year at which a class began on any day, as known at any moment: no class of before lies across one."""
    told = Setting.objects.filter(municipality=municipality_id, key=DURATION_CLASSES).values_list("value", flat=True)
    default = str(SETTINGS[DURATION_CLASSES].default)
    return tuple(sorted({year for classes in {default, *told} for year in class_years(classes)}))


def duration_classes(years: tuple[int, ...]) -> Classes:
    """Each class with the years below which it lies, the last without an end: <1, 1-2, 2-5, 5-10, >=10."""
    between = tuple((high, f"{low}-{high}") for low, high in pairwise(years))
    return ((years[0], f"<{years[0]}"), *between, (NO_END, f">={years[-1]}"))


def least_years(code: str) -> int:
    """The least years that a class stands for."""
    return 0 if code.startswith("<") else int(code.removeprefix(">=").split("-", maxsplit=1)[0])


def class_with(code: str, years: tuple[int, ...]) -> str:
    """The class for a code of other classes, by the least years it stands for: of who was erased only that is left."""
    least = least_years(code)
    return next(label for below, label in duration_classes(years) if least < below)
