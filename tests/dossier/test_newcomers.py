"""Who is entered for the first time comes in the team in which their case manager works today, and in no other."""

from __future__ import annotations

import re

import pytest

from opstap.accounts.models import Team, TeamMembership, User
from opstap.accounts.operations import join_team, leave_team
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Assignment, Client
from opstap.clients.permissions import may_see_client
from opstap.foundation import dates
from tests.dossier.desks import words_of
from tests.factories.accounts import a_team_leader, a_worker, acting, ending
from tests.factories.clients import a_bsn, a_client, in_caseload
from tests.factories.desk import Office, days_ago

pytestmark = pytest.mark.django_db
PAGE = "/clienten/nieuw/"
NEW = {"number": "N1", "surname": "Nieuw", "ground": "benefit", "starts_on": days_ago(3).isoformat()}


def enter(office: Office, worker: User, **given: str) -> Assignment:
    """The assignment of who is entered by this worker."""
    office.sign_in(worker)
    answer = office.browser.post(PAGE, NEW | given)
    assert answer.status_code == 302, words_of(answer.content.decode())
    return Assignment.objects.get(client=Client.objects.get(number="N1"))


def moved(office: Office, worker: User, team: Team) -> None:
    """As an administrator does it on the page of a user: out of every team, into this one."""
    office.sign_in(office.administrator)
    page, today = f"/beheer/gebruikers/{worker.reference}/", dates.today()
    for held in TeamMembership.objects.filter(user=worker):
        assert office.browser.post(page, ending(held, today)).status_code == 302
    joined = {"action": "team", "team-team": team.reference, "team-since": today.isoformat()}
    assert office.browser.post(page, joined).status_code == 302


def test_who_changed_teams_brings_newcomers_in_the_new_one(office: Office) -> None:
    moved(office, office.jo, office.other_team)
    held = enter(office, office.jo)
    assert (held.worker, held.team) == (office.jo, office.other_team)
    assert may_see_client(acting(a_team_leader(office.other_team)), held.client)
    assert not may_see_client(acting(office.leader), held.client)


@pytest.mark.covers("B-08", page="/clienten/nieuw/")
def test_the_intake_leads_on_to_the_first_placement(office: Office) -> None:
    office.sign_in(office.jo)
    dossier = office.browser.post(PAGE, NEW, follow=True).content.decode()
    assert "Plaats deze cliënt om de intake af te ronden." in words_of(dossier)
    placing = re.search(r'href="(/plaatsen/[^"]+)"', dossier)
    assert placing is not None
    form = office.browser.get(placing[1].replace("&amp;", "&")).context["form"]
    assert form["reason"].value() == "intake"


def test_whose_role_came_without_a_team_brings_newcomers_in_the_team_they_are_in(office: Office) -> None:
    worker = a_worker(office.town, "case_manager")
    join_team(by=command_line(), user=worker, team=office.team, since=days_ago(9))
    held = enter(office, worker)
    assert held.team == office.team
    assert may_see_client(acting(office.leader), held.client)


def test_who_is_in_no_team_any_more_has_newcomers_without_one(office: Office) -> None:
    left = TeamMembership.objects.get(user=office.jo)
    leave_team(by=command_line(), membership=left, ends_on=dates.today())
    held = enter(office, office.jo)
    assert (held.worker, held.team) == (office.jo, None)
    assert not may_see_client(acting(office.leader), held.client)


def test_who_works_in_two_teams_says_for_which_one(office: Office) -> None:
    join_team(by=command_line(), user=office.jo, team=office.other_team, since=days_ago(9))
    page = words_of(office.sign_in(office.jo).page(PAGE))
    assert "In welk van uw teams" in page
    refused = office.browser.post(PAGE, NEW)
    assert refused.status_code == 400
    assert "Kies het team." in refused.content.decode()
    held = enter(office, office.jo, team=office.other_team.reference)
    assert (held.worker, held.team) == (office.jo, office.other_team)


def test_who_works_in_one_team_is_asked_nothing(office: Office) -> None:
    assert "team" not in office.sign_in(office.jo).browser.get(PAGE).context["form"].fields
    assert enter(office, office.jo).team == office.team


def test_of_whom_the_intake_told_that_they_are_known_stands_in_the_log(office: Office) -> None:
    client = a_client(office.town, surname="Bakker", bsn=a_bsn(7))
    in_caseload(client, office.lee, team=office.other_team)
    refused = office.sign_in(office.jo).browser.post(PAGE, NEW | {"bsn": a_bsn(7)})
    assert refused.status_code == 400
    assert bytes(Access.objects.latest("pk").subject or b"") == pseudonym_of(client.reference)
    told = office.browser.post(PAGE, NEW | {"surname": "Bakker", "birth_date": "1980-06-15"})
    assert told.context["doubles"].beyond
    assert Access.objects.latest("pk").listed_count == 1
