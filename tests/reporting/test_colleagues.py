"""The own people beside colleagues: from what is published alone, and only where it tells of none of them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from opstap.accounts.models import User
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import command_line
from opstap.config.commands import report_command
from opstap.foundation import dates
from opstap.foundation.charts.colours import UNKNOWN, level_colours
from opstap.foundation.charts.headings import PAPER
from opstap.ladder.operations import record_measurements
from opstap.reporting.logic.released import FALLEN, RISEN, SAME, Released
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationRefused, withdraw_publication
from opstap.reporting.operations.publications.rows import row_of
from opstap.reporting.selectors.publications import latest_publication
from opstap.reporting.tables.colleagues.sides import Row, Side, Sides
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader, a_worker
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import a_placement, placed
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.factories.publications import (
    SetDown,
    a_table,
    a_town_to_publish,
    an_unattacked_publication,
    an_unattacked_table,
    growth_of,
    levels,
)
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
PROFILE, MOVEMENT, DIFFERENCES = "caseload-in-cijfers", "beweging", "verschillen-in-het-team"
OWN = {"1": 4, "2": 5, "3": 2, "4": 1, "5": 0, "6": 0, "none": 1}
"""The first worker has every twelfth of the 145, from the first: by hand."""
NOORD = {"1": 20, "2": 30, "3": 10, "4": None, "5": None, "6": None, "none": None}
"""The even places: 21, 32 and 12 rounded; 2, 6 and nobody hidden. The attack may hide what is not small with those."""


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


def page_of(worker: User, slug: str) -> str:
    return signed_in(worker).get(f"/rapporten/{slug}/").content.decode()


def counts(answer: dict[str, Any], side: str) -> dict[str, int | None]:
    return {row["row"]: row["clients"] for row in answer["colleagues"]["rows"] if row["side"] == side}


def published(made: SetDown) -> dict[tuple[str, str], int | None]:
    """The levels by team, as they were set down."""
    whole = latest_publication(made.town.pk)
    table = Released.of(whole.figures).table("level-by-team") if whole else None
    return {(team, level): count for (level, team), count in (table.shown if table else {}).items()}


@pytest.mark.covers("B-35", page="/rapporten/caseload-in-cijfers/")
def test_beside_the_own_caseload_stands_the_own_team_as_published(made: SetDown, report: Report) -> None:
    whole, worker, team = an_unattacked_publication(made.town, made.on), made.workers[0], made.teams[0]
    answer = report("profile", "--as", worker.name)
    assert counts(answer, "own") == OWN
    shown = counts(answer, team.reference)
    assert shown["2"] == 30
    assert all(shown[level] in {None, count} for level, count in NOORD.items())
    assert set(counts(answer, made.teams[1].reference)) == set()
    said = answer["colleagues"]
    assert (said["publication"], said["on"]) == (whole.reference, made.on.isoformat())
    page = page_of(worker, PROFILE)
    assert "Naast uw team" in page
    assert f'<a href="/publicaties/{whole.reference}/">De ladder</a>' in page
    assert "Noord, " in page
    assert "Zuid" not in page.split('id="colleagues"')[1]
    assert '<span aria-hidden="true">×</span><span class="visually-hidden">verborgen</span>' in page
    assert counts(answer, "municipality") == {**dict.fromkeys("456"), "1": 40, "2": 65, "3": 25, "none": None}
    assert "40\xa0%" in page.split('id="colleagues"')[1], "30 of 75"
    assert signed_in(worker).get(f"/rapporten/{PROFILE}/grafiek/3/svg/").status_code == 200


def test_who_is_on_no_level_and_what_is_hidden_are_drawn_apart() -> None:
    rows = [Row("none", "zonder trede", UNKNOWN, hatched=True), Row("1", "Trede 1", "#2C6FAA")]
    sides = [Side("own", "U", {"none": 4, "1": 6}), Side("town", "Gemeente", {"none": 20, "1": None}, base=100)]
    picture = Sides("Naast elkaar", "Wie", rows, sides, "in procenten").picture()
    assert picture is not None
    patterns = re.findall(r"<pattern.*?</pattern>", str(picture.svg))
    assert len(patterns) == 2
    assert len({re.search(r'<rect[^>]*fill="([^"]+)"', one).group(1) for one in patterns}) == 2  # type: ignore[union-attr]  # each has one
    assert f'fill="{PAPER}"' in patterns[1], "white, as what is hidden is in every chart of a publication"


@pytest.mark.covers("B-55", page="/rapporten/verschillen-in-het-team/")
def test_who_leads_a_team_sees_the_other_teams_beside_it(made: SetDown, report: Report) -> None:
    an_unattacked_publication(made.town, made.on)
    leader, (north, south) = a_team_leader(made.teams[0]), made.teams
    for key, slug in (("profile", PROFILE), ("differences", DIFFERENCES)):
        said = report(key, "--as", leader.name)["colleagues"]
        by_team = {(row["team"], row["level"]): row["clients"] for row in said["rows"]}
        assert said["own_teams"] == [north.reference]
        assert [by_team[team.reference, level] for team in made.teams for level in "24"] == [30, None] * 2
        assert {cell: by_team[cell] for cell in by_team} == published(made)
        page = page_of(leader, slug).split('id="colleagues"')[1]
        assert "Noord (uw team)" in page
        assert "Zuid" in page
        assert f"Zuid {south.reference}" not in page
        assert "Vraag een beleidsmedewerker om zo'n tabel" in html.unescape(page)
    assert 'id="colleagues"' not in page_of(made.workers[0], DIFFERENCES)  # of colleagues only beside the own caseload


@pytest.mark.covers("B-48", page="/rapporten/beweging/")
def test_beside_the_own_movement_stands_that_of_the_municipality_and_of_no_team_where_who_rose_may_have_come_to(
    made: SetDown, report: Report
) -> None:
    first = dates.months_before(made.on, 15)
    then = ["1"] * 42 + ["1"] * 31 + ["3"] * 32  # the same, then risen to 2, then fallen to 2
    rows = [a_placement(one, code, first) for one, code in zip(made.people, then, strict=False)]
    record_measurements(by=command_line(), rows=rows)
    whole, worker, team = an_unattacked_publication(made.town, made.on), made.workers[0], made.teams[0]
    answer = report("movement", "--as", worker.name)
    assert counts(answer, "own") == {"risen": 3, "same": 4, "fallen": 2}
    everyone = counts(answer, "municipality")
    assert set(everyone) == {"risen", "same", "fallen"}
    assert all(everyone[way] in {None, count} for way, count in {"risen": 30, "same": 40, "fallen": 30}.items())
    assert "staat in geen publicatie" in page_of(worker, MOVEMENT)
    for asked in (("became", "team"), ("grown", "team", "level")):
        with pytest.raises(PublicationRefused, match="team_of_now"):
            a_table(whole, *asked)
    assert counts(report("movement", "--as", worker.name), team.reference) == {}
    said = page_of(worker, MOVEMENT)
    assert "Naast de hele gemeente" in said
    assert "De hele gemeente staat hier zoals die gepubliceerd is, over een jaar, met uw mensen erbij." in said
    assert "alle anderen" not in said.lower()


@pytest.mark.covers("B-48", page="/rapporten/beweging/")
def test_with_somebody_handed_over_between_what_the_own_shares_lie_stands_beside_the_municipality(
    made: SetDown, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    first, worker = dates.months_before(made.on, 15), made.workers[0]
    then = ["1"] * 42 + ["1"] * 31 + ["3"] * 32
    rows = [a_placement(one, code, first) for one, code in zip(made.people, then, strict=False)]
    record_measurements(by=command_line(), rows=rows)
    an_unattacked_publication(made.town, made.on)
    since, gone = dates.months_before(made.on, 2), a_client(made.town, followed_since=dates.months_before(made.on, 24))
    placed(gone, "1", on=first)
    in_caseload(gone, worker, team=made.teams[0], since=dates.months_before(made.on, 24), until=since)
    in_caseload(gone, made.workers[1], team=made.teams[1], since=since)
    found = {row["row"]: row for row in report("movement", "--as", worker.name)["colleagues"]["rows"]}
    # Of nine placed again three rose, four stayed and two fell; with one of whom it is not told that is of ten.
    own = {key: (row["own_low"], row["own_high"]) for key, row in found.items()}
    assert own == {RISEN: (30, 40), SAME: (40, 50), FALLEN: (20, 30)}
    shares = {RISEN: 30, SAME: 40, FALLEN: 30}  # of a hundred in all, as published
    shown = {key: row for key, row in found.items() if row["published_low"] is not None}
    assert all(row["published_low"] <= shares[key] <= row["published_high"] for key, row in shown.items())
    page = signed_in(worker).get(f"/rapporten/{MOVEMENT}/")
    text = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Naast de hele gemeente" in text
    assert "tussen 30 % en 40 %" in text
    assert "Daarom staat er van uw mensen waartussen het ligt" in text
    assert 'id="colleagues-' not in text  # no bar: an own share has no length
    capsysbinary.readouterr()
    assert report_command.run(["movement", "--as", worker.name, "--table", "colleagues"]) == 0
    assert "Gestegen" in capsysbinary.readouterr().out.decode()


def test_with_fewer_than_three_colleagues_the_team_is_not_shown_and_who_came_since_changes_nothing(
    made: SetDown, report: Report
) -> None:
    east = a_team(made.town, "Oost")
    workers = [a_case_manager(east) for _ in range(4)]
    for worker in workers[:3]:
        in_caseload(a_client(made.town), worker, team=east)
    an_unattacked_publication(made.town, made.on)
    in_caseload(a_client(made.town), workers[3], team=east)
    said = report("profile", "--as", workers[0].name)["colleagues"]
    assert (said["why"], {row["side"] for row in said["rows"]}) == ("few", {"own", "municipality"})
    assert "minder dan drie van uw collega" in page_of(workers[0], PROFILE)


def test_who_leads_the_only_team_reads_that_no_team_stands_by_itself(report: Report) -> None:
    alone = a_town_to_publish("Noord")
    an_unattacked_publication(alone.town, alone.on)
    leader = a_team_leader(alone.teams[0])
    said = report("profile", "--as", leader.name)["colleagues"]
    assert (said["why"], said["rows"], said["shares"]) == ("not_in_it", [], [])
    assert "staat niet apart in de laatste publicatie" in page_of(leader, PROFILE)


def test_beside_the_own_traits_stand_those_of_the_municipality_with_their_interval(
    made: SetDown, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Of each five two are low-literate, two are not, and of one it is not known. The first worker: 5 of 10."""
    for number, client in enumerate(made.people):
        if number % 5 < 4:
            with_trait(client, "low_literate", "yes" if number % 5 < 2 else "no")
    an_unattacked_publication(made.town, made.on)
    worker = made.workers[0]
    traits = {row["trait"]: row for row in report("profile", "--as", worker.name)["colleagues"]["traits"]}
    low = traits["low_literacy"]
    assert (low["own"], low["own_known"], low["published"]) == (5, 10, 50)  # 58 and 58 are shown as 60
    page = page_of(worker, PROFILE).split('id="colleagues"')[1]
    assert "Wat zij gemeen hebben, naast de gemeente" in page
    assert "50\xa0%" in page
    rows = (
        signed_in(worker).get(f"/rapporten/{PROFILE}/bestand/csv/?table=colleagues-traits").content.decode("utf-8-sig")
    )
    assert "Laaggeletterd;5;10;50;50;" in rows


