"""Growth is yes if and only if a higher level is expected (FIELD 1.4): the form asks, all else is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from opstap.foundation import dates
from opstap.ladder.logic import LevelDesign, ScaleDesign
from opstap.ladder.operations import create_scale, record_measurements
from tests.factories.clients import BY
from tests.factories.ladder import a_placement, placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
IS_GROWTH = "dan is er groei"
NO_HIGHER = "Deze trede is niet hoger"
WHICH = "Kies de trede waar deze persoon naartoe kan"


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def errors(page: str) -> list[str]:
    return [words for words in (IS_GROWTH, NO_HIGHER, WHICH) if words in page]


@pytest.mark.parametrize(
    ("level", "growth", "expected", "told"),
    [
        ("2", "no", "5", [IS_GROWTH]),
        ("2", "unknown", "5", [IS_GROWTH]),
        ("2", "yes", "", [WHICH]),
        ("2", "yes", "2+", [NO_HIGHER]),
        ("3", "yes", "2", [NO_HIGHER]),
        ("2", "yes", "5", []),
        ("2", "no", "", []),
        ("2", "no", "2", []),
        ("2", "unknown", "", []),
        ("6", "yes", "", []),
        ("0", "no", "3", []),
    ],
)
def test_the_form_asks_where_growth_and_the_expected_level_differ(
    desk: Desk, level: str, growth: str, expected: str, told: list[str]
) -> None:
    answer = desk.post({"level": level, "growth": growth, "expected": expected, "save": "1"})
    assert errors(answer) == told
    assert [held.level.code for held in desk.standing()] == ([] if told else [level])


def test_the_words_stand_at_the_field_and_the_list_above_leads_to_it(desk: Desk) -> None:
    page = desk.post({"level": "2", "growth": "yes", "save": "1"})
    field = page.partition('id="id_expected"')[2].partition("</fieldset>")[0]
    assert WHICH in field
    assert 'href="#id_expected' in page


def test_halves_are_growth_where_the_ladder_counts_them(desk: Desk) -> None:
    levels = (LevelDesign("1", "Thuis"), LevelDesign("2", "Buiten", halves=True))
    create_scale(by=BY, design=ScaleDesign("half", "ordinal", "Halven", dates.today(), levels, growth_on_halves=True))
    given = {"ladder": "half", "level": "2-", "expected": "2+", "save": "1"}
    assert errors(desk.post(given | {"growth": "no"})) == [IS_GROWTH]
    desk.post(given | {"growth": "yes"})
    assert [held.level.code for held in desk.standing()] == ["2-"]


def test_what_is_recorded_otherwise_is_kept_and_told(desk: Desk) -> None:
    day = date(2025, 3, 1)
    rows = [
        a_placement(desk.client, "2", day, growth="no", expected="5"),
        replace(a_placement(desk.client, "3", day, growth="yes", expected="3"), measured_on=date(2025, 4, 1)),
        replace(a_placement(desk.client, "3", day, growth="yes"), measured_on=date(2025, 5, 1)),
        replace(a_placement(desk.client, "6", day, growth="no"), measured_on=date(2025, 6, 1)),
    ]
    remarks = record_measurements(by=BY, rows=rows)
    assert [(one.row, one.code) for one in remarks] == [(0, "higher_without_growth"), (1, "growth_without_higher")]


def test_confirming_what_says_both_tells_so(desk: Desk) -> None:
    placed(desk.client, "2", on=date(2025, 3, 1), growth="no", expected="5")
    assert desk.confirm(next=desk.url)["Location"] == desk.url
    assert "De verwachte trede is hoger, maar bij groei staat" in desk.browser.get(desk.url).content.decode()


def test_the_page_knows_the_places_by_which_a_choice_answers_growth(desk: Desk) -> None:
    page = desk.browser.get(desk.url).content.decode()

    def place(name: str, code: str) -> str:
        found = re.search(rf'name="{name}" value="{re.escape(code)}"[^>]* data-place="(\d*)"', page)
        assert found is not None
        return found[1]

    assert place("level", "2") == place("level", "2+") == place("expected", "2-")
    assert int(place("expected", "5")) > int(place("level", "2"))
    assert place("level", "6") == ""
    assert place("level", "0") == ""
