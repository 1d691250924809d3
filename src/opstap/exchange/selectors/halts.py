"""Whether an import of a checked file would stop, and why: for the preview, a trial run and the import itself."""

from __future__ import annotations

from typing import NamedTuple

from opstap.exchange.enums import Halt
from opstap.exchange.selectors.changes import is_large_change
from opstap.exchange.selectors.checking import Checked


class WouldHalt(NamedTuple):
    """The reason, with the numbers that belong to it."""

    code: Halt
    params: dict[str, int]


def halt_of(checked: Checked, *, skip_refused: bool = False, accept_large_change: bool = False) -> WouldHalt | None:
    """Headings that can't be used, refused rows, or an implausibly large change; None when nothing stops it."""
    counts = checked.counts()
    if not checked.usable:
        return WouldHalt(Halt.COLUMNS_UNUSABLE, {})
    if counts["refused"] and not skip_refused:
        return WouldHalt(Halt.ROWS_REFUSED, {"refused": counts["refused"], "rows": counts["rows"]})
    change = checked.plan.large_change.as_counts()
    if is_large_change(checked.terms.municipality, change) and not accept_large_change:
        return WouldHalt(Halt.LARGE_CHANGE, change)
    return None