@pytest.mark.covers("B-35", page="/rapporten/caseload-in-cijfers/")
def test_growth_potential_and_instruments_of_the_own_people_stand_beside_those_of_the_municipality(
    made: SetDown, report: Report
) -> None:
    """Of the 133 who are placed growth is unknown of each seventh, 19, and no of each third of the others, 38; 76 have
    it: 75 and 40. Of each five of the 145 two use an instrument: 58, so 60 and 85.
    """
    for number, client in enumerate(made.people):
        if number % 5 < 2:
            an_instrument(a_trajectory(client, since=made.before))
    an_unattacked_publication(made.town, made.on)
    traits = {row["trait"]: row for row in report("profile", "--as", made.workers[0].name)["colleagues"]["traits"]}
    own = [growth_of(number) for number, _ in enumerate(levels()) if number % 12 == 0]
    growth = traits["growth"]
    assert (growth["own"], growth["own_known"]) == (own.count("yes"), own.count("yes") + own.count("no"))
    assert growth["published"] == round(100 * 75 / 115)
    assert (traits["instrument"]["own"], traits["instrument"]["own_known"]) == (5, 13)  # 0, 36, 60, 96, 120
    assert traits["instrument"]["published"] == round(100 * 60 / 145)


@pytest.mark.covers("B-55", page="/rapporten/caseload-in-cijfers/")
def test_who_leads_a_team_reads_what_people_of_each_team_have_in_common_and_how_many_each_team_has(
    made: SetDown, report: Report
) -> None:
    """Of each five two are low-literate, two are not: of the 73 of Noord and the 72 of Zuid 29 and 29, 30 and 28."""
    for number, client in enumerate(made.people):
        if number % 5 < 4:
            with_trait(client, "low_literate", "yes" if number % 5 < 2 else "no")
    an_unattacked_table(an_unattacked_publication(made.town, made.on), "team", "low-literacy")
    leader, (north, south) = a_team_leader(made.teams[0]), made.teams
    low, *_rest = report("profile", "--as", leader.name)["colleagues"]["shares"]
    assert low["table"] == "team-by-low-literacy"
    found = {one.get("team"): one["percent"] for one in low["shares"]}
    assert found == {north.reference: 50, south.reference: 50, "unknown": None, None: None}
    page = page_of(leader, PROFILE).split('id="colleagues"')[1]
    assert "Mensen per team, afgerond op vijf: Noord (uw team) 75, Zuid 70." in page
    assert "Verborgen:" not in page
    assert "Vraag een beleidsmedewerker" not in page, "it was asked for"
    assert "Percentages: team naar laaggeletterd" in page.lower().replace("percentages", "Percentages")
    name = "colleagues-team-by-low-literacy-shares"
    rows = signed_in(leader).get(f"/rapporten/{PROFILE}/bestand/csv/?table={name}").content.decode("utf-8-sig")
    assert "Noord (uw team);50;" in rows
    (own,) = report("profile", "--as", made.workers[0].name)["colleagues"]["shares"]
    assert [one["team"] for one in own["shares"]] == [north.reference], "of the own team alone"


