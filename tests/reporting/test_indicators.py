"""Report `indicators`: shares of the same people on both days, how sure they are, and what can't be told yet."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import Team
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
THEN, NOW = date(2023, 6, 15), date(2024, 6, 15)
ON = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
PAGE = "/rapporten/indicatoren/?on=2024-06-15&compared_with=2023-06-15"
FIRST, AGAIN = date(2023, 1, 1), date(2024, 2, 1)

# Level and growth on the earlier day, and the level placed on again ("": not; "left": gone from follow-up).
PEOPLE = (
    ("1", "yes", "2"),
    ("2", "yes", "4"),
    ("2", "no", "2"),
    ("3", "no", "2"),
    ("3", "no", ""),
    ("4", "no", "left"),
    ("0", "", "2"),
    ("", "", ""),
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, growth, after) in enumerate(PEOPLE):
        until = date(2024, 3, 1) if after == "left" else None
        client = a_client(municipality, until=until)
        if level:
            placed(client, level, on=FIRST, growth=growth or "unknown")
        if after not in {"", "left"}:
            placed(client, after, on=AGAIN)
        if number < 4:
            with_trait(client, "low_literate", "yes" if number < 3 else "no", FIRST)
            in_caseload(client, team=team, worker=worker)
    return municipality


def shares(found: dict[str, object]) -> dict[str, list[object]]:
    rows = found["rows"]
    assert isinstance(rows, list)
    return {row["indicator"]: [row["whole"], row["known"], row["has"], row["share"]] for row in rows}


@pytest.mark.covers("B-50", "B-80", "G-5", page="report indicators")
def test_each_share_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = shares(report("indicators", *ON))
    assert found["placed"] == [7, 7, 6, 85.7]
    assert found["placed_last_year"] == [7, 7, 5, 71.4]
    # Of six one was not placed again: of five it is known, and one of these has left.
    assert found["risen"] == [6, 5, 2, 40.0]
    assert found["fallen"] == [6, 5, 1, 20.0]
    assert found["left"] == [6, 6, 1, 16.7]
    # One has left, and of the five who are there four were placed again.
    assert found["risen_of_placed_again"] == [5, 4, 2, 50.0]
    assert found["fallen_of_placed_again"] == [5, 4, 1, 25.0]
    assert found["not_lower"] == [3, 2, 1, 50.0]
    # Both with growth potential stood higher within the year, and of neither was a level expected.
    assert found["growth_realised"] == [2, 2, 2, 100.0]
    assert found["low_literacy"] == [7, 4, 3, 75.0]


def test_what_is_not_known_of_everybody_says_how_sure_it_is(town: Municipality, report: Report) -> None:
    rows = {row["indicator"]: row for row in report("indicators", *ON)["rows"]}
    again = rows["risen_of_placed_again"]
    assert (again["low"], again["high"]) == (15.0, 85.0)  # Wilson of 2 of 4: 15.00 and 85.00 %
    assert (rows["risen"]["low"], rows["risen"]["high"]) == (11.7, 77.0)  # Wilson of 2 of 5: 11.76 and 76.93 %
    assert rows["risen"]["sure"] == "tussen 11\xa0% en 77\xa0%; van minder dan 10 mensen bekend"
    assert rows["left"]["low"] is None
    assert rows["left"]["sure"] == "exact: van iedereen bekend"
    assert again["sure"] == "tussen 15\xa0% en 85\xa0%; van minder dan 10 mensen bekend"
    assert rows["fallen"]["better"] == "minder is beter"


def test_who_could_not_be_followed_for_a_year_is_not_counted_and_that_is_said(
    town: Municipality, report: Report
) -> None:
    found = report("indicators", "--on", "2024-06-15", "--compared-with", "2023-12-01")
    assert "not_lower" not in shares(found)
    assert any(
        note.startswith(
            "Weggelaten: Trede behouden zonder groeipotentieel, Groei binnen het jaar gehaald. Tussen 1 dec 2023"
        )
        for note in found["notes"]
    )


def test_a_grouping_has_no_rise(town: Municipality, report: Report) -> None:
    found = shares(report("indicators", *ON, "--scale", "steenwijkerland"))
    assert "risen" not in found
    assert "left" in found


@pytest.mark.covers("B-10", page="/rapporten/indicatoren/")
def test_the_page_says_it_and_every_figure_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    for address in (PAGE, f"{PAGE}&by=team"):
        page = client.get(address)
        cells = [(cell.url, cell.text) for row in page.context["sections"][0][1].rows for cell in row.cells if cell.url]
        assert len(cells) > 20
        for url, text in cells:
            assert client.get(url).context["page_obj"].paginator.count == int(text), url
    text = client.get(PAGE).content.decode()
    assert "Van 5 van de 6 mensen die op 15 jun 2023 geplaatst waren, is bekend wat er van hun trede werd" in text
    assert "gestegen (tussen 11\xa0% en 77\xa0%; van minder dan 10 mensen bekend)." in text
    assert "Van de 4 die opnieuw geplaatst zijn, is dat 50,0\xa0% (tussen 15\xa0% en 85\xa0%" in text


def test_a_share_beside_a_bar_says_of_how_many_it_is(town: Municipality, client: Browser) -> None:
    """Beside the number of the whole bar a share of those known would be read as one of the whole."""
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(PAGE)
    picture = page.context["sections"][0][0]
    rows = page.context["result"].rows
    part = [row.values for row in rows if 0 < row.values["known"] < row.values["whole"]]
    assert part
    for values in part:
        share = f"{values['share']}".replace(".", ",")
        assert f"{share}\xa0% van {values['known']}" in picture.svg
    exact = next(row.values for row in rows if row.values["known"] == row.values["whole"])
    assert f"% van {exact['known']}<" not in picture.svg


def test_a_case_manager_counts_the_own_people(town: Municipality, report: Report) -> None:
    found = shares(report("indicators", *ON, "--as", "Jo Jansen"))
    assert found["risen"] == [4, 4, 2, 50.0]


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


def test_what_is_no_indicator_is_refused(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    for asked in ("indicator=origin", "indicator=risen&answer=perhaps", ""):
        assert client.get(f"/rapporten/indicatoren/mensen/?on=2024-06-15&{asked}").status_code == 400


def test_behind_an_indicator_of_one_day_stands_that_day_alone(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    people = PAGE.replace("/?", "/mensen/?")
    page = client.get(f"{people}&indicator=low_literacy&answer=yes").content.decode()
    assert "3 mensen op 15 jun 2024." in page
    assert "15 jun 2023" not in page.split("<h1")[1]
    page = client.get(f"{people}&indicator=risen&answer=yes").content.decode()
    assert "2 mensen, van 15 jun 2023 tot 15 jun 2024." in page


def test_by_team_a_leader_of_one_team_reads_each_line_once(town: Municipality, report: Report) -> None:
    leader = a_team_leader(Team.objects.get(municipality=town))
    browser = signed_in(leader)
    page = browser.get(f"{PAGE}&by=team")
    picture, table = page.context["sections"][0]
    names = [row.cells[0].text for row in table.rows]
    assert len(names) == len(set(names)) > 10
    assert [row.group_head for row in table.rows if row.group_head] == ["Noord"]
    assert "Noord:" in picture.svg
    assert "iedereen samen" not in picture.svg.lower()
    found = report("indicators", *ON, "--by", "team", "--as", leader.name)
    assert {row["group"] for row in found["rows"]} == {"Noord"}
    assert {one["indicator"] for one in found["totals"]["indicators"]} == {row["indicator"] for row in found["rows"]}


def test_by_team_the_chart_says_the_shares_of_the_table(
    town: Municipality, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    south = a_team(town, "Zuid")
    in_caseload(a_client(town), team=south, worker=a_case_manager(south, name="Bo Bakker"))
    page = client.get(f"{PAGE}&by=team")
    picture, table = page.context["sections"][0]
    said = re.search(r"<desc[^>]*>(.*?)</desc>", picture.svg)
    assert said is not None
    group, compared = "", 0
    for row in table.rows:
        group = row.group_head or group
        name, share = row.cells[0].text, next(cell.text for cell in row.cells if cell.label == "%")
        of_it = re.search(rf"{re.escape(name)}: (.*?)\.(?: [A-Z]|$)", said[1])
        assert of_it is not None, name
        if share.endswith("%"):
            assert f"{group}: {share}" in of_it[1], (name, group)
            compared += 1
    assert compared > 10
    assert "Zuid" in said[1]
    monkeypatch.setattr("opstap.reporting.tables.indicators.by_group.MOST", 1)
    whole = client.get(f"{PAGE}&by=team").context["sections"][0][0]
    assert "Zuid" not in whole.svg
    assert "Ooit geplaatst" in whole.svg
