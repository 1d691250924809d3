"""Counting of the report `duration`: levels by time on benefit, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import BENEFIT_DURATION, dimension_of, groups_on
from opstap.facts.selectors.durations import duration_classes, duration_years
from opstap.facts.selectors.tables import CODE
from opstap.reporting.selectors.by_level import count_by_level, kind_asked, people_by_level
from opstap.reporting.selectors.questions import Question

NO_BENEFIT, NOT_KNOWN = "no_benefit", "not_known"


def count_duration(question: Question) -> Counted[Crosstab]:
    """Report `duration` (C-03, C-04)."""
    return count_by_level(question, _durations, columns_of(question), otherwise=NOT_KNOWN)


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
    asked = kind_asked(cell, "duration", columns_of(question))
    return people_by_level(question, cell, _durations, {asked} if asked else set(), otherwise=NOT_KNOWN)


def _years(question: Question) -> tuple[int, ...]:
    return duration_years(question.recording, question.municipality_id, question.on)


def _durations(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind: the class on the day, or that there is no benefit then of who ever had a record."""
    held = groups_on(facts, dimension_of(BENEFIT_DURATION), question.on).rename({"group": "kind"})
    recorded = facts.table("benefit_spells").select("client_id", pl.lit(NO_BENEFIT, CODE).alias("kind"))
    return pl.concat([held, recorded]).unique("client_id", keep="first", maintain_order=True)