def without(one: Publication, *left_out: str) -> None:
    """As if these tables had been left out."""
    kept = [table for table in one.figures["tables"] if table[0] not in left_out]
    with writing(by=command_line(), verb="make_publication", about=one.reference) as recording:
        append_facts(Publication, [replace(row_of(one), figures={**one.figures, "tables": kept})], recording=recording)


@pytest.mark.covers("B-55", page="/rapporten/verschillen-in-het-team/")
def test_where_levels_by_team_were_left_out_sizes_and_shares_stand_all_the_same(made: SetDown, report: Report) -> None:
    for number, client in enumerate(made.people):
        with_trait(client, "low_literate", "yes" if number % 5 < 2 else "no")
    whole = an_unattacked_publication(made.town, made.on)
    without(whole, "level-by-team", "part-of-ladder-by-team")
    leader = a_team_leader(made.teams[0])
    assert "Vraag een beleidsmedewerker om zo'n tabel" in html.unescape(page_of(leader, PROFILE))
    an_unattacked_table(whole, "team", "low-literacy")
    for key, slug in (("profile", PROFILE), ("differences", DIFFERENCES)):
        said = report(key, "--as", leader.name)["colleagues"]
        assert (said["why"], said["rows"], len(said["shares"])) == ("no_table", [], 1)
        page = page_of(leader, slug).split('id="colleagues"')[1]
        assert "staan de treden per team er niet in" in page
        assert "Mensen per team, afgerond op vijf: Noord (uw team) 75, Zuid 70." in page
    assert len(report("profile", "--as", made.workers[0].name)["colleagues"]["shares"]) == 1


