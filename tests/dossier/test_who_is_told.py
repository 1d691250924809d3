"""What the pages promise about who reads a note or judges emergency access, is who does."""

from __future__ import annotations

import re

import pytest

from opstap.clients.models import Client
from opstap.clients.selectors.glass import glass_to_judge
from tests.factories.accounts import acting
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
ASK = "/zoeken/buiten/"
GIVEN = {"reason": "danger", "why": "Belt in paniek"}
JUDGES = "Uw teamleider of de coördinator beoordeelt het binnen vijf werkdagen"


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def asked(office: Office, client: Client) -> str:
    """The address of the answer, asked by the leader of the other team."""
    return str(office.sign_in(office.leader).browser.post(ASK, {"number": client.number})["Location"])


def test_a_call_back_note_says_that_who_divides_the_work_may_read_it(office: Office, client_of_lee: Client) -> None:
    page = words(office.page(asked(office, client_of_lee)))
    assert "Alleen wie de cliënt begeleidt" not in page
    assert (
        "Heeft de cliënt geen casemanager die kan terugbellen, dan lezen de teamleider en de coördinator het." in page
    )


def test_emergency_access_of_a_leader_is_judged_by_the_coordinator_and_the_page_says_so(
    office: Office, client_of_lee: Client
) -> None:
    address = asked(office, client_of_lee)
    assert "Uw teamleider of de coördinator krijgt meteen bericht" in words(office.page(address))
    page = words(office.page(f"{address}openen/"))
    assert JUDGES in page
    assert page.count("eamleider") == page.count("eamleider of de coördinator")
    assert office.browser.post(f"{address}openen/", GIVEN).status_code == 302
    banner = words(office.page(f"/clienten/{client_of_lee.reference}/"))
    assert "uw teamleider of de coördinator en de privacy officer weten ervan" in banner
    assert not glass_to_judge(acting(office.leader)).exists()
    assert glass_to_judge(acting(office.coordinator)).exists()
