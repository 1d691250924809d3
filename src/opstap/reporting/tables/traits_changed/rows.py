"""Report `traits-changed` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.shares import share
from opstap.analytics.transitions import TraitsChanged, TraitsPart, TraitWays
from opstap.analytics.uncertainty import SMALL, Answers, Difference, change
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.traits_changed import WAYS, count_traits_changed
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
    groups = in_order(question, figures.groups) if question.by else []
    totals = _totals(figures.overall, question)
    if question.by:
        totals["groups"] = [{"group": group_public(question, part.group), **_totals(part, question)} for part in groups]
    everyone = _rows(figures.overall, question, is_total=bool(question.by))
    return Result(
        definition=TRAITS_CHANGED,
        question=question,
        columns=columns_for(TRAITS_CHANGED, question),
        rows=tuple(row for part in groups for row in _rows(part, question)) if question.by else everyone,
        total_rows=everyone if question.by else (),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        figures=figures,
    )


def figures_of(result: Result) -> TraitsChanged:
    """What was counted."""
    if not isinstance(result.figures, TraitsChanged):
        raise TypeError(result.definition.key)
    return result.figures


def change_of(ways: TraitWays) -> Difference:
    """How much more of them have it, with its interval."""
    return change(Answers(ways.kept, ways.gone, ways.new, ways.neither), sum(ways))


def _rows(part: TraitsPart, question: Question, *, is_total: bool = False) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(
            {"group": group_public(question, part.group), "trait": key, **_values(ways, question)},
            RowHead(trait_label(key)),
            is_total=is_total,
            group=part.group or "",
            cells={"clients": {}, **{way: {"trait": key, "way": way} for way in WAYS}},
            shown={"trait": trait_label(key)},
            silent=frozenset() if ways.known else frozenset({"change", "change_low", "change_high"}),
            small=frozenset({"then_share", "now_share"}) if 0 < ways.known < SMALL else frozenset(),
        )
        for key, ways in part.traits.items()
    )


def _values(ways: TraitWays, question: Question) -> dict[str, Value]:
    decimals, found = question.decimals, as_points(change_of(ways), question.decimals)
    return {
        **ways._asdict(),
        "clients": sum(ways),
        "then_share": share(ways.kept + ways.gone, ways.known, decimals),
        "now_share": share(ways.kept + ways.new, ways.known, decimals),
        "change": found["points"],
        "change_low": found["low"],
        "change_high": found["high"],
    }


def _totals(part: TraitsPart, question: Question) -> dict[str, Any]:
    return {"clients": part.clients, "traits": {key: _values(ways, question) for key, ways in part.traits.items()}}
