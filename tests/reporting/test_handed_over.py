"""Who was handed over since the earlier day stands in a row, and is reckoned with in every share of what became."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from opstap.accounts.models import Team, User
from opstap.analytics.transitions import HANDED_OVER
from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of
from tests.reporting.three_caseloads import consent

pytestmark = pytest.mark.django_db
REPORTS = ("movement", "realised", "differences", "indicators", "left", "traits-changed")
ASKED = "?on=2024-12-31&compared_with=2023-12-31"
DAYS = ("--on", "2024-12-31", "--compared-with", "2023-12-31")
OLD, FIRST, HANDED, AGAIN = date(2020, 1, 1), date(2023, 6, 1), date(2024, 7, 1), date(2024, 6, 1)
# What became of the fourteen of Jo: of these eleven are Jo's to see today, or left from Jo.
# First level, second (of June 2024), and whether: handed over, left from follow-up, or left after being handed over.
JOS = (
    ("1", "2", ""),
    ("1", "2", ""),
    ("2", "2", ""),
    ("2", "2", ""),
    ("2", "2", ""),
    ("2", "1", ""),
    ("2", "", ""),
    ("2", "", ""),
    ("2", "", "left"),
    ("", "", ""),
    ("1", "3", "handed"),
    ("1", "3", "handed"),
    ("1", "", "handed and left"),
    ("", "", "handed"),
)


@dataclass
class Town:
    """Jo of North had fourteen people; four of them went to Kim of South."""

    town: Municipality = field(default_factory=a_municipality)
    north: Team = field(init=False)
    south: Team = field(init=False)
    jo: User = field(init=False)
    kim: User = field(init=False)
    people: list[Client] = field(default_factory=list)
    jos: tuple[tuple[str, str, str], ...] = JOS

    def __post_init__(self) -> None:
        self.north, self.south = a_team(self.town, "Noord"), a_team(self.town, "Zuid")
        self.jo, self.kim = a_case_manager(self.north, name="Jo Jansen"), a_case_manager(self.south, name="Kim de Wit")
        for first, second, went in self.jos:
            self.people.append(self.person(first, second, went))

    def person(self, first: str, second: str, went: str) -> Client:
        left = date(2024, 9, 1) if "left" in went else None
        client = a_client(self.town, followed_since=OLD, until=left)
        for level, day in ((first, FIRST), (second, AGAIN)):
            if level:
                placed(client, level, on=day, growth="yes", expected="3")
        until = HANDED if "handed" in went else left
        in_caseload(client, self.jo, team=self.north, since=OLD, until=until)
        if "handed" in went:
            in_caseload(client, self.kim, team=self.south, since=HANDED, until=left)
        return client


@pytest.fixture
def made() -> Town:
    return Town()


@pytest.mark.covers("B-41", "B-46", "B-47", page="report movement")
def test_movement_closes_with_who_was_handed_over(made: Town, report: Report) -> None:
    for name in ("Jo Jansen", a_team_leader(made.north).name):
        totals = report("movement", *DAYS, "--as", name)["totals"]
        told = ("risen", "level", "fallen", "left", "not_measured_again", "handed_over", "cohort", "in_follow_up")
        assert [totals[key] for key in told] == [2, 3, 1, 1, 2, 4, 9, 10], name
        assert totals["risen_share"] == 15.4  # 2 of 9 + 4: a part of all, as who was not placed again
        assert totals["handed_over_share"] == 30.8
    totals = report("movement", *DAYS, "--as", a_coordinator(made.town).name, "--by", "team")["totals"]
    [north] = [one for one in totals["groups"] if one["group"] == "Noord"]
    assert (north["cohort"], north["risen"]) == (12, 4)
    assert "handed_over" not in north


@pytest.mark.covers("B-43", page="report realised")
def test_realised_growth_lies_between_none_and_all_of_them(made: Town, report: Report) -> None:
    totals = report("realised", *DAYS, "--as", "Jo Jansen")["totals"]
    seen = totals["with_growth"]
    assert totals["handed_over"] == 4
    # None of the 6 of whom it is known came to level 3: by Wilson at most 39.03 % of the 9. With four more that is at
    # most (0.3903 x 9 + 4) / 13.
    told = ("clients", "known", "realised", "realised_share", "realised_low", "realised_high", "left_share")
    assert [seen[key] for key in told] == [9, 6, 0, None, 0.0, 57.8, None]
    of_all = report("realised", *DAYS, "--as", a_coordinator(made.town).name)["totals"]
    assert "handed_over" not in of_all
    assert (of_all["with_growth"]["realised"], of_all["with_growth"]["clients"]) == (2, 12)


@pytest.mark.covers("B-10", "B-53", page="report indicators")
def test_an_indicator_of_two_days_has_no_share_but_where_it_lies(made: Town, report: Report) -> None:
    rows = {row["indicator"]: row for row in report("indicators", *DAYS, "--as", "Jo Jansen")["rows"]}
    told = ("whole", "known", "has", "handed_over", "share", "low", "high")
    # Of all 9 it is known whether they left: 1 of 13 at least, and 5 of 13 at most.
    assert [rows["left"][key] for key in told] == [9, 9, 1, 4, None, 7.6, 38.5]
    assert [rows["risen"][key] for key in told[:5]] == [9, 7, 2, 4, None]
    assert rows["placed"]["handed_over"] is None  # of one day
    assert rows["placed"]["share"] is not None
    of_all = report("indicators", *DAYS, "--as", a_coordinator(made.town).name)["rows"]
    assert {row["indicator"]: row["has"] for row in of_all}["risen"] == 4
    assert all(row["handed_over"] is None for row in of_all)


@pytest.mark.covers("B-51", page="report differences")
def test_case_managers_are_not_compared_by_part_of_who_moved(made: Town, report: Report) -> None:
    leader = a_team_leader(made.north).name
    for name in ("Jo Jansen", leader):
        [risen] = [row for row in report("differences", *DAYS, "--as", name)["rows"] if row["measure"] == "risen"]
        assert [risen[key] for key in ("clients", "known", "having", "handed_over", "share")] == [9, 7, 2, 4, None]
        assert risen["low"] < 2 / 13 * 100 < 6 / 13 * 100 < risen["high"]
    consent(made.town)
    found = report("differences", *DAYS, "--as", leader)
    [risen] = [row for row in found["rows"] if row["measure"] == "risen"]
    assert (risen["worker"], risen["handed_over"], risen["verdict"]) == ("Jo Jansen", 4, None)
    assert any("niet met toeval vergeleken" in note for note in found["notes"])
    found = report("differences", *DAYS, "--as", a_coordinator(made.town).name)
    [jo] = [row for row in found["rows"] if (row["measure"], row["worker"]) == ("risen", "Jo Jansen")]
    assert (jo["clients"], jo["having"]) == (12, 4)
    assert "handed_over" not in jo


def told_to(report: Report, name: str) -> list[dict[str, Any]]:
    return [report(key, *DAYS, "--as", name) for key in REPORTS]


@pytest.mark.covers("B-41", page="/rapporten/beweging/")
def test_the_answer_names_the_people_that_its_shares_are_of(made: Town, report: Report) -> None:
    for user in (made.jo, a_team_leader(made.north)):
        page = signed_in(user).get(f"/rapporten/beweging/{ASKED}")
        said = page.context["lead"].replace("\N{NO-BREAK SPACE}", " ")
        # Two of the seven of whom it is known rose: by Wilson 8,2 % to 64,1 % of the nine; of thirteen with the four of
        # whom it isn't 5,6 % to 75,2 %.
        assert said == (
            "Van de 13 mensen (9 op 31 dec 2023 geplaatst, 4 sindsdien overgedragen) is op 31 dec 2024 gestegen: "
            "tussen 5 % en 76 %; van minder dan 10 mensen bekend. Van 6 van hen is niet bekend hoe het ging (niet "
            "opnieuw geplaatst: 2; overgedragen aan een ander: 4)."
        )
        (bars, table), (streams, _matrix) = page.context["sections"]
        assert "n = 13: 9 geplaatst op de eerste dag en 4 sindsdien overgedragen" in str(bars.svg)
        assert "n = 9 geplaatst op de eerste dag" in str(streams.svg)  # of the four nobody says from where to where
        assert table.caption == "Hoe het ging met wie op 31 dec 2023 geplaatst was, of sindsdien is overgedragen"
        assert table.headings[2].meaning.endswith("geplaatst was of sindsdien is overgedragen.")
        assert "Grondslag: 13 personen" in page.content.decode()
        found = report("movement", *DAYS, "--as", user.name)
        assert found["base"] == 13
        assert any(note.startswith("Van de 13 mensen waren er 9 op 31 dec 2023 geplaatst") for note in found["notes"])


def test_where_nobody_was_handed_over_the_answer_is_of_who_was_placed(made: Town) -> None:
    page = signed_in(a_coordinator(made.town)).get(f"/rapporten/beweging/{ASKED}")
    assert page.context["lead"].startswith("Van de 12 mensen die op 31 dec 2023 geplaatst waren, zijn er 4 gestegen")
    (bars, table), _streams = page.context["sections"]
    assert "n = 12 geplaatst op de eerste dag" in str(bars.svg)
    assert table.caption == "Hoe het ging met wie op 31 dec 2023 geplaatst was"
    assert "Grondslag: 12 personen" in page.content.decode()


def test_nothing_that_is_recorded_of_them_later_can_be_told(made: Town, report: Report) -> None:
    leader = a_team_leader(made.north).name
    before = told_to(report, leader)
    placed(made.people[10], "1", on=date(2024, 12, 1))  # fell
    placed(made.people[11], "2", on=date(2023, 8, 1), growth="no")  # stood elsewhere on the earlier day
    placed(made.people[13], "4", on=FIRST)  # was placed on it after all
    assert told_to(report, leader) == before


def test_who_is_protected_is_in_no_row(made: Town, report: Report) -> None:
    later = dates.today() + timedelta(days=9)
    protect_dossier(by=command_line(), client=made.people[10], reason="threatened", review_on=later, why="bedreigd")
    assert report("movement", *DAYS, "--as", "Jo Jansen")["totals"]["handed_over"] == 3
    assert report("realised", *DAYS, "--as", "Jo Jansen")["totals"]["handed_over"] == 3


def test_a_trait_asked_for_tells_nothing_of_them(made: Town, report: Report) -> None:
    for asked in (["--where", "sex=male"], ["--by", "sex"]):
        totals = report("movement", *DAYS, *asked, "--as", "Jo Jansen")["totals"]
        assert totals["handed_over"] == 4, asked
        for group in totals.get("groups", ()):
            assert "handed_over" not in group
            assert group["risen_share"] is None
    leader = a_team_leader(made.north).name
    [north] = report("movement", *DAYS, "--by", "team", "--as", leader)["totals"]["groups"]
    assert (north["group"], north["handed_over"], north["risen_share"]) == ("Noord", 4, 15.4)


@pytest.mark.covers("B-41", page="/rapporten/beweging/")
def test_the_pages_say_so_and_lead_to_none_of_them(made: Town) -> None:
    browser = signed_in(made.jo)
    page = browser.get(f"/rapporten/beweging/{ASKED}")
    [rows] = [table.rows for _picture, table in page.context["sections"][:1]]
    shown = {row.cells[0].text: (row.cells[1].text, row.cells[1].url) for row in rows}
    assert shown["Overgedragen aan een ander"] == ("4", "")
    assert shown["Totaal"] == ("13", "")
    text = page.content.decode()
    assert "In de caseload op 31 dec 2023: 14. Geplaatst: 9; niet geplaatst: 1; sindsdien overgedragen" in text
    assert "Het laagste percentage bovenaan klopt als het voor niemand van hen geldt" in text
    assert "van niemand tot en met" not in text
    assert "Naast de hele gemeente" in text  # nothing was set down yet, and that is what it says
    assert "Er zijn nog geen cijfers vastgesteld om hiernaast te leggen" in text
    assert browser.get(f"/rapporten/beweging/mensen/{ASKED}&outcome=handed_over").status_code == 400
    for slug in (
        "beweging", "groei-gerealiseerd", "verschillen-in-het-team", "indicatoren", "uit-begeleiding",
        "kenmerken-veranderd",
    ):  # fmt: skip
        page = browser.get(f"/rapporten/{slug}/{ASKED}")
        assert "4 mensen uit de caseload van 31 dec 2023 zijn sindsdien overgedragen" in page.content.decode(), slug
        assert not any(HANDED_OVER in url for url, _text in figures_of(page)), slug


def test_a_chart_by_team_draws_where_a_share_lies_and_no_share(made: Town) -> None:
    browser = signed_in(a_team_leader(made.north))
    page = browser.get(f"/rapporten/indicatoren/{ASKED}&by=team")
    chart = str(page.context["sections"][0][0].svg)
    assert "Noord: tussen 7\N{NO-BREAK SPACE}% en 39\N{NO-BREAK SPACE}%" in chart  # left: 1 of 13 to 5 of 13
    assert "7–39\N{NO-BREAK SPACE}%" in chart


def test_who_handed_everybody_over_reads_how_many(made: Town) -> None:
    gone = a_case_manager(made.north, name="Nele Nieuw")
    client = made.person("1", "2", "")
    other = a_client(made.town, followed_since=OLD)
    placed(other, "1", on=FIRST)
    in_caseload(other, gone, team=made.north, since=OLD, until=HANDED)
    in_caseload(client, gone, team=made.north, since=HANDED)
    text = signed_in(gone).get(f"/rapporten/beweging/{ASKED}").content.decode()
    assert "In de caseload op 31 dec 2023: 1. Geplaatst: 0; niet geplaatst: 0; sindsdien overgedragen" in text


def with_a_colleague(made: Town, since: date = HANDED) -> None:
    """Two of Jo's went to a colleague of the same team, one of them rose."""
    other = a_case_manager(made.north, name="Ina Ik")
    for level in ("2", ""):
        client = a_client(made.town, followed_since=OLD)
        placed(client, "1", on=FIRST, growth="yes", expected="2")
        if level:
            placed(client, level, on=AGAIN, growth="yes", expected="3")
        in_caseload(client, made.jo, team=made.north, since=OLD, until=since)
        in_caseload(client, other, team=made.north, since=since)


