"""Designs of scales: what is wrong with one, and what of a scale in use is fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from opstap.ladder.logic import InUse, LevelDesign, QuestionDesign, ScaleDesign, design_faults, merged_order

TODAY = date(2026, 6, 1)


def asked(key: str, yes: str, no: str, part: str = "current") -> QuestionDesign:
    return QuestionDesign(part, key, f"Vraag {key}?", yes, no)


DESIGN = ScaleDesign(
    key="trap",
    kind="ordinal",
    name_nl="Trap",
    starts_on=TODAY,
    levels=tuple(LevelDesign(code, f"Trede {code}") for code in "123"),
    questions=(asked("a", "3", "b"), asked("b", "2", "1")),
)
ONE, TWO, THREE = DESIGN.levels
UNUSED = InUse()
USED = InUse(DESIGN, frozenset("2"), latest_start=TODAY)


def codes(design: ScaleDesign, known: InUse = UNUSED) -> list[str]:
    return [fault.code for fault in design_faults(design, known, TODAY)]


def test_a_whole_design_has_no_faults() -> None:
    assert codes(DESIGN) == []
    assert codes(DESIGN, USED) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "Eigen Trap"}, "key_not_understood"),
        ({"name_nl": " "}, "name_missing"),
        ({"horizon_months": 0}, "horizon_not_understood"),
        ({"levels": DESIGN.levels[:1], "questions": ()}, "too_few_levels"),
        ({"levels": (*DESIGN.levels, LevelDesign("3", "Nog een"))}, "code_twice"),
        ({"levels": (*DESIGN.levels, LevelDesign("0", "Niets"))}, "code_twice"),
        ({"levels": (*DESIGN.levels, LevelDesign("4+", "Half"))}, "code_not_understood"),
        ({"levels": (*DESIGN.levels, LevelDesign("4", ""))}, "level_name_missing"),
        ({"questions": (asked("a", "3", ""),)}, "answer_leads_nowhere"),
        ({"questions": (asked("a", "3", "9"),)}, "answer_leads_nowhere"),
        ({"questions": (asked("a", "3", "2"), asked("b", "2", "1"))}, "question_never_asked"),
        ({"questions": (replace(asked("a", "3", "2"), text_nl=""),)}, "question_missing"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], code: str) -> None:
    assert code in codes(replace(DESIGN, **change))  # type: ignore[arg-type]  # fields by name


def test_a_fault_names_its_level_or_question() -> None:
    wrong = replace(DESIGN, levels=(*DESIGN.levels[:2], LevelDesign("3", "")))
    (fault,) = design_faults(wrong, InUse(), TODAY)
    assert (fault.where, fault.place) == ("level", 2)


def test_a_circle_of_questions_is_found() -> None:
    assert "question_asked_twice" in codes(replace(DESIGN, questions=(asked("a", "3", "b"), asked("b", "a", "1"))))


def test_at_most_five_questions_stand_on_a_way() -> None:
    five = [asked(f"q{n}", "3", f"q{n + 1}") for n in range(5)]
    six = (*five, asked("q5", "2", "1"))
    assert "too_many_questions" in codes(replace(DESIGN, questions=six))
    assert codes(replace(DESIGN, questions=(*five[:4], asked("q4", "2", "1")))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_on": date(2026, 5, 31)}, "starts_in_the_past"),
        ({"kind": "nominal"}, "kind_of_a_used_scale"),
        ({"growth_on_halves": True}, "kind_of_a_used_scale"),
        ({"levels": (ONE, THREE), "questions": ()}, "used_level_gone"),
        (
            {"levels": (DESIGN.levels[0], replace(DESIGN.levels[1], growth=False), DESIGN.levels[2])},
            "used_level_changed",
        ),
    ],
)
def test_what_people_stand_on_is_fixed(change: dict[str, object], code: str) -> None:
    assert code in codes(replace(DESIGN, **change), USED)  # type: ignore[arg-type]  # fields by name
    assert code not in codes(replace(DESIGN, **change))  # type: ignore[arg-type]


def test_used_levels_keep_their_order_and_others_may_move() -> None:
    both = InUse(DESIGN, frozenset("12"), latest_start=TODAY)
    assert "used_levels_in_another_order" in codes(replace(DESIGN, levels=(TWO, ONE, THREE)), both)
    assert codes(replace(DESIGN, levels=(THREE, ONE, TWO)), both) == []


def test_a_planned_version_comes_before_a_newer_one() -> None:
    planned = replace(USED, latest_start=date(2026, 9, 1))
    assert "starts_before_the_version_before" in codes(replace(DESIGN, starts_on=date(2026, 7, 1)), planned)


def test_a_level_that_a_crosswalk_names_stays() -> None:
    crossed = InUse(DESIGN, crossed=frozenset("3"))
    assert "level_in_crosswalk" in codes(replace(DESIGN, levels=(ONE, TWO), questions=()), crossed)
    assert codes(DESIGN, crossed) == []


def test_half_levels_that_a_crosswalk_names_stay() -> None:
    halved = replace(DESIGN, levels=(ONE, TWO, replace(THREE, halves=True)))
    crossed = InUse(halved, crossed=frozenset("3"), crossed_apart=frozenset("3"))
    assert codes(DESIGN, crossed) == ["half_level_in_crosswalk"]
    assert codes(halved, crossed) == []


def test_levels_that_are_gone_keep_their_place_behind_the_one_before() -> None:
    assert merged_order(["0", "1", "2", "3"], ["0", "1", "3", "4"]) == ["0", "1", "2", "3", "4"]
    assert merged_order(["1", "2"], ["2", "3"]) == ["1", "2", "3"]