def test_where_the_teams_stand_by_two_levels_the_own_people_do_too(made: SetDown, report: Report) -> None:
    """By hand of the first worker: 4 and 5, 2 and 1, nobody, and one without a level."""
    whole = an_unattacked_publication(made.town, made.on)
    without(whole, "level-by-team")
    answer = report("profile", "--as", made.workers[0].name)
    assert counts(answer, "own") == {"1-2": 9, "3-4": 3, "5-6": 0, "none": 1}
    assert counts(answer, made.teams[0].reference) == {"1-2": 55, "3-4": 15, "5-6": None, "none": None}
    assert counts(answer, "municipality") == {"1-2": 105, "3-4": None, "5-6": None, "none": None}
    page = page_of(made.workers[0], PROFILE).split('id="colleagues"')[1]
    assert "treden 1 en 2" in page
    for below, above in zip(level_colours(6)[::2], level_colours(6)[1::2], strict=True):
        assert page.count(f'stop-color="{below}"') == page.count(f'stop-color="{above}"')
    assert 'fill="#453781"' not in page, "no pair has the colour of a level"
    assert 'stop-color="#453781"' in page


def test_without_a_publication_that_holds_it_says_what_to_do(made: SetDown, report: Report) -> None:
    worker = made.workers[0]
    assert "Vraag een coördinator" in page_of(worker, PROFILE)
    whole = an_unattacked_publication(made.town, made.on)
    withdraw_publication(by=command_line(), publication=whole, why="Team Zuid ontbrak.")
    said = report("profile", "--as", worker.name)["colleagues"]
    assert (said["publication"], said["why"], said["rows"]) == (None, "none_set_down", [])


