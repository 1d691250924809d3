"""Report `data-quality`: every check on people counted by hand; its page, work lists, settings and scope."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from opstap.audit.permissions import command_line
from opstap.clients.logic import PersonRow
from opstap.clients.models import Client, Person
from opstap.clients.operations import record_persons
from opstap.facts.selectors.cache import forget_all
from opstap.reporting.tables.angles import ANGLES
from opstap.reporting.tables.quality.words import CHECKS
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_setting
from tests.factories.plans import a_trajectory, an_instrument
from tests.reporting.conftest import Report
from tests.reporting.quality_town import COUNTED, ON, PEOPLE, Town, a_town

pytestmark = pytest.mark.django_db
DAY = ("--on", f"{ON}")
PAGE, LIST = f"/rapporten/kwaliteit-van-gegevens/?on={ON}", f"/rapporten/kwaliteit-van-gegevens/mensen/?on={ON}"


def test_where_who_died_is_not_judged_the_words_say_so() -> None:
    alive, judging = len(PEOPLE) - 1, 0
    with override("nl"):
        for key, (_concerned, judged) in COUNTED.items():
            said = str(CHECKS[key][1])
            if said.startswith("Van iedereen"):
                judging += 1
                assert ("behalve wie is overleden" in said) == (judged == alive), key
    assert judging > 5


def test_questions_are_asked_in_the_singular() -> None:
    with override("nl"):
        asked = [str(step.question) for angle in ANGLES.values() for step in angle.steps]
    assert "Wie kwam erbij, op welke trede beginnen zij, en verschillen zij van wie er al was?" in asked
    assert not [one for one in asked if one.startswith(("Wie kwamen", "Wie gingen"))]


@pytest.fixture
def town() -> Town:
    return a_town()


def signed_in(town: Town, browser: Browser) -> Browser:
    browser.force_login(a_coordinator(town.municipality), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def listed(browser: Browser, address: str) -> list[str]:
    page = browser.get(address)
    assert page.status_code == 200
    return [person.name for person in page.context["people"]]


@pytest.mark.covers("B-65", "B-72", page="report data-quality")
def test_every_check_is_what_was_counted_by_hand(town: Town, report: Report) -> None:
    found = report("data-quality", *DAY)
    assert {row["check"]: (row["concerned"], row["judged"]) for row in found["rows"]} == COUNTED
    assert list(COUNTED) == list(CHECKS)
    aspects = [row["aspect"] for row in found["rows"]]
    assert [aspects.count(one) for one in ("timely", "correct", "complete")] == [6, 10, 9]
    old = found["rows"][0]
    assert (old["check"], old["share"]) == ("placement_old", 3.8)
    assert found["totals"] == {"clients": 28, "any": 25, "share": 89.3, "timely": 6, "correct": 11, "complete": 8}


@pytest.mark.covers("B-65", page="/rapporten/kwaliteit-van-gegevens/mensen/")
def test_each_finding_leads_to_exactly_whom_it_concerns(town: Town, client: Browser) -> None:
    browser = signed_in(town, client)
    for key in COUNTED:
        names = listed(browser, f"{LIST}&check={key}")
        wanted = {"double": ["double", "doubles"], "ended_without_reason": ["Weg 0", "Weg 3"]}.get(key, [key])
        assert names == wanted, key
    assert len(listed(browser, LIST)) == len(PEOPLE)
    everybody = {person.name for person in PEOPLE}
    assert set(listed(browser, f"{LIST}&check=any")) == everybody - {"Aarts", "Lately", "Nazorg"}
    assert client.get(f"{LIST}&check=unwilling").status_code == 400


@pytest.mark.covers("B-72", page="/rapporten/kwaliteit-van-gegevens/")
@pytest.mark.parametrize(("by", "across"), [("", 10), ("&by=team", 10), ("&by=team", 0)])
def test_every_figure_on_the_page_leads_to_that_many_people(
    town: Town, client: Browser, monkeypatch: pytest.MonkeyPatch, by: str, across: int
) -> None:
    """Also where there are too many groups for a column each: then they stand one after another."""
    monkeypatch.setattr("opstap.reporting.tables.quality.page.MOST_ACROSS", across)
    page = signed_in(town, client).get(PAGE + by)
    cells = [
        (cell.url, cell.text)
        for _picture, table in page.context["sections"]
        for row in table.rows
        for cell in row.cells[1:]
        if cell.url
    ]
    assert len(cells) > 25
    for url, text in cells:
        assert client.get(url).context["page_obj"].paginator.count == int(text), url
    said = page.content.decode()
    assert "Plaatsing van 12 maanden of ouder" in said
    assert "Instrument langer dan 12 maanden zonder einddatum" in said
    assert "Van wie een instrument heeft dat loopt" in said
    assert "Van de 28 mensen in begeleiding is er bij 25 (89\xa0%) iets na te kijken" in said


def test_by_team_each_is_counted_in_the_own_team(town: Town, report: Report) -> None:
    other = a_client(town.municipality, surname="Zuid", born=date(1999, 9, 9))
    in_caseload(other, a_case_manager(south := a_team(town.municipality, "Zuid")), team=south)
    found = report("data-quality", *DAY, "--by", "team")
    unplaced = {row["group"]: row["concerned"] for row in found["rows"] if row["check"] == "not_placed"}
    assert unplaced == {"Noord": 1, "Zuid": 1}
    left = {
        row["group"]: (row["concerned"], row["judged"]) for row in found["rows"] if row["check"].startswith("ended")
    }
    assert left == {"Noord": (2, 3), "Zuid": (0, 0)}
    assert {one["group"]: one["any"] for one in found["totals"]["groups"]} == {"Noord": 25, "Zuid": 1}


def test_by_worker_only_for_the_command_line_and_with_consent(town: Town, report: Report, client: Browser) -> None:
    found = report("data-quality", *DAY, "--by", "worker")
    groups = {one["group"]: one["clients"] for one in found["totals"]["groups"]}
    assert groups == {"Jo Jansen": 27, "unknown": 1}
    assert signed_in(town, client).get(f"{PAGE}&by=worker").status_code == 400
    a_setting(town.municipality, "works_council_consent", "OR 2024-3", date(2024, 1, 1))
    assert client.get(f"{PAGE}&by=worker").status_code == 200


def test_the_norms_are_those_of_the_municipality(town: Town, report: Report, client: Browser) -> None:
    for key in ("undetermined_months", "open_instrument_months", "open_trajectory_months"):
        a_setting(town.municipality, key, 36, date(2024, 1, 1))
    found = {row["check"]: row["concerned"] for row in report("data-quality", *DAY)["rows"]}
    assert [found[key] for key in ("undetermined_long", "instrument_open", "trajectory_open")] == [0, 0, 0]
    assert "Instrument langer dan 36 maanden zonder einddatum" in signed_in(town, client).get(PAGE).content.decode()


def test_without_plans_nothing_is_asked_of_help(town: Town, report: Report, client: Browser) -> None:
    a_setting(town.municipality, "part.plans", "off", date(2024, 1, 1))
    found = report("data-quality", *DAY)
    gone = {"instrument_open", "trajectory_open", "independent_with_instrument", "instrument_alone"}
    assert {row["check"] for row in found["rows"]} == COUNTED.keys() - gone
    assert any("trajecten en instrumenten" in note for note in found["notes"])
    assert "trajecten en instrumenten" in signed_in(town, client).get(PAGE).content.decode()


def test_on_a_grouping_nothing_is_lower_and_nobody_works_without_help(town: Town, report: Report) -> None:
    keys = {row["check"] for row in report("data-quality", *DAY, "--scale", "steenwijkerland")["rows"]}
    assert not keys & {"expected_lower", "independent_on_benefit", "earning_below_work", "sheltered_elsewhere"}
    assert {"placement_old", "not_placed", "double"} <= keys


def test_what_is_work_without_help_the_scale_says(town: Town, report: Report) -> None:
    """Of Groningen that is level 7; level 6, with support and part of a benefit, is not."""
    for level in ("6", "7"):
        one = Client.objects.get(pk=Person.objects.get(surname="Aarts").client_id)
        placed(one, level, on=date(2024, 6, int(level)), scale="groningen")
        rows = {row["check"]: row for row in report("data-quality", *DAY, "--scale", "groningen")["rows"]}
        wanted = (1, 1) if level == "7" else (0, 0)
        assert (rows["independent_on_benefit"]["concerned"], rows["independent_on_benefit"]["judged"]) == wanted


def test_through_a_crosswalk_levels_are_as_they_are_read(town: Town, report: Report) -> None:
    one = Client.objects.get(pk=Person.objects.get(surname="Aarts").client_id)
    placed(one, "7", on=date(2024, 6, 1), scale="groningen", expected="2")
    found = report("data-quality", *DAY, "--crosswalk", "groningen-vng")
    rows = {row["check"]: row["concerned"] for row in found["rows"]}
    assert (rows["independent_on_benefit"], rows["expected_lower"], rows["not_placed"]) == (1, 1, 26)


@pytest.mark.parametrize(("narrowed", "is_asked"), [("team=Noord", True), ("sex=female", False)])
def test_of_who_left_only_team_and_case_manager_are_known(
    town: Town, report: Report, narrowed: str, *, is_asked: bool
) -> None:
    found = report("data-quality", *DAY, "--where", narrowed)
    rows = {row["check"]: (row["concerned"], row["judged"]) for row in found["rows"]}
    assert rows.get("ended_without_reason") == ((2, 3) if is_asked else None)
    assert any("wie uit begeleiding ging" in note for note in found["notes"]) is not is_asked


def test_who_was_followed_on_did_not_leave(town: Town, report: Report) -> None:
    gone = Client.objects.get(pk=Person.objects.get(surname="Weg 0").client_id)
    from tests.factories.clients import followed  # noqa: PLC0415

    followed(gone, date(2024, 2, 1), date(2024, 6, 1))
    rows = {row["check"]: (row["concerned"], row["judged"]) for row in report("data-quality", *DAY)["rows"]}
    assert rows["ended_without_reason"] == (2, 3)  # the later end is the one that counts, and has no reason either


def test_a_case_manager_is_told_of_nobody_out_of_reach(town: Town, report: Report) -> None:
    """A namesake in another team is no finding for who may not see that one; for a coordinator it is."""
    before = report("data-quality", *DAY, "--as", "Jo Jansen")
    colleague = a_case_manager(south := a_team(town.municipality, "Zuid"))
    first = Person.objects.get(surname="Aarts")
    alike = a_client(town.municipality, surname="Aartz", born=first.birth_date)
    in_caseload(alike, colleague, team=south)
    placed(alike, "6", on=date(2024, 5, 5))
    an_instrument(a_trajectory(alike))
    assert report("data-quality", *DAY, "--as", "Jo Jansen") == before

    def doubles(*more: str) -> int:
        rows = {row["check"]: row["concerned"] for row in report("data-quality", *DAY, *more)["rows"]}
        return int(rows["double"])

    assert doubles("--as", "Jo Jansen") == 2
    assert doubles() == 4


def test_another_birth_date_is_no_double(town: Town, report: Report) -> None:
    one = Person.objects.current().get(surname="doubles")
    record_persons(
        by=command_line(),
        municipality=town.municipality,
        rows=[PersonRow(one.client_id, one.surname, birth_date=date(1971, 2, 4), sex=one.sex, replaces_id=one.pk)],
    )
    rows = {row["check"]: row["concerned"] for row in report("data-quality", *DAY)["rows"]}
    assert rows["double"] == 0


def test_on_a_day_that_very_many_share_only_the_same_name_counts(
    town: Town, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As 1 January, which stands for a day that nobody knows."""
    for name in ("Jansen", "Janssen", "Jaspers", "Jaspers"):
        a_client(town.municipality, surname=name, born=date(1970, 1, 1))

    def doubles() -> int:
        rows = {row["check"]: row["concerned"] for row in report("data-quality", *DAY)["rows"]}
        return int(rows["double"])

    assert doubles() == 2 + 4
    monkeypatch.setattr("opstap.reporting.selectors.quality.doubles.MOST_NAMES", 2)
    forget_all()
    assert doubles() == 2 + 2


def test_a_last_year_is_as_it_was_known_then(town: Town, report: Report) -> None:
    rows = {row["check"]: row["concerned"] for row in report("data-quality", "--on", "2023-06-15")["rows"]}
    assert (rows["died"], rows["undetermined_long"], rows["ended_without_reason"]) == (0, 0, 0)


def test_it_costs_few_queries_whatever_the_number(town: Town, client: Browser) -> None:
    browser = signed_in(town, client)
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        browser.get(PAGE)
    assert len(first_of_a_process) <= 27  # twelve tables of facts are read then
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_name_the_checks(town: Town, client: Browser, kind: str) -> None:
    answer = signed_in(town, client).get(f"/rapporten/kwaliteit-van-gegevens/bestand/{kind}/?on={ON}")
    assert answer.status_code == 200
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[1].startswith("Tijdig;Plaatsing van 12 maanden of ouder;1;26;")
