"""The shares that follow from published numbers, and from nothing else: where one is hidden, no share follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.analytics.disclosure import Cell, Rules
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import Estimate, Rounded, rounded_share
from opstap.facts.selectors.dimensions import UNKNOWN
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    GROWN,
    GROWTH,
    LEFT,
    LEVEL,
    NONE,
    NOT_AGAIN,
    OTHER,
    REACHED,
    RISEN,
    SAME,
    WAYS,
    ReleasedAxis,
    ReleasedClass,
)
from opstap.reporting.selectors.released.classes import EXPECTED, INSTRUMENT
from opstap.reporting.tables.released.sheets import Sheet

Codes = tuple[str, ...]
EVERYBODY, KNOWN = _("everybody"), _("of whom it is known")
AGAIN, PLACED_THEN = _("placed again within the year"), _("placed a year before, and now")
COULD_GROW = _("with growth potential, placed again")


@dataclass(frozen=True)
class Measure:
    """A share over the classes of a dimension: those of the part, the rest of whom it is known, and who lacks.

    `of`: of whom it is a share, as words. `tells_known`: whether it is said of how many it is known. `indicator` is the
    one of the registry that is the same share, if a target can be set for it.
    """

    key: str
    name: Promise
    part: Codes
    rest: Codes
    lacking: Codes = ()
    of: Promise = EVERYBODY
    tells_known: bool = False
    indicator: str = ""


def _answer(key: str, name: Promise, part: Codes, rest: Codes, indicator: str = "") -> tuple[Measure, ...]:
    return (Measure(key, name, part, rest, (UNKNOWN,), KNOWN, tells_known=True, indicator=indicator),)


def _of_placed_again(key: str, name: Promise, part: Codes, rest: Codes, indicator: str = "") -> Measure:
    return Measure(key, name, part, rest, (NOT_AGAIN,), AGAIN, tells_known=True, indicator=indicator)


def _of_growth(key: str, name: Promise, part: Codes, rest: Codes) -> Measure:
    return Measure(key, name, part, rest, (NOT_AGAIN,), COULD_GROW, tells_known=True)


MEASURES: Mapping[str, tuple[Measure, ...]] = {
    BECAME: (
        _of_placed_again("risen", _("rose"), (RISEN,), (SAME, FALLEN), indicator="risen_of_placed_again"),
        _of_placed_again("same", _("stayed"), (SAME,), (RISEN, FALLEN, OTHER)),
        _of_placed_again("fallen", _("fell"), (FALLEN,), (RISEN, SAME), indicator="fallen_of_placed_again"),
        _of_placed_again("moved", _("went to another group"), (OTHER,), (SAME,)),
        Measure("not-again", _("not placed again"), (NOT_AGAIN,), (RISEN, SAME, FALLEN, OTHER), of=PLACED_THEN),
    ),
    GROWN: (
        _of_growth(
            "reached", _("of those with growth potential: came as far as expected"), (REACHED,), (RISEN, SAME, FALLEN)
        ),
        _of_growth(
            "higher", _("of those with growth potential: came higher, less far"), (RISEN,), (REACHED, SAME, FALLEN)
        ),
        _of_growth("not-higher", _("of those with growth potential: came no higher"), (SAME, FALLEN), (REACHED, RISEN)),
    ),
    GROWTH: _answer("growth", _("with growth potential"), ("yes",), ("no",)),
    INSTRUMENT: _answer("instrument", _("with an instrument"), ("yes",), ("no",)),
    "low-literacy": _answer("low-literate", _("low-literate"), ("yes",), ("no",), "low_literacy"),
    "basic-qualification": _answer(
        "no-qualification", _("without basic qualification"), ("no",), ("yes",), "no_qualification"
    ),
    "integration": _answer("integration", _("with a duty or need to integrate"), ("duty", "need"), ("none",)),
    "exemption": (Measure("exempt", _("with an exemption"), ("yes",), (UNKNOWN,)),),
}
"""By dimension, in the order in which one is chosen where a table has two of them."""
PLACED = "placed"


@dataclass(frozen=True)
class ShareLine:
    """What follows for one group, or with no classes for all together.

    A measure that is not there can't be; `None` is one that needs a hidden number. `known` is of what percentage it is
    known.
    """

    classes: tuple[ReleasedClass, ...]
    found: Mapping[str, Estimate | None]
    known: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class ShareSheet:
    """The shares of a table: a line for each group, a figure for each measure."""

    sheet: Sheet
    measures: tuple[Measure, ...]
    heads: tuple[ReleasedAxis, ...]
    lines: tuple[ShareLine, ...]

    @property
    def key(self) -> str:
        """What it is called among the files."""
        return f"{self.sheet.table.key}-shares"

    @property
    def gives(self) -> bool:
        """Whether any share follows."""
        return any(found is not None for line in self.lines for found in line.found.values())

    def tells(self, one: Measure) -> bool:
        """Whether it is said of any group of how many a share is known. How many were placed again is the same for
        several shares, and stands in a column of its own.
        """
        again = NOT_AGAIN in one.lacking and len(self.measures) > 1
        return one.tells_known and not again and any(line.known.get(one.key) is not None for line in self.lines)

    @property
    def lacks(self) -> bool:
        """Whether a number that some share needs is hidden."""
        return any(found is None for line in self.lines for found in line.found.values())


def shares_of(sheet: Sheet, threshold: int) -> ShareSheet | None:
    """The shares that a table gives, if it gives any."""
    dimensions = sheet.table.dimensions
    chosen = next((key for key in MEASURES if key in dimensions), LEVEL if LEVEL in dimensions else "")
    if not chosen or (chosen == LEVEL and EXPECTED in dimensions):
        return None
    axis = sheet.released.axes[chosen]
    measures = _measures(axis)
    heads = tuple(sheet.released.axes[key] for key in dimensions if key != chosen)
    counting = _Counting(sheet, chosen, Rules(threshold))
    there = (tuple(one for one in head.classes if not one.code.startswith(LEFT)) for head in heads)
    lines = [line for classes in product(*there) if (line := counting.line(measures, [classes]))]
    if len(heads) == 1 and chosen != LEVEL:
        every = counting.line(measures, [line.classes for line in lines])
        lines += [ShareLine((), every.found, every.known)] if every else []
    if (
        chosen in WAYS and LEVEL in dimensions
    ):  # of who stands somewhere now, how many rose says nothing of who began there
        lines = [line for line in lines if not line.classes and sheet.released.table(chosen) is None]
    used = tuple(one for one in measures if any(one.key in line.found for line in lines))
    return ShareSheet(sheet, used, heads, tuple(lines)) if used else None


def _measures(axis: ReleasedAxis) -> tuple[Measure, ...]:
    """Those of a dimension, in the classes that this publication has of it; of the levels who has one."""
    if axis.dimension == LEVEL:
        levels = tuple(code for code in axis.codes if code != NONE and not code.startswith(LEFT))
        return (Measure(PLACED, _("with a level"), levels, (NONE,)),)
    there = set(axis.codes)
    found = (
        replace(
            one,
            part=_within(one.part, there),
            rest=_within(one.rest, there),
            lacking=_within(one.lacking, there),
        )
        for one in MEASURES[axis.dimension]
    )
    return tuple(_of_everybody(one) for one in found if one.part)


def _of_everybody(one: Measure) -> Measure:
    """A share of those of whom it is known, where that is everybody in question."""
    if not one.tells_known or one.lacking:
        return one
    return replace(one, of=EVERYBODY if one.of is KNOWN else one.of, tells_known=False)


def _within(codes: Codes, there: set[str]) -> Codes:
    return tuple(code for code in codes if code in there)


@dataclass(frozen=True)
class _Counting:
    """Takes from a table what a share needs."""

    sheet: Sheet
    chosen: str
    rules: Rules

    def line(self, measures: Sequence[Measure], groups: Sequence[tuple[ReleasedClass, ...]]) -> ShareLine | None:
        """The shares of some groups together; `None` where nothing can be in them."""
        found: dict[str, Estimate | None] = {}
        known: dict[str, Decimal | None] = {}
        for one in measures:
            part, rest, lacking = (list(self._cells(groups, codes)) for codes in (one.part, one.rest, one.lacking))
            if not part:
                continue
            estimate = rounded_share(part, rest, lacking)
            if estimate is None or estimate.known:
                found[one.key] = estimate
            if estimate is not None and one.tells_known and None not in lacking:
                known[one.key] = share(estimate.known, estimate.whole, 0)
        return ShareLine(tuple(groups[0]) if groups else (), found, known) if found else None

    def _cells(self, groups: Sequence[tuple[ReleasedClass, ...]], codes: Codes) -> Iterator[Rounded | None]:
        """What is shown in the cells of these groups and classes; none for one that can't hold anybody."""
        keys = [key for key in self.sheet.table.dimensions if key != self.chosen]
        for classes, code in product(groups, codes):
            at = {**{key: one.code for key, one in zip(keys, classes, strict=True)}, self.chosen: code}
            cell: Cell = tuple(at[key] for key in self.sheet.table.dimensions)
            if cell in self.sheet.table.shown:
                shown = self.sheet.table.shown[cell]
                yield None if shown is None else Rounded(shown, *self.rules.behind(shown))
