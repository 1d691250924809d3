"""Counting of the report `deployment`: who has an instrument among those with and without growth potential."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import HAS, HAS_NOT, Crosstab, crosstab
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
from opstap.reporting.selectors.profile import feature_of
from opstap.reporting.selectors.questions import Question

GROWTH_WITH, GROWTH_WITHOUT = "growth_with", "growth_without"
NONE_WITH, NONE_WITHOUT = "none_with", "none_without"
NOT_KNOWN, NO_GROWTH_LEVEL = "not_known", "no_growth_level"
GROWTH, NONE = "growth", "none"
TOGETHER = {GROWTH: (GROWTH_WITH, GROWTH_WITHOUT), NONE: (NONE_WITH, NONE_WITHOUT)}
"""With an instrument and without, in one figure."""
COLUMNS = (GROWTH_WITH, GROWTH_WITHOUT, NONE_WITH, NONE_WITHOUT, NOT_KNOWN, NO_GROWTH_LEVEL)


def count_deployment(question: Question) -> Counted[Crosstab]:
    """Report `deployment` (B-09, B-52)."""
    facts, population = population_of(question)
    figures = crosstab(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        nw.from_native(_kinds(facts, question).lazy()),
        levels_of(question.scale),
        COLUMNS,
        otherwise=NO_GROWTH_LEVEL,
        group=group_column(question),
    )
    return counted(question, figures)


def people_deployed(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed) with an answer on both (empty: all)."""
    wanted = cell.get("deployed", "")
    if wanted and wanted not in {*COLUMNS, *TOGETHER}:
        raise QuestionRefused("group_unknown", wanted, (*COLUMNS, *TOGETHER))
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    facts, people = people_of(question, cell.get("group", ""))
    placed = placed_on(facts, people, question.on, question.reading, ("level_id",))
    joined = placed.join(_kinds(facts, question), on="client_id", how="left", maintain_order="left")
    if wanted:
        condition &= pl.col("kind").fill_null(NO_GROWTH_LEVEL).is_in(TOGETHER.get(wanted, (wanted,)))
    return list(joined.filter(condition)["client_id"])


def _kinds(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind, of who stands on a level that can have growth potential."""
    state: pl.DataFrame = nw.to_native(state_on(facts, question.on, question.reading)).collect()
    grows = [level.id for level in levels_of(question.scale) if level.has_growth]
    feature = feature_of(facts, question, "instrument")
    helped: pl.DataFrame = nw.to_native(feature.who).collect()
    joined = state.filter(pl.col("level_id").is_in(grows)).join(
        helped.select("client_id", "has"), on="client_id", how="left"
    )
    growth, has = pl.col("growth"), pl.col("has").fill_null(feature.absent)
    kind = (
        pl.when((growth == HAS) & (has == HAS))
        .then(pl.lit(GROWTH_WITH))
        .when((growth == HAS) & (has == HAS_NOT))
        .then(pl.lit(GROWTH_WITHOUT))
        .when((growth == HAS_NOT) & (has == HAS))
        .then(pl.lit(NONE_WITH))
        .when((growth == HAS_NOT) & (has == HAS_NOT))
        .then(pl.lit(NONE_WITHOUT))
        .otherwise(pl.lit(NOT_KNOWN))
    )
    return joined.select("client_id", kind=kind)
