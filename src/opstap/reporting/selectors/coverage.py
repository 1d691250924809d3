"""Counting of the report `coverage`, the people behind its cells, and the coverage that stands beside every report."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.coverage import Coverage, CoverageRow, coverage_of_times
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import placed_times_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column, people_of, population_of
from opstap.reporting.selectors.quality.terms import norms_of
from opstap.reporting.selectors.questions import Question

HAVING: Mapping[str, pl.Expr] = {
    "placed": pl.col("times") > 0,
    "placed_last_year": pl.col("recent") == 1,
    "placed_twice": pl.col("times") > 1,
    "not_determined": pl.col("times") == 0,
    "not_placed": pl.col("times").is_null(),
}


def count_coverage(question: Question) -> Counted[Coverage]:
    """Report `coverage` (A-12, B-47, G-3)."""
    facts, population = population_of(question)
    return counted(question, _covered(facts, question, population, group_column(question)))


def coverage_beside(question: Question) -> CoverageRow:
    """How complete the placements are behind a report: of everyone it counts, without its groups. No queries more."""
    facts, people = people_of(question, "")
    return counted(question, _covered(facts, question, people)).figures.overall


def lately_in(question: Question) -> int:
    """Within how many months a placement is of lately: until it is old, as the municipality has set that."""
    return norms_of(question).placement


def people_covered(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients who have what `having` says; everyone when it says nothing."""
    having = cell.get("having", "")
    if having and having not in HAVING:
        raise QuestionRefused("group_unknown", having, tuple(HAVING))
    facts, people = people_of(question, cell.get("group", ""))
    if not having:
        return list(people["client_id"])
    placed = placed_times_on(facts, question.on, question.reading, lately_in(question))
    joined = people.join(placed, on="client_id", how="left", maintain_order="left")
    return list(joined.filter(HAVING[having])["client_id"])


def _covered(facts: Facts, question: Question, people: pl.DataFrame, group: str | None = None) -> Coverage:
    times = placed_times_on(facts, question.on, question.reading, lately_in(question))
    return coverage_of_times(nw.from_native(people.lazy()), nw.from_native(times.lazy()), group)
