"""How sure a share is, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import ceil, floor

from django.utils.translation import gettext as _

from opstap.analytics.shares import HUNDRED_PERCENT
from opstap.analytics.uncertainty import SMALL, Difference, Estimate
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words

Value = str | int | Decimal | None


def between(found: Estimate) -> str:
    """Between which whole percentages the share of all lies; exact when it is known of everybody."""
    if not found.whole:
        return ""
    if not found.known:
        return _("known of nobody")
    bounds = found.bounds()
    if bounds is None:
        return _("exact: known of everybody")
    low, high = bounds
    said = _("between {low} and {high}").format(low=share_words(low, 0), high=share_words(high, 0))
    if found.is_small:
        return _("{interval}; known of fewer than {small} people").format(interval=said, small=SMALL)
    return said


def ends_words(low: Value, high: Value) -> str:
    """The ends in the fewest words, for below a share in its cell; nothing where there are none."""
    if not (isinstance(low, Decimal) and isinstance(high, Decimal)):
        return ""
    return f"{number(floor(low))}–{share_words(Decimal(ceil(high)), 0)}"


def ends_note() -> str:
    """What the ends below a share are."""
    return _(
        "Below a share that is not known of everybody stands between which shares that of all of them lies, 19 times "
        "out of 20."
    )


def small_note() -> str:
    """What the mark beside a share of few people means."""
    return _("° A share of fewer than {small} people says little.").format(small=SMALL)


def comparisons_note(comparisons: int) -> str:
    """That a difference was looked for so many times, and that this is reckoned with; nothing of one or none."""
    if comparisons < 2:
        return ""
    text = _(
        "{n} comparisons stand together here. That is reckoned with: something is called a difference only when it is "
        "more than coincidence also among so many."
    )
    return text.format(n=number(comparisons))


def change_words(found: Difference, *, short: bool = False) -> str:
    """How much more or fewer have something, in percentage points; a change is called one only when it is.

    `short` says of what may be chance no more than that.
    """
    words = Wordings(_("more"), _("fewer"), _("no change"), _("no clear change"))
    return words.unclear if short and is_unclear(found) else _in_words(found, words)


def difference_words(found: Difference) -> str:
    """How much more or less often one group has something than another; a difference is called one only when it is."""
    return _in_words(found, Wordings(_("more often"), _("less often"), _("no difference"), _("no clear difference")))


def as_points(found: Difference, decimals: int) -> dict[str, Decimal | None]:
    """A difference and its ends in percentage points, the ends rounded outward."""
    exact = found.low == found.high
    return {
        "points": points(found.found, decimals, ROUND_HALF_UP),
        "low": points(found.low, decimals, ROUND_HALF_UP if exact else ROUND_FLOOR),
        "high": points(found.high, decimals, ROUND_HALF_UP if exact else ROUND_CEILING),
    }


def points(part_of_one: float | None, decimals: int, rounding: str) -> Decimal | None:
    """A difference in percentage points."""
    if part_of_one is None:
        return None
    exact = Decimal(repr(round(part_of_one * HUNDRED_PERCENT, 9)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding) + 0


def is_unclear(found: Difference) -> bool:
    """Whether it was measured, and may be chance."""
    return found.low != found.high and not found.sign


@dataclass(frozen=True)
class Wordings:
    """The words for either side of no difference, for none at all, and for one that may be chance."""

    more: str
    fewer: str
    none: str
    unclear: str


def _in_words(found: Difference, words: Wordings) -> str:
    if found.low is None or found.high is None:
        return _("cannot be said")
    side = words.more if found.low > 0 else words.fewer
    if found.low == found.high:
        if not found.low:
            return words.none
        size = number(abs(found.low) * HUNDRED_PERCENT, 1)
        return _("{size} percentage points {side}").format(size=size, side=side)
    ends = (found.low * HUNDRED_PERCENT, found.high * HUNDRED_PERCENT)
    if not found.sign:
        text = _("{unclear}: between {fewer} points fewer and {more} points more")
        return text.format(unclear=words.unclear, fewer=_outward(-ends[0]), more=_outward(ends[1]))
    near, far = sorted(abs(end) for end in ends)
    text = _("{near} to {far} percentage points {side}")
    decimals = next((one for one in (1, 2) if floor(near * 10**one)), 0)
    if not decimals:  # nought at the near end would say that it may be none
        text = _("more than 0 and at most {far} percentage points {side}")
    shown = number(floor(near * 10**decimals) / 10**decimals, decimals)
    return text.format(near=shown, far=_outward(far, 1), side=side)


def _outward(size: float, decimals: int = 0) -> str:
    """Rounded up, so that an interval promises no more than it holds."""
    scale = 10**decimals
    return number(ceil(round(size * scale, 6)) / scale, decimals)
