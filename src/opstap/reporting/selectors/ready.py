"""Counting of the report `ready`: levels by who is ready for a step, and why not; and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import NO_ORDER, NOT_PLACED, READINESS, Crosstab, crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import placed_on, state_on
from opstap.facts.selectors.ready import readiness_on
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


def count_ready(question: Question) -> Counted[Crosstab]:
    """Report `ready` (A-10)."""
    facts, population = population_of(question)
    figures = crosstab(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        nw.from_native(kinds_of(facts, question).lazy()),
        levels_of(question.scale),
        columns_of(question),
        otherwise=NOT_PLACED,
        group=group_column(question),
    )
    return counted(question, figures)


def kinds_of(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind, of who has a placement."""
    return readiness_on(facts, question.on, question.scale, question.reading)


def columns_of(question: Question) -> tuple[str, ...]:
    """What somebody can be; without order there is no step up."""
    return READINESS if question.scale.is_ladder else (NO_ORDER, NOT_PLACED)


def people_ready(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed) who are ready, or for a reason are not."""
    wanted = cell.get("readiness", "")
    if wanted and wanted not in columns_of(question):
        raise QuestionRefused("group_unknown", wanted, columns_of(question))
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    facts, people = people_of(question, cell.get("group", ""))
    placed = placed_on(facts, people, question.on, question.reading, ("level_id",))
    joined = placed.join(kinds_of(facts, question), on="client_id", how="left", maintain_order="left")
    if wanted:
        condition &= pl.col("kind").fill_null(NOT_PLACED) == wanted
    return list(joined.filter(condition)["client_id"])
