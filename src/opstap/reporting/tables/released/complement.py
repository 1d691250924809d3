"""What follows for a share that needs a hidden number, from published numbers alone: by taking those that are shown off
the total of everybody, which the publication tells where nothing of some table is hidden. Any reader can do the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from opstap.analytics.disclosure import Rules
from opstap.analytics.uncertainty import Estimate, Rounded, rounded_share
from opstap.reporting.logic.released import Released
from opstap.reporting.tables.released.shares import PLACED, Measure, ShareSheet
from opstap.reporting.tables.released.sheets import Sheet, sheets_of


def everybody(released: Released, threshold: int) -> Rounded | None:
    """How many are in follow-up: the sum of a table of which nothing is hidden, of those that say it most closely."""
    rules = Rules(threshold)
    sums = (_sum(rules, counts) for sheet in sheets_of(released) if (counts := _counts(sheet)) and None not in counts)
    return min(sums, key=lambda one: one.most - one.least, default=None)


def completed(shares: ShareSheet, threshold: int) -> ShareSheet:
    """With what follows for the shares of everybody that need a hidden number."""
    total = everybody(shares.sheet.released, threshold) if not shares.heads and shares.lacks else None
    if total is None:
        return shares
    rest_of = _Rest(shares.sheet, total, Rules(threshold))
    lines = (
        replace(
            line,
            found={
                one.key: rest_of.share(one) if line.found[one.key] is None else line.found[one.key]
                for one in shares.measures
                if one.key in line.found
            },
        )
        for line in shares.lines
    )
    return replace(shares, lines=tuple(lines))


class _Rest:
    """A table of one dimension, of which a part is hidden, beside the total of everybody in it."""

    def __init__(self, sheet: Sheet, total: Rounded, rules: Rules) -> None:
        self._shown = {line.classes[0].code: line.cells[""] for line in sheet.lines}
        self._hidden = {code for code, count in self._shown.items() if count is None}
        self._total, self._rules = total, rules

    def share(self, one: Measure) -> Estimate | None:
        """Of who has a level: all but those without. Of another one only between what it lies, where all that is hidden
        is among the rest: whatever the hidden number is. Nothing where the part itself is hidden.
        """
        if one.key == PLACED:
            return self._placed(one)
        if not self._hidden <= {*one.rest}:
            return None
        hidden = self._without(self._shown)
        part, rest, lacking = (self._cells(codes) for codes in (one.part, one.rest, one.lacking))
        found = rounded_share(part, [*rest, hidden._replace(shown=0)], lacking)
        return replace(found, beyond=hidden.most) if found and found.known else None

    def _placed(self, one: Measure) -> Estimate | None:
        if self._hidden & {*one.rest}:
            return None
        placed = self._without(one.rest)
        return rounded_share([placed], self._cells(one.rest)) if placed.least >= self._rules.threshold else None

    def _without(self, codes: Iterable[str]) -> Rounded:
        """Who is left when those that are shown of these classes are taken off everybody."""
        off = _sum(self._rules, [self._shown[code] for code in codes])
        total = self._total
        return Rounded(*(max(0, n) for n in (total.shown - off.shown, total.least - off.most, total.most - off.least)))

    def _cells(self, codes: Iterable[str]) -> list[Rounded]:
        shown = (self._shown.get(code) for code in codes)
        return [_sum(self._rules, [count]) for count in shown if count is not None]


def _counts(sheet: Sheet) -> list[int | None]:
    return [count for line in sheet.lines for count in line.cells.values()]


def _sum(rules: Rules, counts: Iterable[int | None]) -> Rounded:
    """Of those that are shown."""
    shown = [(count, *rules.behind(count)) for count in counts if count is not None]
    return Rounded(*(sum(numbers) for numbers in zip((0, 0, 0), *shown, strict=True)))
