"""What a file says of help, as it is read."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.exchange.logic import ActivitySaid, TrajectorySaid, read_activity, read_trajectory
from tests.exchange.logic.vocabularies import vocabulary


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("behoud van participatieniveau", TrajectorySaid("unspecified", keeps=True)),
        ("Behoud", TrajectorySaid("unspecified", keeps=True)),
        ("naar trede 3", TrajectorySaid("unspecified", goal="3")),
        ("Naar Trede 3+", TrajectorySaid("unspecified", goal="3+")),
        ("traject naar 6", TrajectorySaid("unspecified", goal="6")),
        ("trede 4", TrajectorySaid("unspecified", goal="4")),
        ("Oriëntatietraject", TrajectorySaid("orientation")),
        ("naar werk", TrajectorySaid("work")),
        ("Inburgering", TrajectorySaid("integration")),
        ("WerkPlus Kop van Noord", TrajectorySaid("other", "WerkPlus Kop van Noord")),
        ("geen", None),
        ("n.v.t.", None),
        ("-", None),
        (" ", None),
    ],
)
def test_a_trajectory_is_a_goal_a_kind_or_a_name(text: str, said: TrajectorySaid | None) -> None:
    read = read_trajectory(text, vocabulary())
    assert read.value == said
    assert not read.faults


@pytest.mark.parametrize("text", ["naar trede 9", "naar trede 0"])
def test_a_level_that_the_ladder_does_not_have_is_a_name_with_a_warning(text: str) -> None:
    read = read_trajectory(text, vocabulary())
    assert read.value == TrajectorySaid("other", text)
    assert [(fault.code, fault.severity) for fault in read.faults] == [("trajectory_goal_unknown", "warning")]


def test_what_is_too_long_is_shortened_with_a_warning() -> None:
    read = read_activity("schoffelen " * 20, vocabulary())
    assert read.value is not None
    assert len(read.value.description) <= 120
    assert [str(fault.code) for fault in read.faults] == ["activity_shortened"]


def test_an_activity_has_the_kind_of_its_word() -> None:
    read = read_activity("Cursus\nNederlands", vocabulary())
    assert read.value == ActivitySaid("Cursus Nederlands", "education")
    assert read_activity("Limor crisis", vocabulary()).value == ActivitySaid("Limor crisis")
    assert read_activity(date(2010, 3, 12), vocabulary()).value is not None
