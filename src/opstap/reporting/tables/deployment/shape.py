"""The columns of the report `deployment` in words and colours, and the two shares that are held beside each other."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate, apart, drawn, estimated
from opstap.foundation.charts.colours import RISEN, SAME, UNKNOWN, lighter
from opstap.reporting.selectors.deployment import (
    GROWTH_WITH,
    GROWTH_WITHOUT,
    NO_GROWTH_LEVEL,
    NONE_WITH,
    NONE_WITHOUT,
    NOT_KNOWN,
)
from opstap.reporting.tables.crosstab import Across, Shape


def shape_of() -> Shape:
    """With growth potential and without, each with an instrument and without; then who stands apart."""
    apart = _("Stands on no level, on code 0 or on the highest one.")
    return Shape(
        "deployed",
        (
            Across(GROWTH_WITH, _("growth, with an instrument"), "", RISEN),
            Across(GROWTH_WITHOUT, _("growth, without an instrument"), "", lighter(RISEN)),
            Across(NONE_WITH, _("no growth, with an instrument"), "", SAME),
            Across(NONE_WITHOUT, _("no growth, without an instrument"), "", lighter(SAME)),
            Across(NOT_KNOWN, _("not known"), _("Growth potential or instrument."), UNKNOWN, hatched=True),
            Across(NO_GROWTH_LEVEL, _("can have no growth potential"), apart, "#EDEFF2", hatched=True),
        ),
    )


def shares_with_instrument(columns: Mapping[str, int]) -> tuple[Estimate, Estimate]:
    """Which part has an instrument, of those with growth potential and of those without."""
    return (
        drawn(columns[GROWTH_WITH], columns[GROWTH_WITH] + columns[GROWTH_WITHOUT]),
        drawn(columns[NONE_WITH], columns[NONE_WITH] + columns[NONE_WITHOUT]),
    )


def sure_shares(columns: Mapping[str, int]) -> tuple[Estimate, Estimate]:
    """The same with how sure they are: of whom the one or the other is not known may belong to either."""
    sides = [(columns[GROWTH_WITH], columns[GROWTH_WITHOUT]), (columns[NONE_WITH], columns[NONE_WITHOUT])]
    growth, none = estimated(
        [(having, having + without, having + without + columns[NOT_KNOWN]) for having, without in sides]
    )
    return growth, none


def known_both(columns: Mapping[str, int]) -> Estimate:
    """Of how many who can have growth potential both that and the instrument is known; its coverage says which part."""
    known = sum(columns[key] for key in (GROWTH_WITH, GROWTH_WITHOUT, NONE_WITH, NONE_WITHOUT))
    return Estimate(part=known, known=known, whole=known + columns[NOT_KNOWN])


def can_be_told(columns: Mapping[str, int]) -> bool:
    """Whether there are enough people of both to hold the shares beside each other."""
    return all(side.known and not side.is_small for side in shares_with_instrument(columns))


def verdict_of(columns: Mapping[str, int], comparisons: int = 1) -> str:
    """Whether instruments go more to the one than to the other, said only where it is so, as one of so many
    `comparisons` that are looked at together.
    """
    growth, none = shares_with_instrument(columns)
    if not (growth.known and none.known):
        return ""
    if not can_be_told(columns):
        return _("too few people to say")
    sign = apart(none, growth, comparisons).sign
    if sign:
        return _("more with growth potential") if sign > 0 else _("more without growth potential")
    return _("no clear difference")
