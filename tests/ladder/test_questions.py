"""The questions lead to a level, and to the level within a year; what can't find growth is not asked."""

from __future__ import annotations

import pytest

from opstap.ladder.logic import Question, answers_as_text, growth_walk, text_as_answers, walk

TREE = [
    Question("contract", "support", "tasks"),
    Question("support", "5", "6"),
    Question("tasks", "4", "organised"),
    Question("organised", "3", "social"),
    Question("social", "2", "1"),
]
RANKS = {str(code): code * 10 for code in range(1, 7)}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"contract": True, "support": True}, "5"),
        ({"contract": True, "support": False}, "6"),
        ({"contract": False, "tasks": True}, "4"),
        ({"contract": False, "tasks": False, "organised": True}, "3"),
        ({"contract": False, "tasks": False, "organised": False, "social": True}, "2"),
        ({"contract": False, "tasks": False, "organised": False, "social": False}, "1"),
    ],
)
def test_each_level_is_found(answers: dict[str, bool], found: str) -> None:
    walked = walk(TREE, answers)
    assert (walked.found, walked.asks) == (found, None)
    assert dict(walked.answered) == answers


def test_the_first_question_without_an_answer_is_asked() -> None:
    walked = walk(TREE, {"contract": False})
    assert (walked.asks, walked.found, walked.answered) == ("tasks", None, (("contract", False),))


def test_an_answer_to_a_question_that_is_not_asked_is_left_out() -> None:
    assert walk(TREE, {"contract": False, "support": True, "tasks": True}).answered == (
        ("contract", False),
        ("tasks", True),
    )


def test_growth_stops_where_nothing_higher_can_be_found() -> None:
    answers = {"contract": False, "tasks": False}
    walked = growth_walk(TREE, answers, ranks=RANKS, current="3")
    assert (walked.found, walked.asks) == ("3", None)
    lower = growth_walk(TREE, answers, ranks=RANKS, current="2")
    assert (lower.found, lower.asks) == (None, "organised")


def test_who_stands_on_top_is_asked_nothing() -> None:
    walked = growth_walk(TREE, {}, ranks=RANKS, current="6")
    assert (walked.found, walked.asks, walked.answered) == ("6", None, ())


def test_a_found_level_below_the_current_one_is_no_growth() -> None:
    walked = growth_walk(TREE, {"contract": True, "support": True}, ranks=RANKS, current="5")
    assert walked.found == "5"


def test_answers_are_kept_as_a_text_that_reads_back() -> None:
    given = (("current.contract", False), ("current.tasks", True))
    assert answers_as_text(given) == "current.contract:no current.tasks:yes"
    assert text_as_answers(answers_as_text(given)) == dict(given)


def test_where_no_growth_is_asked_none_is_found() -> None:
    walked = growth_walk([], {}, ranks=RANKS, current="3")
    assert (walked.found, walked.asks, walked.answered) == (None, None, ())
