"""Report `differences`: placements and instruments by level, with names, without, and of the own people; by hand."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client as Browser

from opstap.accounts.models import User
from opstap.config.commands import report_command
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.reporting.conftest import Report
from tests.reporting.three_caseloads import FIRST, LATER, NAMES, PAGE, SINCE, Town, consent, signed_in, three_caseloads

pytestmark = pytest.mark.django_db
Lines = dict[str, list[str]]
EVERYBODY = ("Mensen per trede", "Mensen met een instrument, per trede")


@pytest.fixture
def town() -> Town:
    """On the later day Anna has 7 people on level 1 and 4 on 2, Bram 12 on 1, Cees 2 on 1, 9 on 2 and 1 on 3.

    Three of Anna's on level 2 have an instrument, and one of Bram's on 1. Bram has one more, who is not placed.
    """
    made = three_caseloads()
    in_caseload(a_client(made[0]), made[2]["Bram Bos"], team=made[1])
    return made


def shown(browser: Browser, *captions: str, query: str = f"on={LATER}") -> list[Lines]:
    """The tables of these names: of each line its words and figures."""
    tables = {table.caption: table for _picture, table in browser.get(f"{PAGE}?{query}").context["sections"]}
    return [{row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in tables[one].rows} for one in captions]


def links(browser: Browser, *captions: str) -> list[tuple[str, str]]:
    sections = browser.get(f"{PAGE}?on={LATER}").context["sections"]
    rows = [row for _picture, table in sections if table.caption in captions for row in table.rows]
    return [(cell.url, cell.text) for row in rows for cell in row.cells[1:] if cell.url]


def figures(text: str) -> list[str]:
    return text.split()


@pytest.mark.covers("B-37", "B-39", page="/rapporten/verschillen-in-het-team/")
def test_without_consent_a_leader_sees_how_far_they_lie_apart_on_each_level(town: Town, client: Browser) -> None:
    browser = signed_in(client, a_team_leader(town[1]))
    people, helped = shown(browser, *EVERYBODY)
    # Levels 1 to 6, placed, not placed, all.
    assert people == {
        "Laagste": figures("2 0 0 0 0 0 11 0 11"),
        "Middelste": figures("7 4 0 0 0 0 12 0 12"),
        "Hoogste": figures("12 9 1 0 0 0 12 1 13"),
        "Totaal": figures("21 13 1 0 0 0 35 1 36"),
    }
    assert helped == {
        "Laagste": figures("0 0 0 0 0 0 0 0 0"),
        "Middelste": figures("0 0 0 0 0 0 1 0 1"),
        "Hoogste": figures("1 3 0 0 0 0 3 0 3"),
        "Totaal": figures("1 3 0 0 0 0 4 0 4"),
    }
    found = links(browser, *EVERYBODY)
    assert len(found) == 10  # of everyone alone: who has fewest is nobody who can be asked for
    for url, text in found:
        assert client.get(url).context["page_obj"].paginator.count == int(text), url


@pytest.mark.covers("B-37", "B-39", page="report differences")
def test_without_consent_the_command_and_files_say_the_same_without_names(
    town: Town, client: Browser, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    leader = a_team_leader(town[1])
    people, helped = report("differences", "--on", LATER, "--as", leader.name)["by_level"]
    assert (people["subject"], helped["subject"], people["workers"], helped["workers"]) == (
        "clients",
        "instrument",
        3,
        3,
    )
    keys = ("1", "2", "3", "6", "placed", "not_placed", "all")
    assert {line["line"]: [line[key] for key in keys] for line in people["lines"]} == {
        "least": [2, 0, 0, 0, 11, 0, 11],
        "middle": [7, 4, 0, 0, 12, 0, 12],
        "greatest": [12, 9, 1, 0, 12, 1, 13],
        "everyone": [21, 13, 1, 0, 35, 1, 36],
    }
    assert [line["2"] for line in helped["lines"]] == [0, 0, 3, 3]
    assert report_command.run(["differences", "--on", LATER, "--as", leader.name, "--table", "matrix"]) == 0
    assert "Hoogste (mensen per trede)" in capsysbinary.readouterr().out.decode()
    lines = in_csv(signed_in(client, leader))
    assert lines["Hoogste (mensen per trede)"] == figures("12 9 1 0 0 0 12 1 13")
    assert lines["Hoogste (mensen met een instrument, per trede)"] == figures("1 3 0 0 0 0 3 0 3")
    assert len(lines) == 8
    assert not any(name in line for name in NAMES for line in lines)
    for kind in ("xlsx", "ods"):
        with ZipFile(BytesIO(client.get(f"{PAGE}bestand/{kind}/?on={LATER}").content)) as book:
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        assert "Hoogste (mensen per trede)" in text
        assert not any(name in text for name in NAMES)


def in_csv(browser: Browser) -> Lines:
    answer = browser.get(f"{PAGE}bestand/csv/?on={LATER}&table=matrix")
    assert answer.status_code == 200
    _heading, *lines = answer.content.decode("utf-8-sig").splitlines()
    return {name: numbers for name, *numbers in (line.split(";") for line in lines)}


@pytest.mark.covers("B-37", "B-39", page="/rapporten/verschillen-in-het-team/")
@pytest.mark.covers("B-37", "B-39", page="report differences")
def test_with_consent_each_is_named_on_the_page_in_files_and_by_the_command(
    town: Town, client: Browser, report: Report
) -> None:
    consent(town[0])
    leader = a_team_leader(town[1])
    browser = signed_in(client, leader)
    people, helped = shown(browser, *EVERYBODY)
    assert people == {
        "Anna Aarts": figures("7 4 0 0 0 0 11 0 11"),
        "Bram Bos": figures("12 0 0 0 0 0 12 1 13"),
        "Cees Claes": figures("2 9 1 0 0 0 12 0 12"),
        "Totaal": figures("21 13 1 0 0 0 35 1 36"),
    }
    assert helped["Anna Aarts"] == figures("0 3 0 0 0 0 3 0 3")
    assert in_csv(browser)["Anna Aarts (mensen met een instrument, per trede)"] == helped["Anna Aarts"]
    for url, text in links(browser, *EVERYBODY):
        assert client.get(url).context["page_obj"].paginator.count == int(text), url
    everyone, instrument = report("differences", "--on", LATER, "--as", leader.name)["by_level"]
    assert "workers" not in everyone
    assert [(line["worker"], line["placed"], line["all"]) for line in everyone["lines"][:3]] == [
        ("Anna Aarts", 11, 11),
        ("Bram Bos", 12, 13),
        ("Cees Claes", 12, 12),
    ]
    assert [line["2"] for line in instrument["lines"]] == [3, 0, 0, 3]


@pytest.mark.parametrize("agreed", [False, True])
def test_a_case_manager_reads_the_own_numbers_with_consent_and_without(
    town: Town, client: Browser, report: Report, agreed: bool
) -> None:
    if agreed:
        consent(town[0])
    anna: User = town[2]["Anna Aarts"]
    browser = signed_in(client, anna)
    (own,) = shown(browser, "Uw mensen, per trede")
    assert own == {
        "Uw mensen": figures("7 4 0 0 0 0 11 0 11"),
        "Met een instrument": figures("0 3 0 0 0 0 3 0 3"),
    }
    assert in_csv(browser) == own
    found = links(browser, "Uw mensen, per trede")
    assert len(found) == 7
    for url, text in found:
        assert client.get(url).context["page_obj"].paginator.count == int(text), url
    told = report("differences", "--on", LATER, "--as", anna.name)["by_level"]
    assert [[line["line"] for line in one["lines"]] for one in told] == [["own"], ["own"]]
    assert [one["lines"][0]["2"] for one in told] == [4, 3]


def test_the_own_caseload_of_a_leader_stands_beside_the_spread(town: Town, client: Browser) -> None:
    leader = a_team_leader(town[1])
    for level in "3335":
        own = a_client(town[0])
        in_caseload(own, leader, team=town[1])
        placed(own, level, on=SINCE)
    people, helped = shown(signed_in(client, leader), *EVERYBODY)
    assert people["Uw eigen caseload"] == figures("0 0 3 0 1 0 4 0 4")
    assert helped["Uw eigen caseload"] == figures("0 0 0 0 0 0 0 0 0")
    assert people["Hoogste"] == figures("12 9 1 0 0 0 12 1 13")  # of four people there is no line among the others
    assert people["Totaal"] == figures("21 13 4 0 1 0 39 1 40")


def test_of_four_the_middle_is_the_lower_of_both_in_between(town: Town, client: Browser) -> None:
    fourth = a_case_manager(town[1], name="Dora Dijk")
    for level in "1111133333":
        theirs = a_client(town[0])
        in_caseload(theirs, fourth, team=town[1])
        placed(theirs, level, on=SINCE)
    people, _helped = shown(signed_in(client, a_team_leader(town[1])), *EVERYBODY)
    # On level 1: 2, 5, 7, 12. On level 3: 0, 0, 1, 5. All: 10, 11, 12, 13.
    assert [people[name][0] for name in ("Laagste", "Middelste", "Hoogste")] == ["2", "5", "12"]
    assert [people[name][2] for name in ("Laagste", "Middelste", "Hoogste")] == ["0", "0", "5"]
    assert [people[name][8] for name in ("Laagste", "Middelste", "Hoogste")] == ["10", "11", "13"]


def test_of_fewer_than_three_there_is_the_total_alone(town: Town, client: Browser, report: Report) -> None:
    leader = a_team_leader(town[1])
    elsewhere = a_case_manager(a_team(town[0]))
    for other in town[3][NAMES[2]][:3]:  # nine are left in the team
        in_caseload(other, elsewhere, since=SINCE)
    browser = signed_in(client, leader)
    assert [set(table) for table in shown(browser, *EVERYBODY, query=f"on={FIRST}")] == [{"Totaal"}, {"Totaal"}]
    assert (
        "Geen spreiding: er zijn, naast u, minder dan drie casemanagers"
        in browser.get(f"{PAGE}?on={FIRST}").content.decode()
    )
    found = report("differences", "--on", FIRST, "--as", leader.name)["by_level"]
    assert [(one["workers"], [line["line"] for line in one["lines"]]) for one in found] == [(0, ["everyone"])] * 2


def test_who_is_placed_has_a_name_above_the_list(town: Town, client: Browser) -> None:
    browser = signed_in(client, a_coordinator(town[0]))
    page = browser.get(f"{PAGE}mensen/?on={LATER}&measure=instrument&answer=yes&level=placed")
    assert page.context["page_obj"].paginator.count == 4
    assert "geplaatst, met een instrument" in page.content.decode()
