"""The questions propose, the worker decides: another level or goal than they found takes a reason, now and later."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opstap.foundation import dates
from opstap.ladder.logic import LevelDesign, QuestionDesign, ScaleDesign, overridden
from opstap.ladder.operations import create_scale
from tests.factories.clients import BY
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
FOUND_3_TO_4 = {
    "wijze": "vragen", "current-contract": "no", "current-tasks": "no", "current-organised": "yes",
    "growth-contract": "no", "growth-tasks": "yes", "save": "1",
}  # fmt: skip
OTHER_GOAL = "De vragen vonden een andere verwachte trede."
OTHER_LEVEL = "De vragen vonden een andere trede."


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


@pytest.mark.parametrize(
    ("found", "chosen", "against"),
    [
        (("3", "4"), ("3", "4"), ""),
        (("3", "4"), ("2", "4"), "level"),
        (("3", "4"), ("3", "5"), "goal"),
        (("3", "4"), ("3", ""), "goal"),
        (("3", "3"), ("3", ""), ""),
        (("3", "3"), ("3", "3"), ""),
        (("3", "3"), ("3", "4"), "goal"),
        (("3", ""), ("3", "5"), ""),
        (("", ""), ("3", "5"), ""),
    ],
)
def test_what_goes_against_the_questions(found: tuple[str, str], chosen: tuple[str, str], against: str) -> None:
    assert overridden(*found, *chosen) == against


def test_another_goal_than_the_questions_found_takes_a_reason(desk: Desk) -> None:
    chosen = FOUND_3_TO_4 | {"level": "3+", "expected": "5", "growth": "yes"}
    assert OTHER_GOAL in desk.post(chosen)
    assert desk.standing() == []
    desk.post(chosen | {"override_reason": "proefplaatsing begint"})
    assert [held.override_reason for held in desk.standing()] == ["proefplaatsing begint"]


def test_a_half_level_of_what_was_found_takes_none(desk: Desk) -> None:
    desk.post(FOUND_3_TO_4 | {"level": "3-", "expected": "4+", "growth": "yes"})
    assert [held.level.code for held in desk.standing()] == ["3-"]


def test_a_correction_keeps_what_the_questions_found_and_asks_why_it_differs(desk: Desk) -> None:
    desk.post(FOUND_3_TO_4 | {"level": "3", "expected": "4", "growth": "yes"})
    url = desk.link("verbeteren")
    given = {"expected": "4", "growth": "yes", "why": "typefout", "save": "1"}
    assert OTHER_LEVEL in desk.post(given | {"level": "2"}, url)
    assert OTHER_GOAL in desk.post(given | {"level": "3", "expected": "5"}, url)
    desk.post(given | {"level": "2", "override_reason": "werkt niet meer"}, url)
    (held,) = desk.standing()
    assert held.found_level is not None
    assert (held.level.code, held.found_level.code, held.override_reason) == ("2", "3", "werkt niet meer")
    assert held.answers.startswith("current.contract:no")


def test_a_choice_is_compared_with_the_whole_level_found_not_with_its_first_sign(desk: Desk) -> None:
    levels = tuple(LevelDesign(code, f"Trede {code}", halves=code == "10") for code in ("1", "2", "10"))
    question = QuestionDesign("current", "a", "Werkt deze persoon?", "10", "1")
    design = ScaleDesign("lang", "ordinal", "Lange trap", dates.today(), levels, (question,))
    create_scale(by=BY, design=design)

    def checked(answer: str, level: str) -> list[str]:
        given = {"ladder": "lang", "wijze": "vragen", "current-a": answer, "level": level}
        return re.findall(r'name="level" value="([^"]*)" checked', desk.browser.post(desk.url, given).content.decode())

    assert checked("no", "10") == ["1"]
    assert checked("yes", "1") == ["10"]
    assert checked("yes", "10+") == ["10+"]


def test_a_ladder_that_asks_for_the_level_only_says_nothing_of_growth(desk: Desk) -> None:
    levels = tuple(LevelDesign(code, f"Trede {code}") for code in ("1", "2", "3"))
    question = QuestionDesign("current", "a", "Werkt deze persoon?", "3", "1")
    create_scale(by=BY, design=ScaleDesign("kort", "ordinal", "Korte trap", dates.today(), levels, (question,)))
    asked = {"ladder": "kort", "wijze": "vragen", "current-a": "no"}
    page = desk.browser.post(desk.url, asked).content.decode()
    assert "De vragen leiden naar trede 1. Deze ladder vraagt niet tot waar iemand kan groeien" in page
    for name, value in (("level", "1"), ("expected", ""), ("growth", "unknown")):
        assert re.search(rf'name="{name}" value="{value}"[^>]*checked', page), name
    desk.post(asked | {"level": "1", "expected": "2", "growth": "yes", "save": "1"})
    (held,) = desk.standing()
    assert held.expected_level is not None
    assert (held.level.code, held.expected_level.code, held.growth, held.override_reason) == ("1", "2", 1, "")