@pytest.mark.covers("B-43", "B-51", page="report differences")
def test_a_leader_reads_of_a_case_manager_what_that_one_reads(made: Town, report: Report) -> None:
    with_a_colleague(made)
    leader = a_team_leader(made.north).name
    of_team = {row["measure"]: row for row in report("differences", *DAYS, "--as", leader)["rows"]}
    assert [of_team["realised"][key] for key in ("clients", "known", "having", "handed_over")] == [11, 7, 1, 4]
    own = {row["measure"]: row for row in report("differences", *DAYS, "--as", "Jo Jansen")["rows"]}
    consent(made.town)
    rows = [row for row in report("differences", *DAYS, "--as", leader)["rows"] if row["handed_over"] is not None]
    named = {(row["measure"], row["worker"]): row for row in rows}
    told = ("clients", "known", "having", "handed_over", "share", "low", "high")
    for key, counts in (("risen", [9, 7, 2, 6]), ("realised", [9, 6, 0, 6])):
        jo = named[key, "Jo Jansen"]
        assert [jo[one] for one in told[:4]] == counts
        assert [jo[one] for one in told] == [own[key][one] for one in told], key
        assert named[key, "overgedragen binnen het team"]["clients"] == 2
        assert named[key, "Jo Jansen"]["verdict"] is None
    page = signed_in(User.objects.get(name=leader)).get(f"/rapporten/verschillen-in-het-team/{ASKED}")
    assert "overgedragen binnen het team" in page.content.decode()
    assert not any("worker=within" in url for url, _text in figures_of(page))


