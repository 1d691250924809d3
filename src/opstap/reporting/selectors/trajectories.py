"""Counting of the report `trajectories`, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.crosswalks import NO_COUNTERPART_ID, translated
from opstap.analytics.distribution import Trajectories, trajectories
from opstap.analytics.distribution.trajectories import KEEP, OTHER_SCALE
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import active
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    ids_of_level,
    levels_of,
    people_of,
    population_of,
)
from opstap.reporting.selectors.questions import Question


def count_trajectories(question: Question) -> Counted[Trajectories]:
    """Report `trajectories` (B-91)."""
    facts, population = population_of(question)
    running = nw.from_native(_running(facts, question).lazy())
    people = nw.from_native(population.lazy())
    kinds = list(question.words["trajectory"])
    figures = trajectories(people, running, levels_of(question.scale), kinds, group=group_column(question))
    return counted(question, figures)


def people_led(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients with a running trajectory of a kind and with a goal (empty: any)."""
    facts, people = people_of(question, cell.get("group", ""))
    running = _running(facts, question).filter(_chosen(question, cell))
    return list(people.join(running.select("client_id").unique(), on="client_id", how="semi")["client_id"])


def goal_as_read(question: Question, level_id: int | None) -> int | None:
    """The level of a goal, or its counterpart where the question reads through a crosswalk."""
    counterparts = question.reading.counterparts or {}
    if level_id is None or level_id not in counterparts:
        return level_id
    found = counterparts[level_id]
    return NO_COUNTERPART_ID if found is None else found


def _running(facts: Facts, question: Question) -> pl.DataFrame:
    """The trajectories of the day, each goal as the question reads it."""
    running = active(facts, "trajectories", question.on)
    counterparts = question.reading.counterparts
    if counterparts is None:
        return running
    read = translated(nw.from_native(running.lazy()), counterparts, ("goal_level_id",), others_stay=True)
    found: pl.DataFrame = nw.to_native(read).collect()
    return found


def _chosen(question: Question, cell: Mapping[str, str]) -> pl.Expr:
    kind, goal = cell.get("kind", ""), cell.get("goal", "")
    of_kind = pl.col("kind") == kind if kind else pl.lit(value=True)
    if not goal:
        return of_kind
    keeps, level = pl.col("maintains_level"), pl.col("goal_level_id")
    if goal == KEEP:
        return of_kind & keeps
    if goal == NOT_FILLED:
        return of_kind & ~keeps & level.is_null()
    if goal == OTHER_SCALE:
        return of_kind & ~keeps & level.is_not_null() & ~level.is_in([one.id for one in question.scale.levels])
    return of_kind & ~keeps & level.is_in(ids_of_level(question, goal, with_halves=False))
