"""The figures of how far was expected and how far it came, and the verdict on each case manager."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from opstap.analytics.levels import places
from opstap.analytics.transitions import Reach, RealisedGrowth, together, without
from opstap.analytics.uncertainty import Apart, Mean, beside, mean_of
from opstap.facts.selectors.dimensions import UNKNOWN as NO_WORKER
from opstap.reporting.selectors.counting import levels_of
from opstap.reporting.selectors.differences import TOGETHER
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import MEAN_DECIMALS
from opstap.reporting.tables.results import Value


class ReachVerdict(StrEnum):
    """What the estimates of a case manager are beside those of the others, on the same levels."""

    TOO_FAR = "too_far"
    TOO_SHORT = "too_short"
    ALIKE = "alike"
    FEW = "few"


def apart_of(reach: Reach, question: Question, beyond: int) -> Mean:
    """How much further than expected it came on average, of all of whom a higher level was expected."""
    counts: dict[Fraction, int] = {}
    for values in reach.apart().values():
        for value, persons in values.items():
            counts[value] = counts.get(value, 0) + persons
    return mean_of(counts, reach.aimed, beyond=beyond, furthest=_highest(question))


def reach_values(reach: Reach, question: Question, beyond: int) -> dict[str, Value]:
    """By column; where others may have been among them no mean of what came, but between what the difference lies."""
    found = apart_of(reach, question, beyond)
    ends = found.low, found.high
    return {
        "aimed": reach.aimed,
        "aim_known": reach.known,
        "less_far": reach.less_far,
        "as_far": reach.as_far,
        "further": reach.further,
        "expected_steps": average(reach.expected, reach.known),
        "reached_steps": None if beyond else average(reach.reached, reach.known),
        "steps_apart": rounded(found.found),
        "steps_low": None if ends[0] is None else rounded(ends[0], ROUND_FLOOR),
        "steps_high": None if ends[1] is None else rounded(ends[1], ROUND_CEILING),
    }


def average(total: Fraction, persons: int) -> Decimal | None:
    """Of each of so many persons; of nobody there is none."""
    return rounded(total / persons) if persons else None


def rounded(value: Fraction | float | None, rounding: str = ROUND_HALF_UP) -> Decimal | None:
    """With the decimals of a mean, and never as nought below nought."""
    if value is None:
        return None
    exact = Fraction(round(value, 9)) if isinstance(value, float) else value
    found = Decimal(exact.numerator) / Decimal(exact.denominator)
    return found.quantize(Decimal(1).scaleb(-MEAN_DECIMALS), rounding) + 0


def verdicts(groups: Mapping[str, Reach], only: Collection[str]) -> dict[str, ReachVerdict]:
    """Each of those named beside all others: the difference of expected and reached on the same levels, as one of so
    many comparisons. Most expect further than it comes; it is said of who does so clearly more than the others, and not
    of who comes nearer than these.
    """
    own = {group: groups[group].apart() for group in only}
    everybody = together(groups.values()).apart()
    others = {group: without(everybody, mine) for group, mine in own.items()}
    able = [group for group in only if beside(own[group], others[group]) is not None]
    found = {group: beside(own[group], others[group], len(able)) for group in able}
    return {group: _verdict(groups[group], found.get(group)) for group in only}


def verdicts_of(figures: RealisedGrowth, question: Question) -> dict[str, ReachVerdict]:
    """On each case manager of a report by them. Nobody is compared where others may have been among the people, or
    while the year is not over.
    """
    if question.by != "worker" or not figures.has_year or figures.handed.is_any:
        return {}
    groups = {part.group: part.reach() for part in figures.groups if part.group is not None}
    return verdicts(groups, workers_in(groups))


def workers_in(groups: Iterable[str]) -> list[str]:
    """The groups that are somebody's."""
    return [group for group in groups if group not in {NO_WORKER, TOGETHER, WITHIN}]


def number_compared(found: Mapping[str, ReachVerdict]) -> int:
    """How many comparisons were looked at together."""
    return sum(one != ReachVerdict.FEW for one in found.values())


def _verdict(own: Reach, found: Apart | None) -> ReachVerdict:
    if found is None:
        return ReachVerdict.FEW
    came_further = own.reached - own.expected
    if found.sign < 0 and came_further < 0:
        return ReachVerdict.TOO_FAR
    return ReachVerdict.TOO_SHORT if found.sign > 0 and came_further > 0 else ReachVerdict.ALIKE


def _highest(question: Question) -> Fraction:
    """How far apart two levels of the scale can lie at most."""
    found = places(levels_of(question.scale)).values()
    return max(found) - min(found) if found else Fraction()
