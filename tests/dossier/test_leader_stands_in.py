"""Who leads a team and stands in for somebody of another one: what they reach by that alone is looked at by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opstap.accounts.operations import give_role
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.clients.operations import Absence, accept_stand_in, request_stand_in
from tests.factories.accounts import acting
from tests.factories.desk import Office, days_ago

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)
LIST, AGENDA = "/clienten/", "/contact/vandaag/"


@pytest.fixture
def leading(office: Office) -> Office:
    """Kim leads Meedoen, has a caseload too, and stands in for Lee of Werk."""
    give_role(by=command_line(), user=office.kim, role="team_leader", team=office.team, since=days_ago(30))
    return stands_in(office, "lee")


def stands_in(office: Office, absent: str) -> Office:
    away = getattr(office, absent)
    absence = Absence(away, TODAY, TODAY + timedelta(days=7))
    reference = request_stand_in(by=acting(away), absence=absence, colleague=office.kim, note="")
    accept_stand_in(by=acting(office.kim), reference=reference)
    return office


def on_behalf(office: Office) -> str:
    """Of the latest look."""
    return Access.objects.filter(user=office.kim.reference).order_by("-pk")[0].on_behalf_of


def test_the_caseload_of_another_team_is_not_mixed_with_the_own_list(leading: Office) -> None:
    own, of_jo = leading.of(leading.kim, "Vankim"), leading.of(leading.jo, "Vanjo")
    of_lee = leading.of(leading.lee, "Vanlee", team=leading.other_team)
    shared = leading.of(leading.lee, "Gedeeld", team=leading.team)
    page = leading.sign_in(leading.kim).page(LIST)
    assert "U vervangt Lee Bos tot" in page
    assert [one.reference in page for one in (own, of_jo, shared, of_lee)] == [True, True, True, False]
    assert on_behalf(leading) == ""
    theirs = leading.page(f"{LIST}?worker={leading.lee.reference}")
    assert "Caseload van Lee Bos" in theirs
    assert [one.reference in theirs for one in (own, of_jo, shared, of_lee)] == [False, False, True, True]
    assert on_behalf(leading) == "Lee Bos"
    leading.page(f"{LIST}?worker={leading.jo.reference}")
    assert on_behalf(leading) == ""


def test_the_file_says_on_whose_behalf_it_was_taken(leading: Office) -> None:
    leading.of(leading.kim, "Vankim")
    leading.of(leading.lee, "Vanlee", team=leading.other_team)
    leading.sign_in(leading.kim)
    for query, names, said in (("", ["Vankim"], ""), (f"?worker={leading.lee.reference}", ["Vanlee"], "Lee Bos")):
        file = leading.browser.get(f"{LIST}bestand/csv/{query}").content.decode("utf-8-sig")
        assert [name for name in ("Vankim", "Vanlee") if name in file] == names
        assert on_behalf(leading) == said


def test_the_agenda_says_on_whose_behalf_it_was_read(leading: Office) -> None:
    own = leading.of(leading.kim, "Vankim", agreed_on=TODAY)
    of_lee = leading.of(leading.lee, "Vanlee", team=leading.other_team, agreed_on=TODAY)
    page = leading.sign_in(leading.kim).page(AGENDA)
    assert (own.reference in page, of_lee.reference in page) == (True, True)
    assert on_behalf(leading) == "Lee Bos"
    leading.page(f"{AGENDA}?medewerker={leading.lee.reference}")
    assert on_behalf(leading) == "Lee Bos"
    leading.page(f"{AGENDA}?medewerker={leading.kim.reference}")
    assert on_behalf(leading) == ""


def test_whom_one_leads_or_sees_anyway_is_looked_at_in_ones_own_right(leading: Office) -> None:
    of_jo = stands_in(leading, "jo").of(leading.jo, "Vanjo", agreed_on=TODAY)
    leading.sign_in(leading.kim)
    assert of_jo.reference in leading.page(LIST)
    for page in (LIST, f"{LIST}?worker={leading.jo.reference}", AGENDA):
        assert "U vervangt" not in leading.page(page)
        assert on_behalf(leading) == ""
    leading.of(leading.lee, "Vanlee", team=leading.other_team, agreed_on=TODAY)
    give_role(by=command_line(), user=leading.kim, role="coordinator", team=None, since=days_ago(1))
    for page in (LIST, f"{LIST}?worker={leading.lee.reference}", AGENDA):
        leading.page(page)
        assert on_behalf(leading) == ""
