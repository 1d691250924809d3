"""Counting of the report `duration`: levels by time on benefit, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Crosstab, crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import BENEFIT_DURATION, dimension_of, groups_on
from opstap.facts.selectors.durations import duration_classes, duration_years
from opstap.facts.selectors.people import state_on
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

NO_BENEFIT, NOT_KNOWN = "no_benefit", "not_known"


def count_duration(question: Question) -> Counted[Crosstab]:
    """Report `duration` (C-03, C-04)."""
    facts, population = population_of(question)
    figures = crosstab(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        nw.from_native(_durations(facts, question).lazy()),
        levels_of(question.scale),
        columns_of(question),
        otherwise=NOT_KNOWN,
        group=group_column(question),
    )
    return counted(question, figures)


def classes_of(question: Question) -> tuple[str, ...]:
    """The classes of the day, from short to long."""
    return tuple(code for _years, code in duration_classes(_years(question)))


def columns_of(question: Question) -> tuple[str, ...]:
    """The classes, who has no benefit, and of whom it is not known."""
    return (*classes_of(question), NO_BENEFIT, NOT_KNOWN)


def long_of(question: Question) -> tuple[int, tuple[str, ...]]:
    """From how many years on it is called long, and the classes from there on: the last two, or the last."""
    years, classes = _years(question), classes_of(question)
    last = min(2, len(years))
    return years[-last], classes[-last:]


def people_by_duration(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed) and in a class (empty: all)."""
    wanted = cell.get("duration", "")
    if wanted and wanted not in columns_of(question):
        raise QuestionRefused("group_unknown", wanted, columns_of(question))
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    facts, people = people_of(question, cell.get("group", ""))
    state: pl.DataFrame = nw.to_native(state_on(facts, question.on, question.reading)).collect()
    joined = people.join(state.select("client_id", "level_id"), on="client_id", how="left", maintain_order="left")
    joined = joined.join(_durations(facts, question), on="client_id", how="left", maintain_order="left")
    if wanted:
        condition &= pl.col("kind").fill_null(NOT_KNOWN) == wanted
    return list(joined.filter(condition)["client_id"])


def _years(question: Question) -> tuple[int, ...]:
    return duration_years(question.recording, question.municipality_id, question.on)


def _durations(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind: the class on the day, or that there is no benefit then of who ever had a record."""
    held = groups_on(facts, dimension_of(BENEFIT_DURATION), question.on).rename({"group": "kind"})
    recorded = facts.table("benefit_spells").select("client_id", pl.lit(NO_BENEFIT).alias("kind"))
    return pl.concat([held, recorded]).unique("client_id", keep="first", maintain_order=True)
