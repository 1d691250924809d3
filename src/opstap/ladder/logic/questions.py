"""The questions that lead to a level: a tree whose answers name a next question or a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_STEPS = 20  # a tree is far smaller; a circle in a file ends here


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question. An outcome is the key of a next question, or the code of a level."""

    key: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions asked so far, with their answers, the one to answer now, and the level that was found."""

    answered: tuple[tuple[str, bool], ...]
    asks: str | None
    found: str | None


def walk(questions: Sequence[Question], answers: Mapping[str, bool]) -> Walk:
    """From the first question on, as far as the answers go. Answers to questions that are not asked are left out."""
    by_key = {question.key: question for question in questions}
    answered: list[tuple[str, bool]] = []
    outcome = questions[0].key if questions else ""
    while outcome in by_key and len(answered) < MAX_STEPS:
        if outcome not in answers:
            return Walk(tuple(answered), outcome, None)
        question, answer = by_key[outcome], answers[outcome]
        answered.append((outcome, answer))
        outcome = question.yes if answer else question.no
    return Walk(tuple(answered), None, outcome or None)


def growth_walk(
    questions: Sequence[Question], answers: Mapping[str, bool], *, ranks: Mapping[str, int], current: str
) -> Walk:
    """The same for the level within the horizon; `found` is the current level when nothing higher can be reached.

    A question whose every outcome lies at or below the current level is not asked: it can't find growth. Without
    questions nothing is found.
    """
    if not questions:
        return Walk((), None, None)
    by_key = {question.key: question for question in questions}
    walked = walk(questions, answers)
    kept: list[tuple[str, bool]] = []
    for key, answer in walked.answered:
        if _highest(by_key, key, ranks) <= ranks[current]:
            return Walk(tuple(kept), None, current)
        kept.append((key, answer))
    if walked.asks is not None:
        if _highest(by_key, walked.asks, ranks) <= ranks[current]:
            return Walk(tuple(kept), None, current)
        return walked
    rises = walked.found is not None and ranks.get(walked.found, 0) > ranks[current]
    return Walk(tuple(kept), None, walked.found if rises else current)


def _highest(by_key: Mapping[str, Question], outcome: str, ranks: Mapping[str, int], depth: int = 0) -> int:
    if outcome not in by_key or depth > MAX_STEPS:
        return ranks.get(outcome, 0)
    question = by_key[outcome]
    return max(_highest(by_key, way, ranks, depth + 1) for way in (question.yes, question.no))


def overridden(found: str, goal_found: str, level: str, goal: str) -> str:
    """What was chosen against the questions, judged on whole levels: `level`, `goal`, or nothing.

    Where they found no growth, a goal that is not known says nothing else.
    """
    if found and level != found:
        return "level"
    if not goal_found or goal == goal_found or (goal == "" and goal_found == found):
        return ""
    return "goal"


def answers_as_text(answers: Sequence[tuple[str, bool]]) -> str:
    """As kept with a placement: `contract:no tasks:yes`."""
    return " ".join(f"{key}:{'yes' if answer else 'no'}" for key, answer in answers)


def text_as_answers(text: str) -> dict[str, bool]:
    """The answers that were kept."""
    return {key: answer == "yes" for key, _, answer in (part.partition(":") for part in text.split())}