@pytest.mark.covers("B-41", "B-43", page="report movement")
@pytest.mark.parametrize("key", ["movement", "realised"])
def test_by_case_manager_a_leader_reads_what_each_reads(made: Town, report: Report, key: str) -> None:
    with_a_colleague(made)
    consent(made.town)
    leader = a_team_leader(made.north).name
    found = report(key, *DAYS, "--by", "worker", "--as", leader)["totals"]
    groups = {one["group"]: one for one in found["groups"]}
    assert {name for name, one in groups.items() if one["cohort"]} == {"Jo Jansen", "overgedragen binnen het team"}
    own = report(key, *DAYS, "--as", "Jo Jansen")["totals"]
    assert groups["Jo Jansen"]["cohort"] == own["cohort"] == 9
    told = groups["Jo Jansen"].keys() & own.keys() - {"in_follow_up"}
    assert {one: groups["Jo Jansen"][one] for one in told} == {one: own[one] for one in told}
    assert groups["overgedragen binnen het team"]["cohort"] == 2
    assert (own["handed_over"], found["handed_over"], found["cohort"]) == (6, 4, 11)
    everybody = report(key, *DAYS, "--by", "worker", "--as", a_coordinator(made.town).name)["totals"]
    assert {one["group"]: one["cohort"] for one in everybody["groups"] if one["cohort"]} == {"Jo Jansen": 14}


