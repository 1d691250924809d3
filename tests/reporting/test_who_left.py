"""Who left follow-up from somebody's caseload still counts there, on both days alike; and nobody else's people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.logic import AssignmentRow, FollowUpRow
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier, record_assignments, record_follow_ups
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.tables.pages import Cell
from opstap.reporting.tables.report import Report as ReportOfAll
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
BY = command_line()
SINCE = date(2023, 1, 1)
LEFT_ON = date(2025, 2, 1)
DAYS = ("--on", "2025-06-15", "--compared-with", "2024-06-15")
FIRST_TO_LEAVE = 5
PAGE = "/rapporten/uit-begeleiding/?on=2025-06-15&compared_with=2024-06-15"


@dataclass
class Town:
    """Two teams with a worker each. Of team North four stay, two left, one went to South and one left from South."""

    town: Municipality = field(default_factory=a_municipality)
    north: Team = field(init=False)
    south: Team = field(init=False)
    jo: User = field(init=False)
    kim: User = field(init=False)
    left: list[Client] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.north, self.south = a_team(self.town, "Noord"), a_team(self.town, "Zuid")
        self.jo = a_case_manager(self.north, name="Jo Jansen")
        self.kim = a_case_manager(self.south, name="Kim de Wit")
        for _ in range(4):
            self.follow([(self.jo, self.north, SINCE, None)], None)
        self.left = [self.follow([(self.jo, self.north, SINCE, LEFT_ON)], LEFT_ON) for _ in range(2)]
        moved = date(2024, 9, 1)
        for until in (None, LEFT_ON):
            self.follow([(self.jo, self.north, SINCE, moved), (self.kim, self.south, moved, until)], until)

    def follow(
        self, held: list[tuple[User, Team, date, date | None]], until: date | None, why: str = "moved_out"
    ) -> Client:
        """Somebody on level 2, in these caseloads in turn."""
        self.count += 1
        same_as_first = self.count == FIRST_TO_LEAVE  # a namesake of somebody who stays, born on the same day
        number = 1 if same_as_first else self.count
        client = a_client(
            self.town, followed_since=None, surname=f"Voorbeeld{'-abcdefghi'[number]}", born=date(1980, 1, number)
        )
        record_follow_ups(by=BY, rows=[FollowUpRow(client.pk, SINCE, until, end_reason=why if until else "")])
        record_assignments(
            by=BY,
            rows=[
                AssignmentRow(client.pk, since, ends, team_id=team.pk, worker_id=worker.pk)
                for worker, team, since, ends in held
            ],
        )
        placed(client, "2", on=date(2024, 1, 1))
        return client


@pytest.fixture
def made() -> Town:
    return Town()


@pytest.mark.covers("B-46", page="report left")
def test_who_left_from_ones_caseload_counts_and_who_went_to_another_does_not(made: Town, report: Report) -> None:
    own = report("left", *DAYS, "--as", "Jo Jansen")
    assert (own["totals"]["cohort"], own["totals"]["left"]) == (6, 2)
    movement = report("movement", *DAYS, "--as", "Jo Jansen")["totals"]
    assert (movement["cohort"], movement["left"]) == (6, 2)


@pytest.mark.covers("B-46", page="/rapporten/uit-begeleiding/")
@pytest.mark.parametrize("is_leader", [False, True])
def test_the_page_says_that_they_count_and_lists_none_of_them(made: Town, is_leader: bool) -> None:
    browser = signed_in(a_team_leader(made.north) if is_leader else made.jo)
    page = browser.get(PAGE)
    text = page.content.decode()
    assert "niemand uit begeleiding" not in text
    assert "Daarbij tellen 2 mensen mee die vanuit deze caseload uit begeleiding gingen" in text
    listed = browser.get(PAGE.replace("/?", "/mensen/?") + "&reason=left")
    assert listed.context["page_obj"].paginator.count == 0
    said = " ".join(listed.content.decode().split())
    assert "2 van de 2 mensen achter dit cijfer zijn vanuit deze caseload uit begeleiding gegaan" in said
    assert "Sommige mensen achter dit cijfer" not in said
    for client in made.left:
        assert browser.get(f"/clienten/{client.reference}/").status_code == 404


@pytest.mark.parametrize("is_leader", [False, True])
def test_who_left_is_a_number_without_a_link_and_the_page_says_once_why(made: Town, is_leader: bool) -> None:
    page = signed_in(a_team_leader(made.north) if is_leader else made.jo).get(PAGE)
    cells = _figures(page, 0)
    assert [bool(cell.url) for cell in cells["Uit begeleiding"] if cell.text == "2"] == [False, False]
    assert [bool(cell.url) for cell in cells["Nog in begeleiding"] if cell.text == "4"] == [True, True]
    assert page.content.decode().count("Een aantal is geen link als al die mensen vanuit deze caseload") == 1


def test_of_one_who_came_back_the_number_is_a_link_again(made: Town) -> None:
    record_follow_ups(by=BY, rows=[FollowUpRow(made.left[0].pk, date(2025, 8, 1), None)])
    held = AssignmentRow(made.left[0].pk, date(2025, 8, 1), None, team_id=made.north.pk, worker_id=made.jo.pk)
    record_assignments(by=BY, rows=[held])
    browser = signed_in(made.jo)
    cells = _figures(browser.get(PAGE), 0)
    [every, _total] = [cell for cell in cells["Uit begeleiding"] if cell.text == "2"]
    listed = browser.get(every.url)
    assert listed.context["page_obj"].paginator.count == 1
    assert "1 van de 2 mensen achter dit cijfer is" in " ".join(listed.content.decode().split())


@pytest.mark.parametrize("one", REPORTS.values(), ids=list(REPORTS))
def test_no_figure_leads_to_an_empty_list(made: Town, one: ReportOfAll) -> None:
    browser = signed_in(a_team_leader(made.north))
    asked = "&compared_with=2024-06-15" if "compared-with" in one.definition.parameters else ""
    page = browser.get(f"/rapporten/{one.definition.slug}/?on=2025-06-15{asked}")
    ways = {
        cell.url for _picture, table in page.context["sections"] if table for row in table.rows for cell in row.cells
    }
    for url in ways - {""}:
        found = browser.get(url)
        assert found.status_code == 200, url
        if "page_obj" in found.context and "/mensen/" in url:
            assert found.context["page_obj"].paginator.count > 0, url


def test_an_end_without_a_reason_says_who_can_still_record_it(made: Town) -> None:
    gone = LEFT_ON + timedelta(days=30)
    made.follow([(made.jo, made.north, SINCE, gone)], gone, why="")
    address = "/rapporten/kwaliteit-van-gegevens/?on=2025-06-15"
    said = "een coördinator ziet wie het zijn en kan de reden vastleggen"
    of_leader = signed_in(a_team_leader(made.north)).get(address)
    cells = _figures(of_leader, 2)["Begeleiding beëindigd zonder reden"]
    assert (cells[0].text, cells[0].url) == ("1", "")
    assert said in of_leader.content.decode()
    coordinator = signed_in(a_coordinator(made.town))
    of_all = coordinator.get(address)
    [first, *_] = _figures(of_all, 2)["Begeleiding beëindigd zonder reden"]
    assert coordinator.get(first.url).context["page_obj"].paginator.count == 1
    assert said not in of_all.content.decode()


def _figures(page: Any, place: int) -> dict[str, list[Cell]]:
    """The cells of a table of the page, by what their row is called."""
    tables = [table for _picture, table in page.context["sections"] if table]
    return {row.cells[0].text: list(row.cells[1:]) for row in tables[place].rows}


def test_the_team_counts_what_the_coordinator_counts_of_it(made: Town) -> None:
    of_all = signed_in(a_coordinator(made.town)).get(f"{PAGE}&by=team")
    tables = [table for _picture, table in of_all.context["sections"] if table]
    north = next(row for row in tables[1].rows if row.cells[0].text == "Noord")
    assert [cell.text for cell in north.cells[-1:]] == ["8"]  # with both that went to South since
    # Six whom the leader may still see or who left from the team, and apart from these the two that went to South.
    assert last_of_each_row(signed_in(a_team_leader(made.north)))[-2:] == ["6", "2"]


def last_of_each_row(browser: Browser) -> list[str]:
    """How many of the earlier day each row of the page has, all levels together."""
    tables = [table for _picture, table in browser.get(PAGE).context["sections"] if table]
    return [row.cells[-1].text for row in tables[0].rows]


def test_who_is_protected_since_does_not_count(made: Town, report: Report) -> None:
    later = dates.today() + timedelta(days=300)
    protect_dossier(by=BY, client=made.left[0], reason="threatened", review_on=later, why="bedreigd")
    assert report("left", *DAYS, "--as", "Jo Jansen")["totals"]["left"] == 1


def test_who_came_back_to_another_team_does_not_count(made: Town, report: Report) -> None:
    back = date(2025, 4, 1)
    record_follow_ups(by=BY, rows=[FollowUpRow(made.left[0].pk, back, None)])
    record_assignments(
        by=BY, rows=[AssignmentRow(made.left[0].pk, back, None, team_id=made.south.pk, worker_id=made.kim.pk)]
    )
    assert report("left", *DAYS, "--as", "Jo Jansen")["totals"]["left"] == 1


def test_no_list_tells_of_them(made: Town) -> None:
    listed = signed_in(made.jo).get("/rapporten/caseload/?on=2024-06-15").content.decode()
    stays = Client.objects.order_by("pk").first()
    assert stays is not None
    assert stays.reference in listed
    for client in made.left:
        assert client.reference not in listed


def test_no_look_for_doubles_tells_of_them(made: Town, report: Report) -> None:
    found = report("data-quality", "--on", "2024-06-15", "--as", "Jo Jansen")
    assert {row["check"]: row["concerned"] for row in found["rows"]}["double"] == 0
