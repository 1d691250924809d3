"""The pages of reports: they work, refuse outsiders, and the fragment equals the same part of the page."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from opstap.accounts.models import User
from opstap.accounts.operations import NewUser, create_user
from opstap.audit.permissions import command_line
from opstap.config.commands import report_command, reports_command
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality
from opstap.reporting.tables.reports import REPORTS
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
PAGE = "/rapporten/plaatsing/?on=2010-09-15"


def test_the_list_names_every_report(sneek: Municipality, signed_in: SignedIn) -> None:
    page = signed_in(sneek, "coordinator").get("/rapporten/").content.decode()
    assert "Plaatsing op de ladder" in page
    assert "Verwachte treden" in page
    assert "Huidige en verwachte trede" in page
    assert "Beweging op de ladder" in page


@pytest.mark.parametrize(
    "path", ["/rapporten/", PAGE, "/rapporten/plaatsing/mensen/", "/rapporten/doelen/bestand/csv/"]
)
def test_outsiders_are_refused(sneek: Municipality, client: Client, signed_in: SignedIn, path: str) -> None:
    visitor = client.get(path)
    assert visitor.status_code == 302
    assert visitor["Location"].startswith("/aanmelden/?next=")
    assert signed_in(sneek, "functional_administrator").get(path).status_code == 403


def test_the_fragment_equals_the_same_part_of_the_page(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    whole = client.get(PAGE).content.decode()
    fragment = client.get(PAGE, headers={"hx-request": "true"}).content.decode().strip()
    assert fragment.startswith('<div id="report"')
    assert fragment in whole
    restored = client.get(PAGE, headers={"hx-request": "true", "hx-history-restore-request": "true"}).content.decode()
    assert restored.startswith("<!doctype html>")


def test_a_page_costs_few_queries_whatever_the_number_of_people(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE + "&by=benefit&where=sex=male")
    assert len(captured) <= 16
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 16
    with CaptureQueriesContext(connection) as listed:
        client.get("/rapporten/plaatsing/mensen/?on=2010-09-15&level=2")
    assert len(listed) <= 16


@pytest.mark.covers("C-02", page="/rapporten/plaatsing/mensen/")
def test_a_figure_leads_to_its_people(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    page = client.get(PAGE).content.decode()
    link = re.search(r'href="(/rapporten/plaatsing/mensen/[^"]*level=2&amp;growth=with)"', page)
    assert link is not None
    people = client.get(link[1].replace("&amp;", "&"))
    assert people.context["page_obj"].paginator.count == 250
    assert all(row.level in {"2-", "2+"} and row.growth == "ja" for row in people.context["people"])


def test_every_cell_leads_to_as_many_people_as_it_says(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    for row in client.get(PAGE + "&by=team").context["table"].rows:
        for cell in row.cells[1:]:
            if cell.url:
                count = client.get(cell.url).context["page_obj"].paginator.count
                assert f"{count:,}".replace(",", ".") == cell.text


def test_totals_of_placement_lead_to_their_people_and_shares_of_few_say_so(
    sneek: Municipality, signed_in: SignedIn
) -> None:
    client = signed_in(sneek, "coordinator")
    table = client.get(PAGE).context["table"]
    split, everyone = table.rows[-2:]
    linked = [[cell for cell in row.cells if cell.url] for row in (split, everyone)]
    assert [len(cells) for cells in linked] == [3, 1]  # all of them, without and with growth potential
    for cell in (*linked[0], *linked[1]):
        assert client.get(cell.url).context["page_obj"].paginator.count == int(cell.text.replace(".", "")), cell
    assert not any(cell.is_small for row in table.rows for cell in row.cells)
    few = client.get(PAGE + "&by=benefit").context["table"]
    small = [cell for row in few.rows for cell in row.cells if cell.is_small]
    assert small
    assert "°" in few.foot


def test_a_worker_sees_the_own_caseload_and_nobody_else(sneek: Municipality, signed_in: SignedIn) -> None:
    worker = User.objects.get(name="CM02")
    client = signed_in(sneek, "", worker=worker)
    page = client.get(PAGE)
    assert page.context["result"].base == 109
    people = client.get("/rapporten/plaatsing/mensen/?on=2010-09-15")
    assert people.context["page_obj"].paginator.count == 109
    assert {row.worker for row in people.context["people"]} == {"CM02"}


def test_another_municipality_counts_none_of_these_people(sneek: Municipality, signed_in: SignedIn) -> None:
    other = create_municipality(by=command_line(), name="Elders", since=date(2010, 1, 1))
    new = NewUser("Iemand", "iemand", role="coordinator")
    user = create_user(by=command_line(), municipality=other, new=new, since=date(2010, 1, 1))
    client = signed_in(other, "", worker=user)
    page = client.get(PAGE)
    assert page.context["result"].base == 0
    assert "Niemand" in page.content.decode()


def test_a_question_that_is_not_understood_says_so(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    page = client.get("/rapporten/plaatsing/", {"on": "31-02-2010"})
    assert page.status_code == 400
    assert "31-02-2010" in page.content.decode()
    assert client.get("/rapporten/bestaat-niet/").status_code == 404


def test_files_hold_the_table_and_open_in_dutch_excel(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    text = client.get("/rapporten/plaatsing/bestand/csv/?on=2010-09-15").content
    assert text.startswith(b"\xef\xbb\xbf")
    lines = text.decode("utf-8-sig").splitlines()
    assert lines[2] == "1;Geïsoleerd;107;9,2;48;44,9;59;55,1"
    for kind in ("xlsx", "ods"):
        response = client.get(f"/rapporten/plaatsing/bestand/{kind}/?on=2010-09-15")
        assert f"plaatsing-2010-09-15.{kind}" in response["Content-Disposition"]
        rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[3][:4] == ["2", "Sociale contacten buitenshuis", 436.0, 37.4]


def test_in_english_the_words_are_english_and_the_figures_the_same(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    client.post("/taal/", {"language": "en", "next": "/rapporten/"})
    page = client.get(PAGE).content.decode()
    assert "Placement on the ladder" in page
    assert "1,166 people in follow-up" in page


def test_the_list_of_reports_describes_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    reports_command.run(["--format", "json"])
    listed = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in listed] == list(REPORTS)
    for one in listed:
        assert one["codes"]
        assert one["parameters"]
        assert all(column["label"] and column["meaning"] for column in one["columns"])
    ready = next(one for one in listed if one["name"] == "ready")
    said = next(column["values"] for column in ready["columns"] if column["key"] == "readiness")
    assert said["long_ago"] == "langer geleden geplaatst"


@pytest.mark.parametrize("key", REPORTS)
def test_what_a_page_says_of_its_columns_holds_no_keys_of_a_machine(key: str) -> None:
    definition = REPORTS[key].definition
    with override("nl"):
        said = [str(definition.meaning), *(str(column.meaning) for column in definition.columns)]
    for text in said:
        assert not re.findall(r"`|\b[a-z]+_[a-z_]+\b", text), text


def test_the_day_of_knowing_stays_as_it_was_asked(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    day = dates.today()  # a date is the end of that day, today too
    page = client.get(f"{PAGE}&known_at={day}")
    assert page.context["filters"].known_at == day.isoformat()
    assert f"{day.year}, 23:59" in page.content.decode()


def test_of_a_day_to_come_nothing_is_counted(signed_in: SignedIn, capsys: pytest.CaptureFixture[str]) -> None:
    client = signed_in(a_municipality(), "coordinator")
    today, tomorrow = dates.today(), dates.today() + timedelta(days=1)
    told = f"{tomorrow:%d-%m-%Y} moet nog komen, dus daarvan is nog niets bekend. Kies vandaag, {today:%d-%m-%Y}"
    for key, one in REPORTS.items():
        page = f"/rapporten/{one.definition.slug}/"
        for address in (page, f"{page}bestand/csv/", f"{page}mensen/"):
            for asked, words in ((f"on={tomorrow}", told), (f"known_at={tomorrow}", "dat moet nog komen")):
                answer = client.get(f"{address}?{asked}")
                assert (answer.status_code, words in answer.content.decode()) == (400, True), address
        assert client.get(f"{page}?on={today}&known_at={today}").status_code == 200
        assert report_command.run([key, "--on", f"{tomorrow}"]) == 2
        assert told in capsys.readouterr().err
        assert report_command.run([key, "--known-at", f"{tomorrow}"]) == 2


@pytest.mark.parametrize("word", ["known-att", "op", "compared", "level", "pagina"])
def test_a_word_that_no_report_knows_is_refused_and_named(signed_in: SignedIn, word: str) -> None:
    client = signed_in(a_municipality(), "coordinator")
    for page in ("", "bestand/csv/", "grafiek/1/svg/", *(() if word == "level" else ("mensen/",))):
        answer = client.get(f"/rapporten/plaatsing/{page}?on=2010-09-15&{word}=2010-09-01")
        assert answer.status_code == 400, page
        text = html.unescape(answer.content.decode())
        assert f"“{word}” kent deze pagina niet in het adres. Wel: on, known-at, scale, crosswalk, by, where" in text
        assert "shares, format" not in text
        assert "shares, as" not in text


def test_a_word_may_be_spelled_as_on_the_command_line(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    early = client.get("/rapporten/plaatsing/?on=2010-09-15&known-at=2009-01-01")
    assert early.status_code == 200
    assert early.context["result"].base == 0
    assert early.context["filters"].known_at == "2009-01-01"
    moved = client.get("/rapporten/beweging/?on=2010-09-15&compared-with=2010-03-01")
    assert moved.context["question"].compared_with == date(2010, 3, 1)


@pytest.mark.parametrize(
    "question",
    ["on=9999-12-31", "on=0050-01-01&by=age", "known_at=9999-12-31", "known_at=0001-01-01T00:00", "decimals=²"],
)
def test_what_nobody_can_mean_is_refused_in_words(sneek: Municipality, signed_in: SignedIn, question: str) -> None:
    page = signed_in(sneek, "coordinator").get(f"/rapporten/plaatsing/?{question}")
    assert page.status_code == 400
    assert page.context["refusal"]


def test_a_list_of_people_follows_growth_without_a_level_and_refuses_a_level_that_is_not(
    sneek: Municipality, signed_in: SignedIn
) -> None:
    client = signed_in(sneek, "coordinator")
    people = client.get("/rapporten/plaatsing/mensen/?on=2010-09-15&growth=with")
    assert people.context["page_obj"].paginator.count == 699
    assert client.get("/rapporten/plaatsing/mensen/?on=2010-09-15&level=zzz").status_code == 400


def test_a_file_says_where_nothing_was_observed(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    text = client.get("/rapporten/plaatsing/bestand/csv/?on=2010-09-15&scale=rijswijk").content.decode("utf-8-sig")
    line = next(line for line in text.splitlines() if "geen waarneming" in line)
    assert line.endswith("0;geen waarneming;0;geen waarneming")


def test_a_fragment_asked_without_a_session_takes_the_whole_page_to_the_sign_in(client: Client, db: None) -> None:
    response = client.get(PAGE, headers={"hx-request": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/aanmelden/?next=")


def test_two_filters_of_one_kind_mean_either(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")

    def counted(*filters: str) -> int:
        asked = "".join(f"&where={one}" for one in filters)
        people = client.get("/rapporten/plaatsing/mensen/?on=2010-09-15" + asked)
        return int(people.context["page_obj"].paginator.count)

    assert counted("sex=male", "sex=female") == counted("sex=male") + counted("sex=female")
    assert client.get(PAGE + "&where=sex=male&where=sex=female").status_code == 200


def test_a_page_that_is_not_there_leads_back_by_the_menu(sneek: Municipality, signed_in: SignedIn) -> None:
    missing = signed_in(sneek, "coordinator").get("/rapporten/bestaat-niet/")
    assert missing.status_code == 404
    assert 'href="/import/"' in missing.content.decode()
