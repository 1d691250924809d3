"""Counting of the report `deployment`: who has an instrument among those with and without growth potential."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import HAS, HAS_NOT, Crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import state_on
from opstap.reporting.selectors.by_level import count_by_level, kind_asked, people_by_level
from opstap.reporting.selectors.counting import levels_of
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
    return count_by_level(question, _kinds, COLUMNS, otherwise=NO_GROWTH_LEVEL)


def people_deployed(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed) with an answer on both (empty: all)."""
    asked = kind_asked(cell, "deployed", (*COLUMNS, *TOGETHER))
    wanted = set(TOGETHER.get(asked, (asked,))) if asked else set()
    return people_by_level(question, cell, _kinds, wanted, otherwise=NO_GROWTH_LEVEL)


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
