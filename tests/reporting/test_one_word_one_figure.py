"""What carries one name in several reports is one figure: of the same people, with the same share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
FIRST, AGAIN, GONE = date(2023, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
ON = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
MOVED = ("risen", "fallen", "left")

# Level, growth potential, and what came: a level, "" (not placed again) or "left".
WAYS = (
    ("1", "yes", "2"), ("2", "yes", "4"), ("2", "no", "2"), ("3", "no", "2"), ("3", "yes", ""), ("4", "no", "left"),
    ("0", "unknown", "2"), ("1", "unknown", ""), ("5", "no", "5"), ("2", "yes", "3"), ("3", "no", "left"),
    ("", "", ""), ("", "", "3"),
)  # fmt: skip


@pytest.fixture(params=("vng", "groningen"))
def town(request: pytest.FixtureRequest) -> tuple[Municipality, str]:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    workers = [a_case_manager(team, name=name) for name in ("Anna Aarts", "Bram Bos")]
    for number, (level, growth, after) in enumerate(WAYS * 2):
        client = a_client(municipality, until=GONE if after == "left" else None)
        in_caseload(client, workers[number % 2], team=team)
        if level and (request.param == "vng" or level != "0"):
            placed(client, level, on=FIRST, growth=growth, scale=request.param)
        if after not in {"", "left"}:
            placed(client, after, on=AGAIN, scale=request.param)
    return municipality, request.param


def asked(scale: str) -> tuple[str, ...]:
    return ON if scale == "vng" else (*ON, "--crosswalk", "groningen-vng")


def of_movement(totals: dict[str, Any]) -> dict[str, tuple[int, int, float]]:
    return {key: (totals["cohort"], totals[key], totals[f"{key}_share"]) for key in MOVED}


def of_indicators(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, float]]:
    return {row["indicator"]: (row["known"], row["has"], row["share"]) for row in rows}


def of_differences(totals: dict[str, Any]) -> dict[str, tuple[int, int, float]]:
    return {key: (one["known"], one["having"], one["share"]) for key, one in totals.items() if key != "persons"}


@pytest.mark.covers("B-41", "B-50", "B-51", page="report indicators")
def test_risen_is_one_figure_in_movement_indicators_and_differences(
    town: tuple[Municipality, str], report: Report
) -> None:
    _municipality, scale = town
    movement = of_movement(report("movement", *asked(scale))["totals"])
    indicators = of_indicators(report("indicators", *asked(scale))["rows"])
    differences = of_differences(report("differences", *asked(scale))["totals"])
    assert {key: indicators[key] for key in MOVED} == movement
    assert differences["risen"] == movement["risen"]
    assert movement["risen"][1] > 0
    for key in ("growth", "exemption"):
        assert differences[key] == indicators[key]
    # Of those placed again it is another figure, under a name that says so.
    again, of_all = indicators["risen_of_placed_again"], movement["risen"]
    assert again[1] == of_all[1]
    assert again[0] < of_all[0]


def test_it_is_so_for_each_case_manager_too(town: tuple[Municipality, str], report: Report) -> None:
    _municipality, scale = town
    moved = {one["group"]: one for one in report("movement", *asked(scale), "--by", "worker")["totals"]["groups"]}
    rows = [row for row in report("indicators", *asked(scale), "--by", "worker")["rows"] if row["indicator"] == "risen"]
    compared = [row for row in report("differences", *asked(scale))["rows"] if row["measure"] == "risen"]
    for name, totals in moved.items():
        expected = (totals["cohort"], totals["risen"], totals["risen_share"])
        assert [(row["known"], row["has"], row["share"]) for row in rows if row["group"] == name] == [expected]
        assert [(row["known"], row["having"], row["share"]) for row in compared if row["worker"] == name] == [expected]


def test_no_two_indicators_have_one_name(town: tuple[Municipality, str], report: Report) -> None:
    rows = report("indicators", *asked(town[1]))["rows"]
    assert len({row["name"] for row in rows}) == len(rows)
