"""Report `realised`: what became of twelve people, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils.translation import override

from opstap.analytics.uncertainty import estimated
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients
from opstap.config.commands import report_command
from opstap.facts.selectors.cache import forget_all
from opstap.foundation.dates import clock_at
from opstap.ladder.models import Measurement, Scale
from opstap.ladder.operations import withdraw_measurement
from opstap.municipality.models import Municipality
from opstap.reporting.tables.realised.calibration import comparison
from tests.factories.accounts import a_coordinator
from tests.factories.clients import BY, a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.reporting.cohort import LATER, PAGE, SINCE, SOON, a_cohort
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
DAYS = ("--on", "2024-06-15", "--compared-with", "2023-06-15")


@pytest.fixture
def town() -> Municipality:
    return a_cohort()


def counts(row: dict[str, Any]) -> list[int]:
    keys = ("clients", "reached", "risen", "stayed", "fallen", "left", "not_measured_again")
    return [row[key] for key in keys]


@pytest.mark.covers("B-42", "B-53", page="report realised")
def test_per_level_and_growth_it_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("realised", *DAYS)
    rows = {(row["level"], row["growth"]): counts(row) for row in found["rows"] if row["clients"]}
    assert rows == {
        ("1", "with"): [4, 1, 1, 1, 0, 0, 1],
        ("1", "without"): [1, 0, 0, 1, 0, 0, 0],
        ("2", "with"): [3, 1, 0, 0, 1, 1, 0],
        ("2", "without"): [1, 0, 0, 0, 0, 1, 0],
        ("2", "unknown"): [1, 1, 0, 0, 0, 0, 0],
    }
    assert [row["level"] for row in found["rows"]] == [code for code in "12345" for _answer in range(3)]
    assert found["base"] == found["totals"]["cohort"] == 10
    with_growth = found["totals"]["with_growth"]
    assert counts(with_growth) == [7, 2, 1, 1, 1, 1, 1]
    assert with_growth["reached_share"] == 28.6


@pytest.mark.covers("G-6", page="report realised")
def test_realised_growth_is_of_those_placed_again_within_the_year(town: Municipality, report: Report) -> None:
    totals = report("realised", *DAYS)["totals"]
    assert (totals["has_full_year"], totals["year_ends_on"]) == (True, "2024-06-15")
    with_growth = totals["with_growth"]
    # Of seven one was not placed again; numbers 1, 3, 6 and 8 stood on what was expected, 3 fell back, 8 left after it.
    assert (with_growth["known"], with_growth["realised"], with_growth["higher"]) == (6, 4, 5)
    assert with_growth["realised_share"] == 66.7
    assert (with_growth["realised_low"], with_growth["realised_high"]) == (29.9, 90.4)  # Wilson: 29.999 and 90.32 %
    assert totals["without_growth"]["known"] == 1
    judged = {row["level"]: row for row in totals["judged"]}
    assert (judged[None]["clients"], judged[None]["with_growth"], judged[None]["with_growth_share"]) == (9, 7, 77.8)
    assert (judged[None]["known"], judged[None]["higher"]) == (7, 5)
    assert (judged["1"]["clients"], judged["1"]["with_growth"], judged["1"]["higher"]) == (5, 4, 3)


@pytest.mark.covers("B-43", page="report realised")
def test_with_and_without_an_instrument_is_change_and_no_effect(town: Municipality, report: Report) -> None:
    found = report("realised", *DAYS)
    instrument = found["totals"]["instrument"]
    assert counts(instrument["yes"]) == [3, 2, 1, 0, 0, 0, 0]
    assert counts(instrument["no"]) == [7, 1, 0, 2, 1, 2, 1]
    assert instrument["unknown"]["clients"] == 0
    assert any("dit is verandering, geen effect" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("words", "until"),
    [
        (("--on", "2024-06-14", "--compared-with", "2023-06-15"), "14 jun 2024"),
        (("--on", "2024-06-15", "--compared-with", "2023-07-01"), "15 jun 2024"),
        (("--on", "2024-06-15", "--compared-with", "2023-06-15", "--known-at", "2024-06-01"), "1 jun 2024"),
    ],
)
def test_of_a_cohort_too_young_nothing_is_said_of_the_year(
    town: Municipality, report: Report, words: tuple[str, ...], until: str
) -> None:
    found = report("realised", *words)
    assert found["totals"]["has_full_year"] is False
    assert "realised" not in found["totals"]["with_growth"]
    assert "judged" not in found["totals"]
    assert not any("realised" in row for row in found["rows"])
    assert any(f"op {until} was dat jaar nog niet om" in note for note in found["notes"])


def test_a_year_is_full_on_its_last_day_and_a_day_to_come_is_refused(town: Municipality, report: Report) -> None:
    with clock_at(datetime(2024, 6, 14, 12, tzinfo=UTC)):
        assert report_command.run(["realised", *DAYS]) == 2
    with clock_at(datetime(2024, 6, 15, 12, tzinfo=UTC)):
        assert report("realised", *DAYS)["totals"]["has_full_year"] is True


def test_what_was_withdrawn_since_counted_as_long_as_it_was_known(town: Municipality, report: Report) -> None:
    before = report("realised", *DAYS)["totals"]["with_growth"]
    known = datetime.now(UTC).isoformat()
    row = Measurement.objects.get(measured_on=LATER, level__code="5")
    withdraw_measurement(by=BY, measurement=row, why="verkeerd dossier")
    after = report("realised", *DAYS)["totals"]["with_growth"]
    assert (after["known"], after["realised"], after["not_measured_again"]) == (5, 3, 2)
    assert report("realised", *DAYS, "--known-at", known)["totals"]["with_growth"] == before


def test_who_was_merged_counts_once_with_both_histories(town: Municipality, report: Report) -> None:
    other = a_client(town)
    placed(other, "3", on=date(2024, 2, 1))
    merge_clients(by=BY, client=other, kept=Client.objects.get(persons__surname="Mens4"), why="dezelfde")
    with_growth = report("realised", *DAYS)["totals"]["with_growth"]
    assert counts(with_growth) == [7, 3, 1, 1, 1, 1, 0]
    assert (with_growth["known"], with_growth["realised"]) == (7, 5)


def test_a_scale_that_counts_half_levels_sees_the_small_step(report: Report) -> None:
    municipality = a_municipality()
    client = a_client(municipality)
    placed(client, "2-", on=SINCE, growth="yes", expected="2+")
    placed(client, "2+", on=SOON)
    assert counts(report("realised", *DAYS)["totals"]["with_growth"]) == [1, 0, 0, 1, 0, 0, 0]
    Scale.objects.filter(key="vng").update(growth_on_halves=True)
    forget_all()
    found = report("realised", *DAYS)
    assert counts(found["totals"]["with_growth"]) == [1, 1, 0, 0, 0, 0, 0]
    assert [row["level"] for row in found["rows"] if row["clients"]] == ["2"]


@pytest.mark.covers("B-42", page="/rapporten/groei-gerealiseerd/")
def test_a_grouping_says_same_and_moved_and_nothing_of_growth_that_came(
    town: Municipality, report: Report, client: Browser
) -> None:
    for now in ("1", "2"):
        someone = a_client(town)
        placed(someone, "1", on=SINCE, scale="steenwijkerland", growth="yes")
        placed(someone, now, on=SOON, scale="steenwijkerland")
    found = report("realised", *DAYS, "--scale", "steenwijkerland")
    with_growth = found["totals"]["with_growth"]
    assert (with_growth["clients"], with_growth["same"], with_growth["moved"]) == (2, 1, 1)
    assert "realised" not in with_growth
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"{PAGE}&scale=steenwijkerland").content.decode()
    assert "Deze indeling heeft geen hoger of lager." in page


def test_through_a_crosswalk_it_counts_on_the_other_scale(report: Report) -> None:
    municipality = a_municipality()
    for level, expected, now in (("1", "3", "3"), ("3", "5", "4"), ("1", None, "5")):
        someone = a_client(municipality)
        placed(someone, level, on=SINCE, scale="groningen", growth="yes", expected=expected)
        placed(someone, now, on=SOON, scale="groningen")
    found = report("realised", *DAYS, "--crosswalk", "groningen-vng")
    with_growth = found["totals"]["with_growth"]
    assert (with_growth["clients"], with_growth["reached"], with_growth["no_counterpart"]) == (3, 1, 2)
    assert (with_growth["known"], with_growth["realised"]) == (1, 1)


@pytest.mark.parametrize(
    ("seen", "not_seen", "said"),
    [
        ((40, 60, 60), (10, 40, 40), "procentpunt vaker"),
        ((10, 40, 40), (40, 60, 60), "procentpunt minder vaak"),
        ((30, 40, 60), (10, 40, 60), "procentpunt vaker"),
        ((12, 40, 60), (10, 40, 60), "geen duidelijk verschil"),
        ((20, 40, 40), (15, 30, 30), "geen duidelijk verschil"),
        ((1, 305, 305), (0, 40, 40), "geen duidelijk verschil"),
        ((84, 850, 1000), (14, 150, 180), "geen duidelijk verschil"),  # 85 % has it, 10 % came higher: no verdict
        ((5, 9, 9), (1, 30, 30), "van te weinig mensen bekend om iets te zeggen"),
        ((0, 0, 0), (1, 30, 30), ""),
    ],
)
def test_a_difference_is_called_one_only_when_it_is(
    seen: tuple[int, int, int], not_seen: tuple[int, int, int], said: str
) -> None:
    with override("nl"):
        told = comparison(*estimated([seen, not_seen])).replace("\xa0", " ")
    assert said in told
    assert bool(said) is bool(told)


@pytest.mark.covers("B-48", page="report realised")
def test_who_has_a_caseload_counts_that_alone(town: Municipality, report: Report) -> None:
    own = report("realised", *DAYS, "--as", "Jo Jansen")["totals"]
    assert (own["cohort"], own["with_growth"]["clients"], own["with_growth"]["reached"]) == (5, 4, 1)


@pytest.mark.covers("B-53", page="report realised")
def test_by_team_the_total_is_that_of_all(town: Municipality, report: Report) -> None:
    found = report("realised", *DAYS, "--by", "team")
    groups = {one["group"]: one for one in found["totals"]["groups"]}
    assert {name: one["cohort"] for name, one in groups.items()} == {"Noord": 5, "unknown": 5}
    assert sum(one["with_growth"]["realised"] for one in groups.values()) == found["totals"]["with_growth"]["realised"]


def test_a_municipality_without_plans_has_no_instruments_in_it(
    town: Municipality, report: Report, client: Browser
) -> None:
    a_setting(town, "part.plans", "off", date(2023, 1, 1))
    found = report("realised", *DAYS)
    assert "instrument" not in found["totals"]
    assert not any("instrument" in note for note in found["notes"])
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    assert len(client.get(PAGE).context["sections"]) == 4


def test_of_several_levels_a_difference_is_one_only_among_so_many() -> None:
    sides = estimated([(16, 40, 60), (7, 40, 60)])
    with override("nl"):
        assert "procentpunt vaker" in comparison(*sides)
        assert "geen duidelijk verschil" in comparison(*sides, comparisons=5)
