"""Answering: a question becomes counted figures, and a cell of them the people behind it."""

from __future__ import annotations

from typing import TypeVar

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Goals, Placement, goals, placement
from opstap.analytics.levels import ScaleLevel
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.people import people_on, state_on, with_group
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.enums import NOT_FILLED, Growth
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.questions import Question

F = TypeVar("F", Placement, Goals)

GROWTH_VALUES = {Growth.WITH: 1, Growth.WITHOUT: 0, Growth.UNKNOWN: -1}


def count_placement(question: Question) -> Counted[Placement]:
    """Report `placement` (B-88, G-1, G-2)."""
    facts, population = _population(question)
    state = state_on(facts, question.on, question.scale.id)
    group = "group" if question.by else None
    figures = placement(nw.from_native(population.lazy()), state, levels_of(question.scale), group=group)
    return _counted(question, figures, figures.base)


def count_goals(question: Question) -> Counted[Goals]:
    """Report `goals` (B-90)."""
    facts, population = _population(question)
    state = state_on(facts, question.on, question.scale.id)
    group = "group" if question.by else None
    figures = goals(nw.from_native(population.lazy()), state, levels_of(question.scale), group=group)
    return _counted(question, figures, figures.base)


def people_behind(question: Question, *, level: str, growth: str = "", group: str = "") -> list[int]:
    """The ids of the clients behind a cell; `level` may be empty (all) or `none` (not filled)."""
    facts, population = _population(question)
    if group and question.by:
        population = population.filter(pl.col("group") == group)
    people = population.select("client_id").unique(maintain_order=True)
    state = nw.to_native(state_on(facts, question.on, question.scale.id)).collect()
    joined = people.join(state, on="client_id", how="left", maintain_order="left")
    return list(joined.filter(_cell(question, level, growth))["client_id"])


def levels_of(scale: ScaleOnDay) -> list[ScaleLevel]:
    """The levels of a scale as `analytics` takes them."""
    return [
        ScaleLevel(
            id=level.id,
            code=level.code,
            name=level.name_nl,
            order=level.position,
            parent_code=level.parent_code,
            has_growth=level.records_growth,
            undetermined=level.code == UNDETERMINED,
            band=level.band_nl or None,
        )
        for level in scale.levels
    ]


def _population(question: Question) -> tuple[Facts, pl.DataFrame]:
    facts = facts_of(question.municipality_id, recording=question.recording)
    people = people_on(facts, question.on, question.choice)
    if question.by:
        people = with_group(facts, people, question.on, question.by)
    return facts, people


def _counted(question: Question, figures: F, base: int) -> Counted[F]:
    return Counted(
        figures=figures,
        viewer=question.viewer,
        base=base,
        unit="persons",
        on=question.on,
        known_at=question.known_at,
        recording=question.recording,
    )


def _cell(question: Question, level: str, growth: str) -> pl.Expr:
    column = "level_id" if question.report == "placement" else "expected_level_id"
    if level == NOT_FILLED:
        return pl.col(column).is_null()
    whole = question.report == "placement"
    levels = question.scale.levels
    ids = [one.id for one in levels if not level or one.code == level or (whole and one.parent_code == level)]
    if not ids:
        raise QuestionRefused("group_unknown", level, tuple(one.code for one in levels))
    if not level and not growth:
        return pl.lit(value=True)
    condition = pl.col(column).is_in(ids)
    if growth in GROWTH_VALUES:
        condition &= pl.col("growth") == GROWTH_VALUES[Growth(growth)]
    return condition
