"""Report `differences`: three caseloads counted by hand; names only with consent; people, files, agreement."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser

from opstap.clients.models import Client
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.reporting.conftest import Report
from tests.reporting.three_caseloads import (
    FIRST,
    LATER,
    NAMES,
    PAGE,
    SINCE,
    Town,
    consent,
    signed_in,
    three_caseloads,
)

pytestmark = pytest.mark.django_db
MEASURES = ("growth", "instrument", "exemption", "risen", "realised")


@pytest.fixture
def town() -> Town:
    return three_caseloads()


@pytest.mark.covers("B-38", "B-40", "B-51", page="report differences")
def test_each_case_manager_stands_beside_what_is_expected_of_these_people(town: Town, report: Report) -> None:
    rows = {(row["measure"], row["worker"]): row for row in report("differences", "--on", FIRST)["rows"]}
    growth = {name: rows["growth", name] for name in NAMES}
    # Of the 24 on level 1 half have growth potential: 6 are expected of each; Cees is alone on level 2.
    keys = ("known", "having", "expected_share", "near_low", "near_high", "far_low", "far_high", "verdict")
    assert [growth["Anna Aarts"][key] for key in keys] == [12, 10, 50.0, 3, 9, 1, 11, "more"]
    assert [growth["Bram Bos"][key] for key in keys] == [12, 2, 50.0, 3, 9, 1, 11, "less"]
    assert [growth["Cees Claes"][key] for key in keys] == [12, 6, 50.0, 3, 9, 1, 11, "within"]
    # Observed over expected, 10 / 6, times the share of all, 18 of 36.
    assert growth["Anna Aarts"]["standardised_share"] == 83.3
    exempt = {name: rows["exemption", name] for name in NAMES}
    assert [exempt[name]["having"] for name in NAMES] == [0, 2, 1]
    assert {exempt[name]["verdict"] for name in NAMES} == {"within"}
    assert [rows["instrument", name]["having"] for name in NAMES] == [3, 1, 0]
    assert rows["exemption", "zonder casemanager"]["clients"] == 2


@pytest.mark.covers("B-51", "G-5", page="report differences")
def test_who_has_risen_is_told_of_who_was_placed_on_the_earlier_day(town: Town, report: Report) -> None:
    found = report("differences", "--on", LATER, "--compared-with", FIRST)
    rows = {row["worker"]: row for row in found["rows"] if row["measure"] == "risen"}
    told = {name: [rows[name][key] for key in ("known", "having", "left", "not_measured_again")] for name in NAMES}
    assert told == {"Anna Aarts": [8, 4, 1, 4], "Bram Bos": [6, 0, 0, 6], "Cees Claes": [3, 1, 0, 9]}
    assert {rows[name]["clients"] for name in NAMES} == {12}
    # On level 1 four have risen of the 14 of whom it is known: of Anna's 8 that is 2.3, and by chance 0 to 5.
    assert [rows["Anna Aarts"][key] for key in ("expected_share", "near_low", "near_high")] == [28.6, 0, 5]
    moved = report("movement", "--on", LATER, "--compared-with", FIRST, "--by", "worker")["totals"]
    assert found["totals"]["risen"]["having"] == moved["risen"] == 5
    by_worker = {one["group"]: one["risen"] for one in moved["groups"]}
    assert all(by_worker[name] == rows[name]["having"] for name in NAMES)
    assert any("15 jun 2023" in note for note in found["notes"])


@pytest.mark.covers("B-37", "B-38", "B-39", "B-40", "B-51", "B-57", page="/rapporten/verschillen-in-het-team/")
def test_with_consent_every_figure_leads_to_its_people(town: Town, client: Browser) -> None:
    municipality, *_ = town
    consent(municipality)
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={LATER}&compared_with={FIRST}")
    cells = [
        (cell.url, cell.text)
        for _picture, table in page.context["sections"]
        for row in table.rows
        for cell in row.cells[1:]
        if cell.url
    ]
    assert len(cells) > 40
    for url, text in cells:
        assert client.get(url).context["page_obj"].paginator.count == int(text), url
    text = page.content.decode()
    assert text.count("<svg") >= 8
    assert all(name in text for name in NAMES)
    assert "Mensen met een instrument, per trede" in text
    captions = [table.caption for _picture, table in page.context["sections"]]
    assert captions[6] == "Mensen per trede"
    levels = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in page.context["sections"][6][1].rows}
    assert levels["Anna Aarts"] == ["7", "4", "0", "0", "0", "0", "11", "0", "11"]
    helped = next(table for _picture, table in page.context["sections"] if "instrument, per trede" in table.caption)
    assert {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in helped.rows[:3]} == {
        "Anna Aarts": ["0", "3", "0", "0", "0", "0", "3", "0", "3"],
        "Bram Bos": ["1", "0", "0", "0", "0", "0", "1", "0", "1"],
        "Cees Claes": ["0", "0", "0", "0", "0", "0", "0", "0", "0"],
    }


def test_of_whom_it_is_known_leads_to_its_people_where_it_is_not_known_of_all(town: Town, client: Browser) -> None:
    municipality, _team, workers, _people = town
    consent(municipality)
    for growth in ("unknown", "unknown", "yes"):
        more = a_client(municipality)
        in_caseload(more, workers[NAMES[0]], team=town[1])
        placed(more, "1", on=SINCE, growth=growth)
    browser = signed_in(client, a_coordinator(municipality))
    table = browser.get(f"{PAGE}?on={FIRST}").context["sections"][0][1]
    anna, everyone = table.rows[0].cells, table.rows[-1].cells
    assert (anna[1].text, anna[2].text) == ("13", "2")
    for cell in (anna[1], everyone[1]):
        assert browser.get(cell.url).context["page_obj"].paginator.count == int(cell.text)
    assert "groeipotentieel gezien: bekend" in browser.get(anna[1].url).content.decode()


@pytest.mark.covers("B-57", page="/rapporten/verschillen-in-het-team/")
def test_a_team_leader_sees_charts_of_the_own_team_and_of_no_other(town: Town, client: Browser) -> None:
    municipality, team, *_ = town
    consent(municipality)
    south = a_team(municipality, "Zuid")
    other = a_case_manager(south, name="Dora Dijk")
    for _ in range(12):
        theirs = a_client(municipality)
        in_caseload(theirs, other, team=south)
        placed(theirs, "1", on=SINCE, growth="no")
    page = signed_in(client, a_team_leader(team)).get(f"{PAGE}?on={LATER}&compared_with={FIRST}")
    charts = [str(picture.svg) for picture, _table in page.context["sections"] if picture]
    assert len(charts) >= 5  # a funnel of each measure, and who stands on which level
    for name in NAMES:
        assert sum(name in chart for chart in charts) >= 4, name
    tables = [table for _picture, table in page.context["sections"]]
    named = {row.cells[0].text for table in tables for row in table.rows}
    assert set(NAMES) <= named
    assert "Dora Dijk" not in named
    assert not any("Dora Dijk" in chart for chart in charts)


def test_by_level_everybody_stands_somewhere(town: Town, client: Browser) -> None:
    municipality, _team, _workers, people = town
    consent(municipality)
    placed(people[NAMES[0]][0], "0", on=date(2023, 2, 1))
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={FIRST}")
    tables = {table.caption: table for _picture, table in page.context["sections"]}
    for caption in ("Mensen per trede", "Mensen met een instrument, per trede"):
        for row in tables[caption].rows:
            *levels, on_a_level, not_placed, total = (int(cell.text) for cell in row.cells[1:])
            assert sum(levels) == on_a_level
            assert on_a_level + not_placed == total
    first = tables["Mensen per trede"].rows[0]
    assert (first.cells[1].level or tables["Mensen per trede"].headings[1].level, first.cells[1].text) == ("0", "1")
    drawn = next(picture for picture, table in page.context["sections"] if table is tables["Mensen per trede"])
    assert "Anna Aarts: 12, 1 0 " in str(drawn.svg)


@pytest.fixture
def through() -> tuple[Municipality, list[Client]]:
    """Twelve people of two case managers, placed on another scale; four rise there, two of them on this one too."""
    municipality = a_municipality()
    team = a_team(municipality)
    workers = [a_case_manager(team, name=name) for name in NAMES[:2]]
    people = []
    for number in range(12):
        client = a_client(municipality)
        people.append(client)
        in_caseload(client, workers[number % 2], team=team)
        placed(client, "1", on=SINCE, scale="groningen", growth="yes")
        if number < 4:
            to = "3" if number < 2 else "6"
            placed(client, to, on=date(2024, 3, 1), scale="groningen", growth="yes")
        placed(client, "3" if number < 3 else "1", on=date(2023, 1, 9), scale="groningen", second=True)
    return municipality, people


def test_through_a_crosswalk_it_is_what_movement_says(
    through: tuple[Municipality, list[Client]], report: Report
) -> None:
    asked = ("--on", LATER, "--compared-with", FIRST, "--crosswalk", "groningen-vng")
    moved = report("movement", *asked, "--by", "worker")["totals"]
    found = report("differences", *asked)
    risen = {row["worker"]: row for row in found["rows"] if row["measure"] == "risen"}
    for group in moved["groups"]:
        row = risen[group["group"]]
        known = 6 - group["no_counterpart"] - group["not_measured_again"]
        assert (row["having"], row["clients"], row["known"]) == (group["risen"], group["cohort"], known)
        assert group["cohort"] == 6
        assert row["no_counterpart"] == group["no_counterpart"]
    assert found["agreement"]["pairs"] == 12
    assert found["agreement"]["same"] == 9


def test_what_the_funnel_draws_stands_in_the_table_under_it(town: Town, client: Browser, report: Report) -> None:
    municipality, *_ = town
    consent(municipality)
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={FIRST}")
    rows = [row for row in report("differences", "--on", FIRST)["rows"] if row["measure"] == "growth"]
    drawn = {row["worker"]: row["standardised_share"] for row in rows}
    picture, table = page.context["sections"][0]
    at = [heading.label for heading in table.headings].index("Vergelijkbaar %")
    assert picture is not None
    for row in table.rows[:-1]:
        assert row.cells[at].text == share_words(drawn[row.cells[0].text], 1), row.cells[0].text
        assert f"vergelijkbaar {row.cells[at].text}" in picture.svg
    assert table.rows[-1].cells[at].is_silent


def test_the_verdict_stands_there_in_words(town: Town, client: Browser) -> None:
    municipality, *_ = town
    consent(municipality)
    page = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}?on={FIRST}")
    text = page.content.decode()
    assert "△ meer dan toeval" in text
    assert "▽ minder dan toeval" in text
    assert "● binnen toeval" in text
    assert "groeipotentieel gezien 2 van de 3" in text
    assert "Zonder enig verschil zou dat voor ongeveer 1 op de 20 ook zo zijn." in text


@pytest.mark.covers("B-51", page="/rapporten/verschillen-in-het-team/")
def test_without_consent_a_leader_sees_the_spread_and_nobody_by_name(
    town: Town, client: Browser, report: Report
) -> None:
    _municipality, team, workers, _people = town
    leader = a_team_leader(team)
    found = report("differences", "--on", FIRST, "--as", leader.name)
    assert found["seen"] == "spread"
    growth = next(row for row in found["rows"] if row["measure"] == "growth")
    assert "worker" not in growth
    assert [growth[key] for key in ("workers", "less", "within", "more")] == [3, 1, 1, 1]
    assert [growth[key] for key in ("least", "middle", "greatest")] == [16.7, 50.0, 83.3]
    page = signed_in(client, leader).get(f"{PAGE}?on={FIRST}")
    text = page.content.decode()
    assert "zonder naam" in text
    assert not any(name in text for name in NAMES)
    assert not any(str(worker.reference) in text for worker in workers.values())
    refused = client.get(f"{PAGE}mensen/?on={FIRST}&measure=growth&worker={workers[NAMES[0]].reference}")
    assert refused.status_code == 400
    assert client.get(f"{PAGE}?on={FIRST}&where=worker={NAMES[0]}").status_code == 400
    for kind in ("csv", "xlsx"):
        sheet = client.get(f"{PAGE}bestand/{kind}/?on={FIRST}")
        assert sheet.status_code == 200
        assert not any(name.encode() in sheet.content for name in NAMES)


def test_of_fewer_than_three_there_is_no_spread(town: Town, client: Browser, report: Report) -> None:
    municipality, team, _workers, people = town
    leader = a_team_leader(team)
    for other in people[NAMES[2]][:3]:  # nine are left in the team: too few for a share
        in_caseload(other, a_case_manager(a_team(municipality)), since=date(2023, 2, 1))
    found = report("differences", "--on", FIRST, "--as", leader.name)
    for row in found["rows"]:
        assert {row[key] for key in ("workers", "less", "within", "more", "least", "middle", "greatest")} == {None}
    assert [row["known"] for row in found["rows"]] == [36, 36, 36, 0, 0]
    page = signed_in(client, leader).get(f"{PAGE}?on={FIRST}").content.decode()
    assert "minder dan drie casemanagers" in page


def test_a_leader_with_a_caseload_sees_the_own_line_only_beside_three_others(town: Town, client: Browser) -> None:
    municipality, team, _workers, _people = town
    leader = a_team_leader(team)
    for _ in range(12):
        own = a_client(municipality)
        in_caseload(own, leader, team=team)
        placed(own, "1", on=SINCE, growth="yes")
    page = signed_in(client, leader).get(f"{PAGE}?on={FIRST}")
    tables = {table.caption: table for _picture, table in page.context["sections"]}
    line = tables["Uw eigen caseload"].rows[0].cells
    assert [cell.text for cell in line[1:5]] == ["12", "0", "12", "100,0\xa0%"]
    consent(municipality)
    with_names = client.get(f"{PAGE}?on={FIRST}")
    assert "Uw eigen caseload" not in with_names.content.decode()


def test_a_case_manager_sees_the_own_figures_and_nothing_of_the_team(
    town: Town, client: Browser, report: Report
) -> None:
    municipality, _team, workers, _people = town
    consent(municipality)
    found = report("differences", "--on", FIRST, "--as", NAMES[0])
    assert found["seen"] == "own"
    growth = next(row for row in found["rows"] if row["measure"] == "growth")
    assert growth == growth | {"clients": 12, "known": 12, "having": 10, "share": 83.3}
    assert not {"expected_share", "verdict", "workers", "least"} & growth.keys()
    page = signed_in(client, workers[NAMES[0]]).get(f"{PAGE}?on={FIRST}")
    text = page.content.decode()
    assert "U ziet alleen uw eigen cijfers." in text
    assert "Bram Bos" not in text
    assert "Cees Claes" not in text
    assert client.get(f"{PAGE}mensen/?on={FIRST}&worker={workers[NAMES[1]].reference}").status_code == 400
    assert client.get(f"{PAGE}mensen/?on={FIRST}&measure=growth").context["page_obj"].paginator.count == 12


def test_a_question_about_something_else_is_refused(town: Town, client: Browser) -> None:
    municipality, *_ = town
    signed_in(client, a_coordinator(municipality))
    people = f"{PAGE}mensen/?on={FIRST}"
    for wrong in ("measure=origin", "measure=growth&answer=perhaps", "measure=agreement&answer=perhaps"):
        assert client.get(f"{people}&{wrong}").status_code == 400
    assert client.get(f"{PAGE}?by=sex").status_code == 400
    assert 'name="by"' not in client.get(f"{PAGE}?on={FIRST}").content.decode()


def test_a_scale_without_order_has_no_rise_and_a_town_without_plans_no_instruments(town: Town, report: Report) -> None:
    municipality, *_ = town
    assert set(report("differences", "--on", FIRST, "--scale", "steenwijkerland")["totals"]) >= {"exemption"}
    a_setting(municipality, "part.plans", "off", date(2023, 1, 1))
    assert set(report("differences", "--on", FIRST)["totals"]) == {"growth", "exemption", "risen", "realised"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_say_what_is_expected_and_the_verdict(town: Town, client: Browser, kind: str) -> None:
    municipality, *_ = town
    consent(municipality)
    answer = signed_in(client, a_coordinator(municipality)).get(f"{PAGE}bestand/{kind}/?on={FIRST}")
    assert answer.status_code == 200
    if kind == "csv":
        heading, first, *_others = answer.content.decode("utf-8-sig").splitlines()
        assert heading.startswith("Onderwerp;Casemanager;Cliënten;Bekend van;Aantal;%;verwacht %;vergelijkbaar %;")
        assert first.startswith("Groeipotentieel gezien;Anna Aarts;12;12;10;83,3;50,0;83,3;3;9;1;11;△ meer dan toeval")