def test_it_stands_beside_all_of_the_own_people_alone_and_for_who_may_see_publications(
    made: SetDown, report: Report
) -> None:
    an_unattacked_publication(made.town, made.on)
    assert "colleagues" not in report("profile", "--as", made.workers[0].name, "--where", "age=jonger dan 27")
    assert "colleagues" not in report("profile", "--as", a_coordinator(made.town).name)
    coach = a_worker(made.town, "job_coach", team=made.teams[0])
    in_caseload(made.people[0], coach, team=made.teams[0])
    assert 'id="colleagues"' not in page_of(coach, PROFILE)


def test_files_hold_it_on_a_sheet_of_its_own(made: SetDown, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    an_unattacked_publication(made.town, made.on)
    browser = signed_in(made.workers[0])
    rows = browser.get(f"/rapporten/{PROFILE}/bestand/csv/?table=colleagues").content.decode("utf-8-sig").splitlines()
    assert rows[2].startswith("2 ")
    assert rows[2].split(";")[1:4] == ["5", "38", "30"]  # 5 of 13
    assert [row.split(";")[3] for row in rows if row.startswith("4 ")] == ["verborgen"]
    assert browser.get(f"/rapporten/{PROFILE}/bestand/xlsx/").content[:2] == b"PK"
    capsysbinary.readouterr()
    assert report_command.run(["profile", "--as", made.workers[0].name, "--table", "colleagues"]) == 0
    assert b"Noord" in capsysbinary.readouterr().out


def test_it_takes_few_queries_more(made: SetDown) -> None:
    an_unattacked_publication(made.town, made.on)
    browser = signed_in(made.workers[0])
    browser.get(f"/rapporten/{PROFILE}/")
    with CaptureQueriesContext(connection) as captured:
        browser.get(f"/rapporten/{PROFILE}/")
    assert len(captured) <= 20


def test_its_chart_says_what_its_table_says_and_its_bars_are_equally_long() -> None:
    """190 of 245 is 77.6 %, and 51 and 4 are 20.8 and 1.6: together 101."""
    rows = [Row(SAME, "gelijk", "#111111"), Row(RISEN, "gestegen", "#222222"), Row(FALLEN, "gedaald", "#333333")]
    own = Side("own", "Uw mensen", {SAME: 190, RISEN: 51, FALLEN: 4})
    others = Side("others", "De gemeente", {SAME: 2, RISEN: 1, FALLEN: 0})
    with override("nl"):
        sides = Sides("Naast elkaar", "Werd", rows, [own, others], "in procenten")
        picture, table = sides.picture(), sides.table()
    assert picture is not None
    assert [row.cells[1].beside for row in table.rows[:3]] == ["78\xa0%", "21\xa0%", "2\xa0%"]
    for said in ("Uw mensen: 78 gelijk", "Uw mensen: 21 gestegen", "Uw mensen: 2 gedaald", "De gemeente: 67 gelijk"):
        assert f">{said}</title>" in picture.svg
    assert picture.svg.count(">100</text>") == 1 + len(sides.sides)  # on the axis, and behind each bar
