"""Which rows tell of help: those with a day, and of those without each thing once, or it would be news every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from opstap.exchange.enums import Compared
from opstap.exchange.logic import ParsedRow
from opstap.exchange.selectors.plan.drafting import Draft

_ALL_OF_IT = {
    "trajectory": ("trajectory", "trajectory_goal", "trajectory_until"),
    "activity": ("activity",),
    "instrument": ("instrument", "supplier", "instrument_until", "instrument_result"),
}


def telling(rows: Sequence[ParsedRow], draft: Draft) -> Iterator[ParsedRow]:
    """Rows with a day whole. Of one without, what no row with a day and no later row tells of; the rest is said, unless
    nothing is lost with it.
    """
    for place, row in enumerate(rows):
        if (row.trajectory or row.activity or row.instrument) is None:
            continue
        if not _is_dated(row):
            later = [other for other in rows[place + 1 :] if not _is_dated(other)]
            others = [*reversed([other for other in rows if _is_dated(other)]), *reversed(later)]
            elsewhere: dict[str, Any] = dict.fromkeys(_told_elsewhere(row, others, draft))
            yield replace(row, **elsewhere)
        else:
            yield row


def _is_dated(row: ParsedRow) -> bool:
    return (row.measured_on or row.trajectory_from or row.instrument_from) is not None


def _told_elsewhere(row: ParsedRow, others: Sequence[ParsedRow], draft: Draft) -> Iterator[str]:
    for field, is_same in _SAME.items():
        if getattr(row, field) is None:
            continue
        about_it = [one for one in others if getattr(one, field) is not None and is_same(row, one)]
        if not about_it:
            continue
        if all(_says_more(row, other, field) for other in about_it):
            draft.say(row, Compared.HELP_OTHERWISE, "warning", field, other_row=str(about_it[0].number))
        yield field


def _says_more(row: ParsedRow, other: ParsedRow, field: str) -> bool:
    return any(getattr(row, name) not in {None, getattr(other, name)} for name in _ALL_OF_IT[field])


def _same_trajectory(one: ParsedRow, other: ParsedRow) -> bool:
    return _called(one) == _called(other)


def _called(row: ParsedRow) -> tuple[str, str] | None:
    return None if row.trajectory is None else (row.trajectory.kind, row.trajectory.name)


def _same_activity(one: ParsedRow, other: ParsedRow) -> bool:
    words = {row.activity.description.casefold() for row in (one, other) if row.activity is not None}
    return len(words) == 1


def _same_instrument(one: ParsedRow, other: ParsedRow) -> bool:
    suppliers = {row.supplier.casefold() for row in (one, other) if row.supplier}
    return one.instrument == other.instrument and len(suppliers) < 2


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "trajectory": _same_trajectory,
    "activity": _same_activity,
    "instrument": _same_instrument,
}
