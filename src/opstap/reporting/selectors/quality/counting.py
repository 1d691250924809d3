"""Counting of the report `data-quality`, and the people behind a check: its work list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.quality import CONCERNED, IN_ORDER, Inquiry, Quality, quality
from opstap.facts.selectors.cache import Facts
from opstap.reporting.enums import Aspect
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column, people_of, population_of
from opstap.reporting.selectors.quality.checks import DIED, Check, checks_of
from opstap.reporting.selectors.quality.known import known_of
from opstap.reporting.selectors.quality.leavers import ENDED, leavers_of
from opstap.reporting.selectors.quality.terms import Terms, terms_of
from opstap.reporting.selectors.questions import Question

ANY = "any"
TOGETHER = (ANY, *(aspect.value for aspect in Aspect))
"""Beside the checks: whom one of all of them concerns, or one of an aspect. Who left is in none of these."""


def count_quality(question: Question) -> Counted[Quality]:
    """Report `data-quality` (B-65, B-72)."""
    facts, population = population_of(question)
    checks = _of_followed(question)
    judged = _judged(facts, question, population.select("client_id").unique(maintain_order=True), checks)
    keys = (*(check.key for check in checks), *TOGETHER)
    inquiries = [_inquiry(population, judged, keys)]
    if any(check.key == ENDED for check in checks_of(question)):
        left = leavers_of(facts, question)
        inquiries.append(_inquiry(left.drop(ENDED), left.select("client_id", ENDED), (ENDED,)))
    return counted(question, quality(inquiries, group=group_column(question)))


def people_found(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients whom a check concerns (or one of an aspect, or any); everyone when none is named."""
    key, group = cell.get("check", ""), cell.get("group", "")
    right = (*TOGETHER, *(check.key for check in checks_of(question)))
    if key and key not in right:
        raise QuestionRefused("group_unknown", key, right)
    facts, people = people_of(question, group)
    if not key:
        return list(people["client_id"])
    if key == ENDED:
        left = leavers_of(facts, question).filter(pl.col(ENDED) == CONCERNED)
        return list((left.filter(pl.col("group") == group) if group and question.by else left)["client_id"])
    checks = _of_followed(question)
    if key not in TOGETHER:
        checks = tuple(check for check in checks if check.key == key)
    return list(_judged(facts, question, people, checks).filter(pl.col(key) == CONCERNED)["client_id"])


def _of_followed(question: Question) -> tuple[Check, ...]:
    return tuple(check for check in checks_of(question) if check.key != ENDED)


def _judged(facts: Facts, question: Question, people: pl.DataFrame, checks: Sequence[Check]) -> pl.DataFrame:
    """A row a person with a column a check, and one for each of `TOGETHER`."""
    terms = terms_of(question)
    known = known_of(facts, question, people)
    judged = known.select("client_id", *(_column(check, terms) for check in checks))
    return judged.with_columns(
        _one_of([check.key for check in checks if name in {ANY, check.aspect.value}], name) for name in TOGETHER
    )


def _column(check: Check, terms: Terms) -> pl.Expr:
    """1 whom it concerns, 0 who is in order, null of whom it can't be judged. Of who died one thing is asked alone."""
    judged = check.judged(terms)
    if check.key != DIED:
        judged &= pl.col("died_on").is_null() | (pl.col("died_on") > terms.day)
    concerned = check.concerned(terms).fill_null(value=False).cast(pl.Int8)
    return pl.when(judged.fill_null(value=False)).then(concerned).otherwise(None).alias(check.key)


def _one_of(keys: Sequence[str], name: str) -> pl.Expr:
    if not keys:
        return pl.lit(IN_ORDER, dtype=pl.Int8).alias(name)
    return pl.max_horizontal(pl.col(key).fill_null(IN_ORDER) for key in keys).alias(name)


def _inquiry(people: pl.DataFrame, judged: pl.DataFrame, checks: tuple[str, ...]) -> Inquiry:
    return Inquiry(people=nw.from_native(people.lazy()), judged=nw.from_native(judged.lazy()), checks=checks)
