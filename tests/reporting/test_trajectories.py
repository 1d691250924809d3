"""Reports `trajectories` and `caseload`: by command, on the page and as a file, on both clocks, for who may see."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opstap.clients.models import Client as Followed
from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from opstap.municipality.models import Municipality
from opstap.plans.operations import end_trajectory, withdraw_trajectory
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload, with_barrier
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_activity
from tests.plans.test_recording import BY

pytestmark = pytest.mark.django_db
Report = Callable[..., dict[str, Any]]
DAY = date(2024, 6, 1)
TWO_DAYS_ON = dates.now() + timedelta(days=2)
TOMORROW = f"{(dates.now() + timedelta(days=1)).date():%Y-%m-%d}"


@pytest.mark.covers("B-91", page="report trajectories")
def test_the_published_caseload_by_goal(sneek: Municipality, report: Report) -> None:
    found = report("trajectories", "--on", "2010-12-31")
    goals = {row["goal"]: row["trajectories"] for row in found["rows"]}
    # as counted in the file: 44 rows without a trajectory, of which 30 with an activity and a measuring day
    assert goals == {"2": 59, "3": 101, "4": 68, "5": 142, "6": 289, "keep": 463, None: 30}
    assert found["totals"] == {
        "clients": 1166, "with_trajectory": 1152, "with_trajectory_share": 98.8, "trajectories": 1152,
        "maintaining": 463,
    }  # fmt: skip
    keep = next(row for row in found["rows"] if row["goal"] == "keep")
    assert keep == {
        "kind": "unspecified", "kind_name": "niet nader bepaald", "goal": "keep", "goal_name": "behoud van niveau",
        "clients": 463, "share": 39.7, "trajectories": 463,
    }  # fmt: skip
    by_team = report("trajectories", "--on", "2010-12-31", "--by", "team")
    assert sum(row["trajectories"] for row in by_team["rows"]) == 1152


@pytest.mark.covers("B-89", page="report caseload")
@pytest.mark.covers("B-92", page="report caseload")
@pytest.mark.covers("B-93", page="report caseload")
def test_the_client_list_of_the_published_caseload(sneek: Municipality, report: Report) -> None:
    found = report("caseload", "--on", "2010-12-31")
    assert len(found["rows"]) == found["base"] == 1166
    assert found["viewer"] == "command"
    assert [row["number"] for row in found["rows"]] == sorted(row["number"] for row in found["rows"])
    rows = {row["number"]: row for row in found["rows"]}
    assert rows["S00005"] == {
        "number": "S00005", "name": "Kooistra, Aaltje", "level": "2-", "goal": "4-", "trajectory": "naar trede 4",
        "activity": "Cursus Nederlands", "barrier": "anders", "exemption": "", "remarks": "Zie brief d.d. 12-3.",
    }  # fmt: skip
    assert rows["S00001"]["trajectory"] == "behoud van niveau"
    assert rows["S00002"]["exemption"] == "met ontheffing"


class Town:
    """Three people with a case manager, in June 2024."""

    def __init__(self) -> None:
        self.town = a_municipality()
        self.team = a_team(self.town)
        self.worker = a_case_manager(self.team)
        self.people = [self.someone(f"K{number}") for number in range(1, 4)]

    def someone(self, number: str) -> Followed:
        client = a_client(self.town, number=number, surname=f"Naam{number}")
        in_caseload(client, self.worker, team=self.team)
        return client


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.mark.covers("B-91", page="/rapporten/trajecten/")
@pytest.mark.covers("B-67", page="/rapporten/trajecten/")
def test_the_page_shows_kinds_and_goals_and_leads_to_the_people(town: Town, signed_in: Callable[..., Client]) -> None:
    first, second, third = town.people
    a_trajectory(first, "work", goal="3")
    a_trajectory(first, "care", keeps=True)
    a_trajectory(second, "work", goal="3")
    a_trajectory(third, "work", until=date(2024, 5, 1))
    browser = signed_in(town.town, "coordinator")
    page = browser.get(f"/rapporten/trajecten/?on={DAY}").content.decode()
    assert "3 mensen in begeleiding; van hen zitten er 2 (66,7" in page
    assert "Er lopen 3 trajecten, waarvan 1 voor behoud van niveau." in page
    assert "<svg" in page
    assert re.findall(r'group-head"><th[^>]*>([^<]*)<', page) == ["naar werk", "zorg en hulpverlening"]
    assert re.search(r'<span class="level [^"]*">3</span> Deelname', page)
    people = browser.get(f"/rapporten/trajecten/mensen/?on={DAY}&kind=work&goal=3").content.decode()
    assert "naar werk, 3" in people
    assert "NaamK1" in people
    assert "NaamK2" in people
    assert "NaamK3" not in people
    kept = browser.get(f"/rapporten/trajecten/mensen/?on={DAY}&kind=care&goal=keep").content.decode()
    assert "NaamK1" in kept
    assert "NaamK2" not in kept


def test_a_report_of_an_earlier_moment_comes_out_again(town: Town, report: Report) -> None:
    a_trajectory(town.people[0], "work", goal="3")
    kept = a_trajectory(town.people[1], "care", keeps=True)
    before = report("trajectories", "--on", str(DAY), "--municipality", town.town.name)
    with clock_at(TWO_DAYS_ON):
        withdraw_trajectory(by=BY, trajectory=kept, why="vergissing")
    now = report("trajectories", "--on", str(DAY), "--municipality", town.town.name)
    assert (before["totals"]["trajectories"], now["totals"]["trajectories"]) == (2, 1)
    with clock_at(TWO_DAYS_ON):
        again = report("trajectories", "--on", str(DAY), "--known-at", TOMORROW, "--municipality", town.town.name)
    assert again["rows"] == before["rows"]
    assert again["totals"] == before["totals"]


def test_the_client_list_reads_on_both_clocks(town: Town, report: Report) -> None:
    first = town.people[0]
    trajectory = a_trajectory(first, "work", goal="3")
    an_activity(trajectory, "Koor")
    with_barrier(first, "money")
    placed(first, "2", on=DAY, expected="3", growth="yes")
    with clock_at(TWO_DAYS_ON):
        end_trajectory(by=BY, trajectory=trajectory, ends_on=date(2024, 5, 1), reason="other")
    arguments = ("caseload", "--on", str(DAY), "--municipality", town.town.name)
    row = report(*arguments)["rows"][0]
    assert (row["number"], row["level"], row["goal"], row["trajectory"], row["activity"]) == ("K1", "2", "3", "", "")
    with clock_at(TWO_DAYS_ON):
        then = report(*arguments, "--known-at", TOMORROW)["rows"][0]
    assert (then["trajectory"], then["activity"], then["barrier"]) == ("naar werk, naar trede 3", "Koor", "geld")


def test_the_client_list_tells_the_help_of_both_dossiers_of_one_person(town: Town, report: Report) -> None:
    kept, other, third = town.people
    an_activity(a_trajectory(other, "work", goal="3"), "Koor")
    merge_clients(by=BY, client=other, kept=kept, why="twee keer ingevoerd")
    rows = report("caseload", "--on", str(DAY), "--municipality", town.town.name)["rows"]
    assert [(row["number"], row["activity"]) for row in rows] == [(kept.number, "Koor"), (third.number, "")]
    assert rows[0]["trajectory"] == "naar werk, naar trede 3"


@pytest.mark.covers("B-89", page="/rapporten/caseload/")
def test_a_case_manager_lists_the_own_caseload_and_no_more(town: Town, signed_in: Callable[..., Client]) -> None:
    stranger = a_client(town.town, number="V1", surname="Vreemd")
    an_activity(a_trajectory(stranger, "care"), "Zwemmen")
    an_activity(a_trajectory(town.people[0], "care"), "Koor")
    browser = signed_in(town.town, "case_manager", worker=town.worker)
    today = dates.today()
    page = browser.get(f"/rapporten/caseload/?on={today}").content.decode()
    assert "Koor" in page
    assert f'<a href="/clienten/{town.people[0].reference}/">NaamK1' in page
    assert "Vreemd" not in page
    assert "Zwemmen" not in page
    for kind in ("csv", "xlsx", "ods"):
        assert browser.get(f"/rapporten/caseload/bestand/{kind}/?on={today}").status_code == 200
    text = browser.get(f"/rapporten/caseload/bestand/csv/?on={today}").content.decode("utf-8-sig")
    assert "Vreemd" not in text
    assert [row[0] for row in csv.reader(io.StringIO(text), delimiter=";") if row and row[0].startswith("K")] == [
        "K1", "K2", "K3",
    ]  # fmt: skip


def test_a_long_list_comes_in_pages_of_fifty(town: Town, signed_in: Callable[..., Client]) -> None:
    for number in range(100, 160):
        town.someone(f"M{number}")
    browser = signed_in(town.town, "coordinator")
    first = browser.get(f"/rapporten/caseload/?on={DAY}").content.decode()
    assert "63 mensen in begeleiding" in first
    assert first.count('<th scope="row"') == 50
    assert f'href="?on={DAY}&amp;page=2"' in first
    second = browser.get(f"/rapporten/caseload/?on={DAY}&page=2").content.decode()
    assert second.count('<th scope="row"') == 13
    assert "NaamM159" in second
    assert "NaamM100" not in second
    whole = browser.get(f"/rapporten/caseload/bestand/csv/?on={DAY}").content.decode("utf-8-sig")
    assert len(whole.splitlines()) == 64


def test_a_list_is_the_same_however_many_are_read_together(
    town: Town, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other, third = town.people
    an_activity(a_trajectory(other, "work", goal="3"), "Koor")
    merge_clients(by=BY, client=other, kept=kept, why="twee keer ingevoerd")
    placed(third, "2", on=DAY, expected="3", growth="yes")
    for number in range(3):
        with_barrier(town.someone(f"M{number}"), "money")
        with_barrier(third, ("health", "home", "care")[number])
    arguments = ("caseload", "--on", str(DAY), "--municipality", town.town.name, "--by", "barrier")
    together = report(*arguments)
    assert [row["number"] for row in together["rows"]] == ["K3", "K3", "M0", "M1", "M2", "K3", "K1"]
    monkeypatch.setattr("opstap.reporting.selectors.caseload.BLOCK", 2)
    assert report(*arguments) == together


def test_goals_are_read_through_a_crosswalk_too(town: Town, report: Report) -> None:
    first, second, _third = town.people
    a_trajectory(first, "work", goal="2", scale="groningen")
    a_trajectory(second, "work", goal="3")
    arguments = ("--on", str(DAY), "--municipality", town.town.name, "--scale", "vng")
    plain = report("trajectories", *arguments)
    assert {row["goal"] for row in plain["rows"]} == {"3", "other_scale"}
    through = report("trajectories", *arguments, "--crosswalk", "groningen-vng")
    assert "other_scale" not in {row["goal"] for row in through["rows"]}
    assert through["totals"]["trajectories"] == 2
    listed = report("caseload", *arguments, "--crosswalk", "groningen-vng")
    assert all("andere ladder" not in row["trajectory"] for row in listed["rows"])


def test_both_ask_the_same_few_queries_for_any_number(town: Town, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(town.town, "coordinator")

    def asked(slug: str) -> int:
        browser.get(f"/rapporten/{slug}/?on={DAY}")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/rapporten/{slug}/?on={DAY}").status_code == 200
        return len(queries)

    few = [asked("trajecten"), asked("caseload")]
    for number in range(10):
        an_activity(a_trajectory(town.someone(f"M{number}"), goal="4"))
    assert [asked("trajecten"), asked("caseload")] == few
    assert max(few) <= 15
