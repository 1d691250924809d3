"""Counting of the report `ready`: levels by who is ready for a step, and why not; and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import NO_ORDER, NOT_PLACED, READINESS, Crosstab
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.ready import readiness_on
from opstap.reporting.selectors.by_level import count_by_level, kind_asked, people_by_level
from opstap.reporting.selectors.questions import Question


def count_ready(question: Question) -> Counted[Crosstab]:
    """Report `ready` (A-10)."""
    return count_by_level(question, kinds_of, columns_of(question), otherwise=NOT_PLACED)


def kinds_of(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind, of who has a placement."""
    return readiness_on(facts, question.on, question.scale, question.reading)


def columns_of(question: Question) -> tuple[str, ...]:
    """What somebody can be; without order there is no step up."""
    return READINESS if question.scale.is_ladder else (NO_ORDER, NOT_PLACED)


def people_ready(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed) who are ready, or for a reason are not."""
    asked = kind_asked(cell, "readiness", columns_of(question))
    return people_by_level(question, cell, kinds_of, {asked} if asked else set(), otherwise=NOT_PLACED)