@pytest.mark.covers("B-41", "B-43", page="/rapporten/beweging/")
@pytest.mark.parametrize("slug", ["beweging", "groei-gerealiseerd"])
def test_by_case_manager_each_figure_leads_to_its_people(slug: str) -> None:
    made = Town(jos=(("1", "2", ""), ("1", "1", ""), ("1", "", "handed")))
    with_a_colleague(made)
    consent(made.town)
    browser = signed_in(a_team_leader(made.north))
    page = browser.get(f"/rapporten/{slug}/{ASKED}&by=worker")
    each_leads_to_its_people(browser, [(url, text.split(" ")[0]) for url, text in figures_of(page)])
    assert any("group=within" in url for url, _text in figures_of(page))
    assert "ook wie binnen het team is overgedragen" in page.content.decode()
    assert browser.get(f"/rapporten/{slug}/mensen/{ASKED}&by=team&group=within").status_code == 400


def test_who_was_handed_over_within_the_team_alone_leaves_bounds_too(report: Report) -> None:
    """Nobody left the team: everybody together is whole, and of the case manager it isn't."""
    made = Town(jos=(("1", "2", ""), ("1", "1", "")))
    with_a_colleague(made)
    consent(made.town)
    leader = a_team_leader(made.north)
    found = report("realised", *DAYS, "--by", "worker", "--as", leader.name)["totals"]
    own = report("realised", *DAYS, "--as", "Jo Jansen")["totals"]
    jo = next(one for one in found["groups"] if one["group"] == "Jo Jansen")
    assert (jo["with_growth"], jo["cohort"]) == (own["with_growth"], 2)
    assert jo["with_growth"]["realised_share"] is None
    assert "handed_over" not in found
    assert found["left_share"] == 0
    moved = report("movement", *DAYS, "--by", "worker", "--as", leader.name)["totals"]
    assert [(one["group"], one["handed_over"], one["risen_share"]) for one in moved["groups"] if one["cohort"]] == [
        ("Jo Jansen", 2, 25.0), ("overgedragen binnen het team", 0, 50.0),
    ]  # fmt: skip
    assert (moved["handed_over"], moved["risen_share"]) == (0, 50.0)


