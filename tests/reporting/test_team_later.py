"""A team leader sees of two days in total what each case manager sees of the own caseload (B-41 to B-48)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.factories.accounts import a_team_leader
from tests.reporting.conftest import Report
from tests.reporting.three_caseloads import FIRST, LATER, NAMES, Town, three_caseloads

pytestmark = pytest.mark.django_db
DAYS = ("--on", LATER, "--compared-with", FIRST)


@pytest.fixture
def town() -> Town:
    return three_caseloads()


def ways(found: dict[str, Any]) -> Counter[Any]:
    return Counter({(row["from"], row["to"]): row["clients"] for row in found["rows"]})


def growth(found: dict[str, Any]) -> Counter[Any]:
    counts = ("clients", "reached", "risen", "stayed", "fallen", "left", "not_measured_again")
    return Counter({(row["level"], row["growth"], key): row[key] for row in found["rows"] for key in counts})


def shares(found: dict[str, Any]) -> Counter[Any]:
    return Counter({(row["indicator"], key): row[key] for row in found["rows"] for key in ("whole", "has")})


def reasons(found: dict[str, Any]) -> Counter[Any]:
    return Counter({(row["level"], row["reason"]): row["clients"] for row in found["rows"]})


def coverage(found: dict[str, Any]) -> Counter[Any]:
    return Counter({key: found["totals"][key] for key in ("base", "placed", "placed_twice", "not_placed")})


@pytest.mark.covers("B-50", page="report movement")
@pytest.mark.parametrize(
    ("key", "count"),
    [("movement", ways), ("realised", growth), ("indicators", shares), ("left", reasons), ("coverage", coverage)],
)
def test_the_whole_of_a_team_is_what_its_caseloads_add_up_to(town: Town, report: Report, key: str, count: Any) -> None:
    _municipality, team, workers, _people = town
    asked = (key, *(DAYS if key != "coverage" else DAYS[:2]))
    whole = count(report(*asked, "--as", a_team_leader(team).name))
    parts = [count(report(*asked, "--as", workers[name].name)) for name in NAMES]
    assert +whole == +sum(parts, Counter())
    assert +parts[0] != +parts[1] != +parts[2]
    assert sum(whole.values())
