"""Levels by one other thing that holds of somebody on the day: counting, and the people behind a cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Crosstab, crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import placed_on, state_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    levels_of,
    on_level,
    people_of,
    population_of,
)
from opstap.reporting.selectors.questions import Question

Kinds = Callable[[Facts, Question], pl.DataFrame]
"""Columns client_id and kind, of whom something holds; of all others it is the kind that is said beside it."""


def count_by_level(question: Question, kinds: Kinds, columns: Sequence[str], *, otherwise: str) -> Counted[Crosstab]:
    """Everyone of the question by level and kind."""
    facts, population = population_of(question)
    figures = crosstab(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        nw.from_native(kinds(facts, question).lazy()),
        levels_of(question.scale),
        columns,
        otherwise=otherwise,
        group=group_column(question),
    )
    return counted(question, figures)


def kind_asked(cell: Mapping[str, str], key: str, right: Collection[str]) -> str:
    """The kind that a cell asks for (empty: all), or QuestionRefused when there is no such."""
    asked = cell.get(key, "")
    if asked and asked not in right:
        raise QuestionRefused("group_unknown", asked, tuple(right))
    return asked


def people_by_level(
    question: Question, cell: Mapping[str, str], kinds: Kinds, wanted: Collection[str], *, otherwise: str
) -> list[int]:
    """The ids of the clients on the level of a cell (empty: all; `none`: not placed) and of one of these kinds (none
    named: all).
    """
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    facts, people = people_of(question, cell.get("group", ""))
    placed = placed_on(facts, people, question.on, question.reading, ("level_id",))
    joined = placed.join(kinds(facts, question), on="client_id", how="left", maintain_order="left")
    if wanted:
        condition &= pl.col("kind").fill_null(otherwise).is_in(sorted(wanted))
    return list(joined.filter(condition)["client_id"])