def test_who_is_new_and_was_handed_over_since_is_not_of_who_had_them(made: Town, report: Report) -> None:
    """Placed for the first time between the days, with Jo on the later one, and with Ina of the same team now."""
    other, client = a_case_manager(made.north, name="Ina Ik"), a_client(made.town, followed_since=OLD)
    placed(client, "2", on=AGAIN)
    in_caseload(client, made.jo, team=made.north, since=OLD, until=date(2025, 2, 1))
    in_caseload(client, other, team=made.north, since=date(2025, 2, 1))
    consent(made.town)
    found = report("movement", *DAYS, "--by", "worker", "--as", a_team_leader(made.north).name)["totals"]
    entered = {one["group"]: one["entered"] for one in found["groups"]}
    assert entered == {"Jo Jansen": 0, "overgedragen binnen het team": 1}
    assert report("movement", *DAYS, "--as", "Jo Jansen")["totals"]["entered"] == 0


@pytest.mark.covers("B-46", page="report left")
def test_who_left_lies_between_none_and_all_of_them(made: Town, report: Report) -> None:
    for name in ("Jo Jansen", a_team_leader(made.north).name):
        totals = report("left", *DAYS, "--as", name)["totals"]
        # Of the ten that can be followed one left; of all fourteen at least one, and at most five.
        told = ("cohort", "left", "stayed", "handed_over", "left_share", "left_low", "left_high")
        assert [totals[key] for key in told] == [10, 1, 9, 4, None, 7.1, 35.8], name
        assert all(one["share"] is None for one in totals["reasons"])
    rows = report("left", *DAYS, "--as", "Jo Jansen")["rows"]
    assert {row["share"] for row in rows} == {None}
    of_all = report("left", *DAYS, "--as", a_coordinator(made.town).name)["totals"]
    assert (of_all["left"], of_all["cohort"], of_all["left_share"]) == (2, 14, 14.3)
    assert "handed_over" not in of_all


