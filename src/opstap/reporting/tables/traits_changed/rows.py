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


def changes_of(part: TraitsPart) -> dict[str, Difference]:
    """Of each trait how much more of them have it, with its interval: one of all that are estimated together."""
    together = max(1, comparisons_in(part))
    return {
        key: change(Answers(ways.kept, ways.gone, ways.new, ways.neither), sum(ways), together)
        for key, ways in part.traits.items()
    }


def comparisons_in(part: TraitsPart) -> int:
    """Of how many traits the change is estimated: known of some on both days, and not of everybody."""
    return sum(bool(ways.known and ways.unknown) for ways in part.traits.values())


def _rows(part: TraitsPart, question: Question, *, is_total: bool = False) -> tuple[ResultRow, ...]:
    found = changes_of(part)
    return tuple(
        ResultRow(
            {"group": group_public(question, part.group), "trait": key, **_values(ways, found[key], question)},
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


def _values(ways: TraitWays, changed: Difference, question: Question) -> dict[str, Value]:
    decimals, found = question.decimals, as_points(changed, question.decimals)
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
    found = changes_of(part)
    return {
        "clients": part.clients,
        "comparisons": comparisons_in(part),
        "traits": {key: _values(ways, found[key], question) for key, ways in part.traits.items()},
    }
