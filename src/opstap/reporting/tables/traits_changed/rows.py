"""Report `traits-changed` as rows and totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opstap.analytics.shares import share
from opstap.analytics.transitions import HANDED_OVER, HandedOver, TraitsChanged, TraitsPart, TraitWays
from opstap.analytics.uncertainty import SMALL, Answers, Difference, change
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.traits_changed import LEFT, WAYS, count_traits_changed
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.intervals import as_points
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.traits_changed.definition import TRAITS_CHANGED
from opstap.reporting.tables.traits_changed.words import trait_label
from opstap.reporting.tables.words import columns_for, group_public, in_order


def traits_changed_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and intervals to the figures."""
    del language
    counted = count_traits_changed(question)
    figures = counted.figures
    groups, handed = in_order(question, figures.groups) if question.by else [], figures.handed
    totals = _totals(figures.overall, question, handed)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_totals(part, question, handed)} for part in groups
        ]
    everyone, own = _rows(figures.overall, question, handed, is_total=bool(question.by)), bounds_foot(handed, question)
    rows = tuple(row for part in groups for row in _rows(part, question, handed))
    return Result(
        definition=TRAITS_CHANGED,
        question=question,
        columns=_columns(question, [*rows, *everyone]),
        rows=rows or everyone,
        total_rows=everyone if question.by else (),
        totals=totals,
        base=counted.base,
        notes=(*notes_of(question), *([own] if own else [])),
        own_notes=(own,) if own else (),
        figures=figures,
    )


def _columns(question: Question, rows: Sequence[ResultRow]) -> tuple[ReportColumn, ...]:
    """Without the shares where none can be given, because of who was handed over."""
    unsaid = {key for key in ("then_share", "now_share") if all(key in row.silent for row in rows)}
    return tuple(one for one in columns_for(TRAITS_CHANGED, question) if one.key not in unsaid)


def figures_of(result: Result) -> TraitsChanged:
    """What was counted."""
    if not isinstance(result.figures, TraitsChanged):
        raise TypeError(result.definition.key)
    return result.figures


def changes_of(part: TraitsPart, handed: HandedOver) -> dict[str, Difference]:
    """Of each trait how much more of them have it, with its interval: one of all that are estimated together. With who
    was handed over only between what it lies.
    """
    together, beyond = max(1, comparisons_in(part)), handed.most(part.group)
    return {
        key: change(Answers(ways.kept, ways.gone, ways.new, ways.neither), sum(ways), together, beyond)
        for key, ways in part.traits.items()
    }


def comparisons_in(part: TraitsPart) -> int:
    """Of how many traits the change is estimated: known of some on both days, and not of everybody."""
    return sum(bool(ways.known and ways.unknown) for ways in part.traits.values())


def _rows(part: TraitsPart, question: Question, handed: HandedOver, *, is_total: bool = False) -> tuple[ResultRow, ...]:
    found, beyond = changes_of(part, handed), handed.most(part.group)
    return tuple(
        ResultRow(
            {
                "group": group_public(question, part.group),
                "trait": key,
                **_values(ways, found[key], question, beyond),
                LEFT: part.left,
                "earlier": part.earlier,
            },
            RowHead(trait_label(key)),
            is_total=is_total,
            group=part.group or "",
            cells={"clients": {}, LEFT: {"way": LEFT}, **{way: {"trait": key, "way": way} for way in WAYS}},
            shown={"trait": trait_label(key)},
            silent=_silent(ways, beyond),
            small=frozenset({"then_share", "now_share"}) if 0 < ways.known < SMALL and not beyond else frozenset(),
        )
        for key, ways in part.traits.items()
    )


def _silent(ways: TraitWays, beyond: int) -> frozenset[str]:
    """What can't be said where it is known of nobody, or where others may have it."""
    unsaid = frozenset() if ways.known else frozenset({"change", "change_low", "change_high"})
    return unsaid | (frozenset({"then_share", "now_share", "change"}) if beyond else frozenset())


def _values(ways: TraitWays, changed: Difference, question: Question, beyond: int) -> dict[str, Value]:
    decimals, found = question.decimals, as_points(changed, question.decimals)
    return {
        **ways._asdict(),
        "clients": sum(ways),
        "then_share": None if beyond else share(ways.kept + ways.gone, ways.known, decimals),
        "now_share": None if beyond else share(ways.kept + ways.new, ways.known, decimals),
        "change": found["points"],
        "change_low": found["low"],
        "change_high": found["high"],
    }


def _totals(part: TraitsPart, question: Question, handed: HandedOver) -> dict[str, Any]:
    found, beyond = changes_of(part, handed), handed.most(part.group)
    told = handed.is_any and (part.group is None or handed.is_told_by_group)
    return {
        "clients": part.clients,
        LEFT: part.left,
        "earlier": part.earlier,
        **({HANDED_OVER: beyond} if told else {}),
        "comparisons": comparisons_in(part),
        "traits": {key: _values(ways, found[key], question, beyond) for key, ways in part.traits.items()},
    }
