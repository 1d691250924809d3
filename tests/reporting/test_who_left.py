"""Who left follow-up from somebody's caseload still counts there, on both days alike; and nobody else's people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.logic import AssignmentRow, FollowUpRow
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier, record_assignments, record_follow_ups
from opstap.foundation import dates
from opstap.municipality.models import Municipality
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

    def follow(self, held: list[tuple[User, Team, date, date | None]], until: date | None) -> Client:
        """Somebody on level 2, in these caseloads in turn."""
        self.count += 1
        same_as_first = self.count == FIRST_TO_LEAVE  # a namesake of somebody who stays, born on the same day
        number = 1 if same_as_first else self.count
        client = a_client(
            self.town, followed_since=None, surname=f"Voorbeeld{'-abcdefgh'[number]}", born=date(1980, 1, number)
        )
        record_follow_ups(by=BY, rows=[FollowUpRow(client.pk, SINCE, until, end_reason="moved_out" if until else "")])
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
    assert "Sommige mensen achter dit cijfer" in listed.content.decode()
    for client in made.left:
        assert browser.get(f"/clienten/{client.reference}/").status_code == 404


def test_the_team_counts_what_the_coordinator_counts_of_it(made: Town) -> None:
    of_all = signed_in(a_coordinator(made.town)).get(f"{PAGE}&by=team")
    tables = [table for _picture, table in of_all.context["sections"] if table]
    north = next(row for row in tables[1].rows if row.cells[0].text == "Noord")
    assert [cell.text for cell in north.cells[-1:]] == ["8"]  # with both that went to South since
    assert report_total(signed_in(a_team_leader(made.north))) == "6"


def report_total(browser: Browser) -> str:
    """How many the page says were in follow-up on the earlier day."""
    tables = [table for _picture, table in browser.get(PAGE).context["sections"] if table]
    return str(tables[0].rows[-1].cells[-1].text)


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
