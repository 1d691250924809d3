"""Shares that follow from published numbers: rounded ones, of which some are hidden. Not here: which are published."""

from collections.abc import Sequence
from typing import NamedTuple

from opstap.analytics.uncertainty.estimates import Estimate, drawn


class Rounded(NamedTuple):
    """A number as it is shown, with the least and the greatest count that is shown so."""

    shown: int
    least: int
    most: int


def rounded_share(
    part: Sequence[Rounded | None], rest: Sequence[Rounded | None], lacking: Sequence[Rounded | None] = ()
) -> Estimate | None:
    """The share of the `part` in part and `rest` together, with an interval that reckons with their rounding.

    Shapes: the cells of each as they are shown, `None` where one is hidden; `lacking` are those of whom it is not
    known. The low end is that of the fewest in the part with the most in the rest that can be shown so, the high end
    that of the opposite; where there are `lacking` (also hidden ones) each end is that of a Wilson interval at 95 %.
    Comes out: an `Estimate`, of which `whole` has only those lacking that are shown; `None` where a number of the part
    or the rest is hidden, since nothing follows then. Units: persons. Source: the issue on steering information (rates
    from published numbers; an interval on every share of an incompletely covered group).
    """
    has, others = _together(part), _together(rest)
    if has is None or others is None:
        return None
    known = has.shown + others.shown
    whole = known + sum(one.shown for one in lacking if one is not None)
    if not known:
        return Estimate(part=0, known=0, whole=whole)
    fewest, most = (has.least, has.least + others.most), (has.most, has.most + others.least)
    low, high = (_ends(*fewest)[0], _ends(*most)[1]) if lacking else (fewest[0] / fewest[1], most[0] / most[1])
    return Estimate(part=has.shown, known=known, whole=whole, low=low, high=high)


def _together(cells: Sequence[Rounded | None]) -> Rounded | None:
    shown = [one for one in cells if one is not None]
    if len(shown) < len(cells):
        return None
    return Rounded(*(sum(numbers) for numbers in zip(Rounded(0, 0, 0), *shown, strict=True)))


def _ends(part: int, known: int) -> tuple[float, float]:
    found = drawn(part, known)
    return found.low or 0.0, 1.0 if found.high is None else found.high
