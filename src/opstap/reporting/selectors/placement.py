"""Counting of the report `placement`, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Placement, placement
from opstap.facts.selectors.people import state_on
from opstap.reporting.enums import CAN_GROW, NOT_FILLED, Growth
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    levels_of,
    on_level,
    people_with,
    population_of,
)
from opstap.reporting.selectors.questions import Question

GROWTH_VALUES = {Growth.WITH: 1, Growth.WITHOUT: 0, Growth.UNKNOWN: -1}


def count_placement(question: Question) -> Counted[Placement]:
    """Report `placement` (B-88, G-1, G-2)."""
    facts, population = population_of(question)
    state = state_on(facts, question.on, question.reading)
    people = nw.from_native(population.lazy())
    figures = placement(people, state, levels_of(question.scale), group=group_column(question))
    return counted(question, figures)


def people_placed(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed; `can-grow`: any on which growth is
    judged), perhaps with one answer on growth.
    """
    level, growth = cell.get("level", ""), cell.get("growth", "")
    if growth and growth not in set(Growth):
        raise QuestionRefused("group_unknown", growth, tuple(Growth))
    if level == CAN_GROW:
        condition = pl.col("level_id").is_in([one.id for one in levels_of(question.scale) if one.has_growth])
    else:
        condition = on_level(question, "level_id", level, with_halves=True)
    if growth and level != NOT_FILLED:
        condition &= pl.col("growth") == GROWTH_VALUES[Growth(growth)]
    return people_with(question, cell.get("group", ""), condition)
