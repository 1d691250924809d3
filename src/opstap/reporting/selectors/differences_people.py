"""Who is behind the cells of the report `differences`: named by reference, and only by whom they are open to."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.people import people_on
from opstap.reporting.enums import NOT_FILLED, Seen
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.differences import (
    APART,
    ENDINGS,
    EXEMPTION,
    KNOWN,
    OF_TWO_DAYS,
    PLACED,
    REALISED,
    RISEN,
    TWICE,
    people_of_the_day,
    people_of_the_start,
    seen_by,
    shown_measures,
)
from opstap.reporting.selectors.movement import growth_judge_on
from opstap.reporting.selectors.profile import ANSWERS
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import that_reached
from opstap.reporting.selectors.second_assessments import pairs_in


def people_compared(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients of a `measure` (empty: everyone of the reference date) with an `answer`, on a `level`, in
    the caseload of a `worker`: named by reference, and only by whom figures by case manager are open to.
    """
    facts = facts_of(question.municipality_id, recording=question.recording)
    key = cell.get("measure", "")
    if key == TWICE:
        return _people_placed_twice(facts, question, cell.get("answer", ""))
    if key and key not in shown_measures(question):
        raise QuestionRefused("group_unknown", key, (*shown_measures(question), TWICE))
    key = key or EXEMPTION
    known = people_of_the_start(facts, question) if key in OF_TWO_DAYS else people_of_the_day(facts, question)
    people = known.filter(pl.col(key).is_not_null() & _of_worker(question, cell.get("worker", "")))
    if level := cell.get("level", ""):
        people = people.filter(pl.col("level") != NOT_FILLED if level == PLACED else pl.col("level") == level)
    if answer := cell.get("answer", ""):
        people = people.filter(_with_answer(key, answer))
    if reach := cell.get("reach", ""):
        if key != REALISED:
            raise QuestionRefused("group_unknown", reach, ())
        people = that_reached(people, growth_judge_on(question.scale), reach)
    return list(people["client_id"])


def _with_answer(key: str, answer: str) -> pl.Expr:
    if answer == KNOWN:
        return pl.col(key) != ANSWERS["unknown"]
    if answer in ANSWERS:
        return pl.col(key) == ANSWERS[answer]
    if key != RISEN or answer not in ENDINGS:
        raise QuestionRefused("group_unknown", answer, tuple(ANSWERS))
    return pl.col("outcome") == answer


def _of_worker(question: Question, public: str) -> pl.Expr:
    if not public:
        return pl.lit(value=True)
    words = question.words.get("worker", {}) if seen_by(question) == Seen.NAMED else {}
    found = next((group.code for group in words.values() if group.public == public), None)
    if found is None:
        raise QuestionRefused("group_unknown", public, tuple(group.label for group in words.values()))
    return pl.col("group") == found


def _people_placed_twice(facts: Facts, question: Question, answer: str) -> list[int]:
    """Who was placed twice, perhaps only those on the same level, next to each other, or further apart."""
    if answer and answer not in APART:
        raise QuestionRefused("group_unknown", answer, APART)
    pairs = pairs_in(facts, question, people_on(facts, question.on, question.choice))
    apart = (pl.col("first") - pl.col("second")).abs()
    wanted = {"": apart >= 0, "same": apart == 0, "next_to": apart == 1, "further": apart > 1}
    return list(pairs.filter(wanted[answer])["client_id"])
