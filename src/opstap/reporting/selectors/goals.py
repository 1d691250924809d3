"""Counting of the report `goals`, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Goals, goals
from opstap.facts.selectors.people import state_on
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    levels_of,
    on_level,
    people_with,
    population_of,
)
from opstap.reporting.selectors.questions import Question


def count_goals(question: Question) -> Counted[Goals]:
    """Report `goals` (B-90)."""
    facts, population = population_of(question)
    state = state_on(facts, question.on, question.reading)
    people = nw.from_native(population.lazy())
    return counted(question, goals(people, state, levels_of(question.scale), group=group_column(question)))


def people_expected(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients of whom a level is expected (empty: all; `none`: not filled)."""
    condition = on_level(question, "expected_level_id", cell.get("level", ""), with_halves=False)
    return people_with(question, cell.get("group", ""), condition)
