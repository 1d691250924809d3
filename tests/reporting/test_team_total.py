"""A team leader sees of the team in total what each case manager sees of the own caseload (B-20 to B-34)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from opstap.accounts.models import User
from opstap.clients.logic import ExemptionRow
from opstap.clients.operations import record_exemptions
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team, a_team_leader
from tests.factories.clients import BY, a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument

pytestmark = pytest.mark.django_db
Report = Callable[..., dict[str, Any]]
DAY = date(2024, 6, 1)
SPLIT_BY = ("integration", "low-literacy", "basic-qualification", "income", "exemption", "instrument")


@pytest.fixture
def team() -> tuple[Municipality, list[User], User]:
    """Two case managers with three people each, and their leader; a third has somebody else."""
    town = a_municipality()
    team = a_team(town)
    workers = [a_case_manager(team) for _ in range(2)]
    for place, worker in enumerate(workers):
        for number in range(3):
            person = a_client(town, number=f"W{place}{number}")
            in_caseload(person, worker, team=team)
            if number < 2:
                level = ("1", "2+")[number]
                placed(person, level, on=date(2024, 1, 1), growth=("yes", "no")[place], expected="3")
            with_trait(person, "low_literate", ("yes", "no")[number % 2])
            with_trait(person, "basic_qualification", ("yes", "no")[place])
            with_trait(person, "integration", ("need", "none")[number % 2])
            if not number:
                an_instrument(a_trajectory(person, "work"))
                row = ExemptionRow(client_id=person.pk, starts_on=date(2024, 1, 1), ground="medical", duty="work")
                record_exemptions(by=BY, rows=[row])
    other = a_team(town)
    in_caseload(a_client(town), a_case_manager(other), team=other)
    return town, workers, a_team_leader(team)


def counted(found: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """Persons by group, level and growth."""
    keys = ("without_growth", "with_growth", "unknown_growth")
    rows: Counter[tuple[Any, ...]] = Counter()
    for row in found["rows"]:
        rows[row.get("group"), row["level"], "all"] += row["clients"]
        for key in keys:
            rows[row.get("group"), row["level"], key] += row[key] or 0
    return +rows


@pytest.mark.covers("B-36", page="report placement")
@pytest.mark.parametrize("by", ["", *SPLIT_BY])
def test_the_whole_of_a_team_is_what_its_caseloads_add_up_to(
    team: tuple[Municipality, list[User], User], report: Report, by: str
) -> None:
    town, workers, leader = team
    asked = ("placement", "--on", str(DAY), "--municipality", town.name, *(("--by", by) if by else ()))
    whole = counted(report(*asked, "--as", leader.name))
    parts = [counted(report(*asked, "--as", worker.name)) for worker in workers]
    assert whole == parts[0] + parts[1]
    assert sum(count for (_group, _level, kind), count in whole.items() if kind == "all") == 6
    assert parts[0] != parts[1]
    if by:
        assert len({group for group, _level, _kind in whole}) > 1 or by == "income"


@pytest.mark.covers("B-36", page="report coverage")
def test_so_is_who_was_not_assessed_yet(team: tuple[Municipality, list[User], User], report: Report) -> None:
    town, workers, leader = team
    asked = ("coverage", "--on", str(DAY), "--municipality", town.name)
    whole, *parts = (report(*asked, "--as", one.name)["totals"] for one in (leader, *workers))
    assert whole["not_placed"] == sum(part["not_placed"] for part in parts) == 2
    assert whole["base"] == sum(part["base"] for part in parts) == 6
