"""Counting of the report `current-expected`, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import CurrentExpected, current_expected, shift_of
from opstap.analytics.levels import whole_by_id
from opstap.facts.selectors.people import placed_on, state_on
from opstap.reporting.enums import NOT_FILLED, SHIFTS
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    ids_of_level,
    levels_of,
    people_of,
    population_of,
)
from opstap.reporting.selectors.matching import matching
from opstap.reporting.selectors.questions import Question


def count_current_expected(question: Question) -> Counted[CurrentExpected]:
    """Report `current-expected` (A-13, A-16, A-19)."""
    facts, population = population_of(question)
    scale = question.scale
    figures = current_expected(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        levels_of(scale),
        ordered=scale.is_ladder,
        halves_count=scale.growth_on_halves,
        group=group_column(question),
    )
    return counted(question, figures)


def people_shifting(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients with a `current` and an `expected` level (`none`: unknown), or a `shift` between them."""
    wanted = [cell.get(key, "") for key in ("current", "expected")]
    for code in wanted:
        if code and code != NOT_FILLED:
            ids_of_level(question, code, with_halves=True)
    shift = cell.get("shift", "")
    if shift and shift not in SHIFTS:
        raise QuestionRefused("group_unknown", shift, SHIFTS)
    scale = question.scale
    levels = levels_of(scale)
    whole = whole_by_id(levels)

    def fits(*values: int | None) -> bool:
        codes = [NOT_FILLED if value is None else whole[value].code for value in values]
        if any(code not in {"", found} for code, found in zip(wanted, codes, strict=True)):
            return False
        kind = shift_of(values[0], values[1], levels, ordered=scale.is_ladder, halves_count=scale.growth_on_halves)
        return shift in {"", kind}

    facts, people = people_of(question, cell.get("group", ""))
    placed = nw.from_native(placed_on(facts, people, question.on, question.reading).lazy())
    return matching(placed, ("level_id", "expected_level_id"), fits)