@pytest.mark.covers("B-46", page="/rapporten/uit-begeleiding/")
def test_out_of_follow_up_has_their_number_and_bounds(made: Town) -> None:
    browser = signed_in(a_team_leader(made.north))
    page = browser.get(f"/rapporten/uit-begeleiding/{ASKED}&by=team")
    tables = {table.caption: table for _picture, table in page.context["sections"] if table}
    by_reason, by_team, bounds = tables.values()
    apart = by_reason.rows[-1]
    assert (apart.cells[0].text, apart.cells[-1].text, apart.cells[-1].url) == ("Overgedragen aan een ander", "4", "")
    assert [row.cells[-1].text for row in by_team.rows] == ["4", "4"]
    # Of level 2, where seven stood, one left; with the four of whom the level is not told that is 1 to 5 of 11.
    shown = {row.cells[0].level or row.cells[0].text: row.cells[2].text for row in bounds.rows}
    assert shown["2"].replace("\N{NO-BREAK SPACE}", " ").startswith("tussen 9 % en 46 %")
    assert shown["Totaal"].replace("\N{NO-BREAK SPACE}", " ") == "tussen 7 % en 36 %"
    text = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "zijn er 1 niet meer in begeleiding op 31 dec 2024." in text
    assert "Van allen samen is tussen 7 % en 36 % niet meer in begeleiding" in text
    saved = browser.get(f"/rapporten/uit-begeleiding/bestand/csv/{ASKED}").content.decode("utf-8-sig")
    assert "Overgedragen aan een ander" in saved


@pytest.mark.covers("B-44", page="report traits-changed")
def test_a_change_of_a_trait_lies_between_all_of_them_either_way(made: Town, report: Report) -> None:
    for client in made.people[:6]:
        with_trait(client, "low_literate", "yes", since=OLD, until=AGAIN)
        with_trait(client, "low_literate", "no", since=AGAIN)
    for client in (*made.people[6:8], made.people[9]):
        with_trait(client, "low_literate", "no", since=OLD)
    told = ("kept", "gone", "new", "neither", "unknown", "then_share", "now_share", "change")
    for name in ("Jo Jansen", a_team_leader(made.north).name):
        totals = report("traits-changed", *DAYS, "--as", name)["totals"]
        literate = totals["traits"]["low_literacy"]
        assert (totals["clients"], totals["handed_over"]) == (9, 4)
        assert [literate[key] for key in told] == [0, 6, 0, 3, 0, None, None, None]
        # Six of the nine have it no longer: of thirteen that is from six less four to ten fewer.
        assert (literate["change_low"], literate["change_high"]) == (-77.0, -15.3)
    of_all = report("traits-changed", *DAYS, "--as", a_coordinator(made.town).name)["totals"]
    assert "handed_over" not in of_all
    text = signed_in(made.jo).get(f"/rapporten/kenmerken-veranderd/{ASKED}").content.decode()
    assert "15,3 tot 77,0 procentpunt minder" in text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.covers("B-10", page="report indicators")
def test_of_one_day_it_says_how_many_are_with_another_now(made: Town, report: Report) -> None:
    said = "4 mensen uit de caseload van 31 dec 2023 zijn nu bij een ander en zitten niet in de cijfers van die dag."
    day = ("--on", "2023-12-31")
    for name in ("Jo Jansen", a_team_leader(made.north).name):
        for key in ("indicators", "placement", "profile", "coverage", "differences"):
            assert said in report(key, *day, "--as", name)["notes"], key
    assert said in signed_in(made.jo).get("/rapporten/indicatoren/?on=2023-12-31").content.decode()
    later = report("indicators", *DAYS, "--as", "Jo Jansen")["notes"]  # by then they were handed over
    assert not any("zijn nu bij een ander" in note for note in later)
    everybody = report("indicators", *day, "--as", a_coordinator(made.town).name)["notes"]
    assert not any("zijn nu bij een ander" in note for note in everybody)
    moved = report("movement", "--on", "2024-06-30", "--compared-with", "2023-12-31", "--as", "Jo Jansen")["notes"]
    assert not any("zijn nu bij een ander" in note for note in moved)
