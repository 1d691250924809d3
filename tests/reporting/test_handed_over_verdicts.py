"""Beside people who were handed over a case manager has a verdict only where it hangs on none of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.accounts.models import User
from opstap.clients.models import Client
from tests.factories.accounts import a_case_manager, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report
from tests.reporting.test_handed_over import AGAIN, ASKED, DAYS, FIRST, HANDED, OLD, Town
from tests.reporting.three_caseloads import consent

pytestmark = pytest.mark.django_db
HALF = (("1", "2", ""),) * 10 + (("1", "1", ""),) * 10


def people_of(made: Town, worker: User, seconds: str, *, handed: bool = False) -> list[Client]:
    """People on level 1, and where they came; handed over to Kim of the other team if so."""
    found = []
    for second in seconds:
        client = a_client(made.town, followed_since=OLD)
        placed(client, "1", on=FIRST, growth="yes", expected="2")
        placed(client, second, on=AGAIN)
        in_caseload(client, worker, team=made.north, since=OLD, until=HANDED if handed else None)
        if handed:
            in_caseload(client, made.kim, team=made.south, since=HANDED)
        found.append(client)
    return found


def verdicts(report: Report, leader: User) -> dict[str, Any]:
    rows = report("differences", *DAYS, "--as", leader.name)["rows"]
    return {row["worker"]: row["verdict"] for row in rows if row["measure"] == "risen"}


@pytest.mark.covers("B-51", page="/rapporten/verschillen-in-het-team/")
def test_a_verdict_is_told_where_it_is_the_same_whatever_became_of_them_and_else_that_it_cannot_be(
    report: Report,
) -> None:
    made = Town(jos=HALF)
    ina, nel = a_case_manager(made.north, name="Ina Ik"), a_case_manager(made.north, name="Nel Nu")
    people_of(made, ina, "2" * 10 + "1" * 10)
    people_of(made, nel, "1111")
    [gone] = people_of(made, nel, "2", handed=True)
    consent(made.town)
    leader = a_team_leader(made.north)
    # Of 44 twenty rose, of 45 twenty or 21. Of Jo's and Ina's twenty 5 to 14 may by coincidence, also with one more or
    # less; Nel has nobody of four, and with the one who went nobody or one: nobody may be too few.
    expected = {"Ina Ik": "within", "Jo Jansen": "within", "Nel Nu": None}
    assert verdicts(report, leader) == expected
    page = signed_in(leader).get(f"/rapporten/verschillen-in-het-team/{ASKED}")
    [table] = [one for _picture, one in page.context["sections"] if one and one.caption == "Gestegen"]
    assert table.headings[-1].label == "Oordeel"
    shown = {row.cells[0].text: row.cells[-1].text for row in table.rows}
    assert {name: shown[name] for name in expected} == {
        "Ina Ik": "● binnen toeval", "Jo Jansen": "● binnen toeval", "Nel Nu": "? niet te zeggen",
    }  # fmt: skip
    assert "alleen met toeval vergeleken als er hetzelfde uitkomt, wat er ook van hen werd" in table.foot
    before = report("differences", *DAYS, "--as", leader.name)
    placed(gone, "1", on=date(2024, 12, 1))  # fell back: nobody may read so
    assert report("differences", *DAYS, "--as", leader.name) == before


def test_of_whom_it_hangs_on_them_nothing_is_said_and_of_another_it_is(report: Report) -> None:
    made = Town(jos=(("1", "2", ""), ("1", "1", "")))
    people_of(made, a_case_manager(made.north, name="Ina Ik"), "12")
    people_of(made, made.jo, "2222", handed=True)
    consent(made.town)
    leader = a_team_leader(made.north)
    # Ina has one of two, which is chance whatever the share of all. Jo has one to five of two to six.
    assert verdicts(report, leader) == {"Ina Ik": "within", "Jo Jansen": None}


def test_where_all_stayed_in_the_team_it_is_said_whose_line_is_not_held_beside_coincidence(report: Report) -> None:
    made = Town(jos=HALF)
    ina = a_case_manager(made.north, name="Ina Ik")
    people_of(made, ina, "2" * 10 + "1" * 10)
    client = a_client(made.town, followed_since=OLD)
    placed(client, "1", on=FIRST, growth="yes", expected="2")
    in_caseload(client, ina, team=made.north, since=OLD, until=HANDED)
    in_caseload(client, made.jo, team=made.north, since=HANDED)
    consent(made.town)
    page = signed_in(a_team_leader(made.north)).get(f"/rapporten/verschillen-in-het-team/{ASKED}")
    [table] = [one for _picture, one in page.context["sections"] if one and one.caption == "Gestegen"]
    assert table.foot.startswith("Wie binnen het team mensen overdroeg, leest niet wat er van hen werd.")
    assert "coördinator" not in table.foot
