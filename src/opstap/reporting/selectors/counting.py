"""What every report counts with: its people, the levels of its scale, and `Counted` figures for one viewer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeVar

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted, Figures
from opstap.facts.selectors import levels
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.people import people_on, state_on, with_group
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.questions import Question

F = TypeVar("F", bound=Figures)
levels_of = levels.levels_of
IS_ERASED = pl.col("client_id") < 0
TELLS_OF_LEAVERS: Final = frozenset({"data-quality", "inflow"})
"""Reports that count people who were followed on neither day of the question."""


def population_of(question: Question) -> tuple[Facts, pl.DataFrame]:
    """The facts, and the people of the question on its day: client_id, and their group where it asks for one."""
    facts = facts_of(question.municipality_id, recording=question.recording)
    people = people_on(facts, question.on, question.choice)
    if question.by:
        people = with_group(facts, people, question.on, question.by)
    return facts, people


def erased_in(question: Question) -> int:
    """How many of those whom the question counts were erased since: they count by the month, and stand on no list."""
    facts = facts_of(question.municipality_id, recording=question.recording)
    if not facts.left().rows:
        return 0
    days = [question.on, *([question.compared_with] if question.compared_with else [])]
    ids = pl.concat([people_on(facts, day, question.choice).filter(IS_ERASED) for day in days])
    return int(ids["client_id"].n_unique())


def gone_in(question: Question) -> int:
    """How many of those whom the question counts left from the viewer's reach, and may not be seen by them any more."""
    gone = question.choice.gone
    if gone is None:
        return 0
    days = [question.on, *([question.compared_with] if question.compared_with else [])]
    facts = facts_of(question.municipality_id, recording=question.recording)
    ids = pl.concat([people_on(facts, day, question.choice) for day in days])["client_id"]
    return int(ids.filter(ids.is_in(gone.implode())).n_unique())


def of_those_listed(question: Question) -> Question | None:
    """The same question about those alone whom a list can show the viewer; nothing where that is the same question."""
    choice = question.choice
    if choice.within is None or choice.gone is None or choice.gone.is_empty():
        return None
    if question.report not in TELLS_OF_LEAVERS and not gone_in(question):
        return None
    return replace(question, choice=replace(choice, within=choice.within.filter(choice.within >= 0), gone=None))


def counted(question: Question, figures: F) -> Counted[F]:
    """The figures with whom they are for, of how many and when."""
    return Counted(
        figures=figures,
        viewer=question.viewer,
        base=figures.base,
        unit="persons",
        on=question.on,
        known_at=question.known_at,
        recording=question.recording,
    )


def group_column(question: Question) -> str | None:
    """The column of the population that the counting splits by."""
    return "group" if question.by else None


def ids_of_level(question: Question, code: str, *, with_halves: bool) -> list[int]:
    """The ids of a level (and of its halves), or QuestionRefused when the scale has none of that code."""
    levels = question.scale.levels
    ids = [one.id for one in levels if one.code == code or (with_halves and one.parent_code == code)]
    if not ids:
        raise QuestionRefused("group_unknown", code, tuple(one.code for one in levels))
    return ids


def people_of(question: Question, group: str) -> tuple[Facts, pl.DataFrame]:
    """The people of the question, or those of one of its groups, each once and in order."""
    facts, population = population_of(question)
    if group and question.by:
        population = population.filter(pl.col("group") == group)
    return facts, population.select("client_id").unique(maintain_order=True)


def people_with(question: Question, group: str, condition: pl.Expr) -> list[int]:
    """Those of them whose placement on the day meets a condition; who has none has only nulls to meet it with."""
    facts, people = people_of(question, group)
    state = nw.to_native(state_on(facts, question.on, question.reading)).collect()
    return list(people.join(state, on="client_id", how="left", maintain_order="left").filter(condition)["client_id"])


def on_level(question: Question, column: str, code: str, *, with_halves: bool) -> pl.Expr:
    """Whose level in the column is the one of this code; `none` for no level, everyone when no code is given."""
    if not code:
        return pl.lit(value=True)
    if code == NOT_FILLED:
        return pl.col(column).is_null()
    return pl.col(column).is_in(ids_of_level(question, code, with_halves=with_halves))
