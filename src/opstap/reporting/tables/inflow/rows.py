"""Report `inflow` as rows and totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opstap.analytics.distribution import Inflow, ProfilePart
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import SMALL, Difference, Estimate, apart
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.inflow import NEW, THERE, count_inflow
from opstap.reporting.selectors.profile import INCOME, shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.inflow.definition import INFLOW
from opstap.reporting.tables.intervals import as_points
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.profile.rows import estimates_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import columns_for, group_public, in_order, level_head, level_name, total_name

Sides = tuple[ProfilePart, ProfilePart]
"""The new, and who was there, of one group or of everyone."""


def inflow_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_inflow(question)
    figures = counted.figures
    everyone = (figures.new.overall, figures.there.overall)
    groups = _groups(figures, question) if question.by else []
    totals = {"followed": figures.followed, **_totals(everyone, question)}
    totals |= {
        "returned": figures.returned,
        "back": figures.back,
        "went": figures.went,
        "taken_over": figures.taken_over,
    }
    totals |= {"features": _features(everyone, question), "comparisons": _comparisons(everyone, question)}
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, name), **_totals(sides, question)} for name, sides in groups
        ]
    parts = groups or [("", everyone)]
    return Result(
        definition=INFLOW,
        question=question,
        columns=columns_for(INFLOW, question),
        rows=tuple(row for name, sides in parts for row in _rows(name, sides, question, language)),
        total_rows=tuple(_total(name, sides, question) for name, sides in (*groups, ("", everyone))),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        figures=figures,
    )


def figures_of(result: Result) -> Inflow:
    """What was counted."""
    if not isinstance(result.figures, Inflow):
        raise TypeError(result.definition.key)
    return result.figures


def compared(result: Result) -> dict[str, tuple[Estimate, Estimate, Difference]]:
    """Of each feature the share of the new, of who was there, and how much more that is of the new; each difference
    as one of all that are held beside each other.
    """
    figures = figures_of(result)
    return _compared((figures.new.overall, figures.there.overall), result.question)


def is_compared(question: Question, key: str, new: Estimate, there: Estimate) -> bool:
    """Whether both shares are known and stand on the page: of what they live on what somebody has."""
    if not (new.known and there.known):
        return False
    return bool(new.part or there.part) if key.startswith(INCOME) else key in shown_features(question)


def _compared(sides: Sides, question: Question) -> dict[str, tuple[Estimate, Estimate, Difference]]:
    new, there = (estimates_of(side.features) for side in sides)
    together = max(1, _comparisons(sides, question))
    return {key: (new[key], there[key], apart(there[key], new[key], together)) for key in new}


def _comparisons(sides: Sides, question: Question) -> int:
    new, there = (estimates_of(side.features) for side in sides)
    return sum(is_compared(question, key, new[key], there[key]) for key in new)


def _groups(figures: Inflow, question: Question) -> list[tuple[str, Sides]]:
    """The two sides of each group; a side with nobody in a group is empty."""
    sides = [{part.group or "": part for part in side.groups} for side in (figures.new, figures.there)]
    named = in_order(question, [*figures.new.groups, *(p for p in figures.there.groups if p.group not in sides[0])])
    found = []
    for part in named:
        name = part.group or ""
        new, there = (side.get(name) or _nobody(part) for side in sides)
        found.append((name, (new, there)))
    return found


def _nobody(like: ProfilePart) -> ProfilePart:
    return ProfilePart(group=like.group, rows=(), clients=0, features={})


def _rows(group: str, sides: Sides, question: Question, language: str) -> list[ResultRow]:
    counts = [{row.level: row.clients for row in side.rows} for side in sides]
    levels = _levels([list(one) for one in counts], question)
    shares = [shares_of([one.get(level, 0) for level in levels], question) for one in counts]
    sizes = {f"{key}_share": side.clients for key, side in zip((NEW, THERE), sides, strict=True)}
    small = frozenset(key for key, size in sizes.items() if 0 < size < SMALL)
    found = []
    for place, level in enumerate(levels):
        values: dict[str, Value] = {
            "group": group_public(question, group or None),
            "level": level,
            "name": level_name(question, level, language),
        }
        for key, one, of_all in zip((NEW, THERE), counts, shares, strict=True):
            values |= {key: one.get(level, 0), f"{key}_share": of_all[place]}
        found.append(
            ResultRow(
                values,
                level_head(question, level, language),
                group=group,
                cells={key: {"who": key, "level": level or NOT_FILLED} for key in (NEW, THERE)},
                shown={"level": "–"} if level in {None, NO_COUNTERPART} else {},
                small=small,
            )
        )
    return found


def _levels(used: Sequence[list[str | None]], question: Question) -> list[str | None]:
    """The levels of either side in their order, those not placed last."""
    codes = {code for side in used for code in side}
    ordered: list[str | None] = [level.code for level in question.scale.whole_levels if level.code in codes]
    others = [code for code in used[0] + used[1] if code is not None and code not in ordered]
    return [*dict.fromkeys([*(code for code in others if code == "0"), *ordered, *others]), None]


def _total(group: str, sides: Sides, question: Question) -> ResultRow:
    name = total_name(question, group or None)
    new, there = (side.clients for side in sides)
    values: dict[str, Value] = {
        "group": group_public(question, group or None), "name": name, NEW: new, THERE: there,
    }  # fmt: skip
    return ResultRow(
        values,
        RowHead(name),
        is_total=True,
        group=group,
        cells={key: {"who": key} for key in (NEW, THERE)},
        silent=frozenset({"new_share", "there_share"}),
    )


def _totals(sides: Sides, question: Question) -> dict[str, Any]:
    new, there = (side.clients for side in sides)
    return {"new": new, "there": there, "new_share": share(new, new + there, question.decimals)}


def _features(sides: Sides, question: Question) -> dict[str, Any]:
    """Of each feature both shares with their intervals, and the difference in percentage points."""
    decimals = question.decimals
    found = {}
    for key, (new, there, difference) in _compared(sides, question).items():
        told = {}
        for name, one in ((NEW, new), (THERE, there)):
            low, high = one.bounds(decimals) or (None, None)
            told[name] = {
                "has": one.part, "known": one.known, "of": one.whole, "share": one.share(decimals), "low": low,
                "high": high,
            }  # fmt: skip
        found[key] = {**told, "difference": as_points(difference, decimals)}
    return found
