"""Report `differences`: who was placed by two colleagues within a month, and how far apart these are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from opstap.analytics.uncertainty import Agreement
from opstap.facts.selectors.cache import forget_all
from opstap.reporting.tables.differences.words import agreement_words
from tests.factories.accounts import a_coordinator
from tests.factories.ladder import placed
from tests.reporting.conftest import Report
from tests.reporting.three_caseloads import (
    FIRST,
    NAMES,
    PAGE,
    SINCE,
    Town,
    consent,
    signed_in,
    three_caseloads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return three_caseloads()


@pytest.fixture
def placed_twice(town: Town) -> Town:
    """Eleven people who were placed by two within 30 days, and some who are no pair."""
    _municipality, _team, _workers, people = town
    anna, bram, cees = (people[name] for name in NAMES)
    soon = SINCE + timedelta(days=30)
    for clients, levels in ((anna, "111112"), (cees, "22221")):
        for client, level in zip(clients, levels, strict=False):
            placed(client, level, on=soon, second=True)
    placed(bram[0], "2", on=SINCE + timedelta(days=31), second=True)  # a day too late
    placed(bram[1], "0", on=soon, second=True)  # nothing was determined
    placed(cees[5], "2", on=soon, second=True, scale="vng", replaces=None)
    wrong = placed(cees[6], "5", on=soon, second=True)
    placed(cees[6], "3", on=soon, second=True, replaces=wrong)
    return town


@pytest.mark.covers("B-51", page="report differences")
def test_two_who_place_the_same_people_are_held_beside_each_other(placed_twice: Town, report: Report) -> None:
    found = report("differences", "--on", FIRST)["agreement"]
    # Anna's 5 and 1, Cees's 5, 1 and one a level higher: 13 in all. Linear on six levels: by hand.
    assert (found["pairs"], found["same"], found["next_to"], found["further"]) == (13, 10, 3, 0)
    first, second = [1] * 6 + [2] * 7, [1] * 5 + [2] + [2] * 5 + [1, 3]
    distance = sum(abs(a - b) for a, b in zip(first, second, strict=True)) / 13
    by_chance = sum(abs(a - b) for a in first for b in second) / 169
    assert found["kappa"] == round(1 - distance / by_chance, 3)
    assert found["low"] < found["kappa"] < found["high"]


def test_of_few_pairs_it_says_that_they_are_too_few(town: Town, client: Browser) -> None:
    municipality, _team, _workers, people = town
    placed(people[NAMES[0]][0], "2", on=SINCE + timedelta(days=3), second=True)
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={FIRST}")
    table = page.context["sections"][-1][1]
    assert [row.cells[1].text for row in table.rows] == ["0", "1", "0", "1"]
    assert table.foot.startswith("Er is maar 1 mens twee keer geplaatst: te weinig om te zeggen")


def test_a_kappa_is_rounded_and_not_cut_off() -> None:
    found = Agreement(pairs=79, same=61, next_to=17, further=1, kappa=0.8576, error=0.0311, low=0.7966, high=0.9186)
    with override("nl"):
        assert "Gewogen kappa 0,86, tussen 0,80 en 0,92; één trede ernaast telt daarin licht." in agreement_words(found)


def test_the_share_on_another_level_stands_before_the_kappa() -> None:
    """Wilson of 18 of 79, by statsmodels: 14.9 to 33.2 percent."""
    found = Agreement(pairs=79, same=61, next_to=17, further=1, kappa=0.8576, error=0.0311, low=0.7966, high=0.9186)
    with override("nl"):
        said = agreement_words(found).replace("\xa0", " ")
    assert said.startswith(
        "Van de 79 mensen kwam 23 % bij de tweede medewerker op een andere trede, tussen 14 % en 34 %."
    )
    assert said.endswith("Landis en Koch (1977) noemen dat bijna volledige overeenstemming.")
    assert "nauwelijks" not in said


def test_who_all_agree_have_an_interval_too() -> None:
    with override("nl"):
        said = agreement_words(Agreement(pairs=20, same=20, next_to=0, further=0, kappa=1.0)).replace("\xa0", " ")
    assert "0 % bij de tweede medewerker op een andere trede, tussen 0 % en 17 %" in said
    assert said.endswith("In alle 20 gevallen kozen beiden dezelfde trede.")


def test_every_pair_leads_to_its_people(placed_twice: Town, client: Browser) -> None:
    municipality, *_ = placed_twice
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={FIRST}")
    table = page.context["sections"][-1][1]
    for row in table.rows:
        if row.cells[1].url:
            assert client.get(row.cells[1].url).context["page_obj"].paginator.count == int(row.cells[1].text)
    assert "Gewogen kappa" in table.foot


def test_it_costs_no_more_queries_than_another_report(placed_twice: Town, client: Browser) -> None:
    municipality, *_ = placed_twice
    consent(municipality)
    signed_in(client, a_coordinator(municipality))
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(f"{PAGE}?on={FIRST}")
    assert len(first_of_a_process) <= 30  # it reads more tables than any other, and settings of two days
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{PAGE}?on={FIRST}")
    assert len(captured) <= 15
