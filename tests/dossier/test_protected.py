"""A protected dossier: on no page of whom it is kept from, counted by who sees it, guarded on a page of its own."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest

from opstap.accounts.models import User
from opstap.accounts.operations import deactivate_user
from opstap.audit.permissions import command_line
from opstap.clients.models import Acquaintance, Client, Protection
from opstap.clients.operations import NewHousehold, protect_dossier, record_households, say_known
from opstap.config.commands import report_command
from opstap.foundation import dates
from opstap.reporting.tables.reports import REPORTS
from tests.dossier.desks import words_of
from tests.factories.accounts import a_team_leader, a_worker, acting, an_intern
from tests.factories.clients import beside
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.windows import version_at
from tests.reporting.figures import figures_of

pytestmark = pytest.mark.django_db
LISTS = (
    "/clienten/", "/clienten/bestand/csv/", "/contact/vandaag/", "/rapporten/plaatsing/mensen/?level=2",
    "/rapporten/caseload/", "/rapporten/caseload/bestand/csv/",
)  # fmt: skip


@pytest.fixture
def hidden(office: Office) -> Client:
    """In Jo's caseload, agreed for today, placed, and protected by the leader."""
    client = office.of(office.jo, "Verborgene", agreed_on=dates.today())
    other = office.of(office.jo, "Gewoon", agreed_on=dates.today())
    for one in (client, other):
        placed(one, "2", on=days_ago(10))
    office.sign_in(office.leader)
    path = f"/clienten/{client.reference}/beschermen/"
    assert "Dossier beschermen" in office.page(path)
    given = {"reason": "colleague", "review_on": (dates.today() + timedelta(days=60)).isoformat(), "why": "werkt hier"}
    answer = office.browser.post(path, given)
    assert (answer.status_code, answer["Location"]) == (302, "/team/beschermd/")
    return client


def shows(office: Office, user: User, client: Client) -> dict[str, bool]:
    """On which lists somebody stands, by name or by the address of the dossier."""
    office.sign_in(user)
    found = {}
    for path in LISTS:
        page = office.browser.get(path).content.decode(errors="replace")
        found[path] = "Verborgene" in page or client.reference in page
    return found


@pytest.mark.covers("B-59", page="/team/beschermd/")
def test_it_stands_on_no_list_of_whom_it_is_kept_from(office: Office, hidden: Client) -> None:
    for user in (office.leader, office.coordinator):
        assert not any(shows(office, user, hidden).values()), user.name
        assert office.browser.get(f"/clienten/{hidden.reference}/").status_code == 404
        location = office.browser.post("/zoeken/", {"q": "Verborgene"})["Location"]
        assert office.browser.get(location).context["people"] == []
    assert any(shows(office, office.jo, hidden).values())
    assert office.browser.get(f"/clienten/{hidden.reference}/").status_code == 200


@pytest.mark.parametrize("key", REPORTS)
def test_no_figure_less_its_list_tells_of_them(office: Office, hidden: Client, key: str) -> None:
    """Who sees all others counts without them: what a cell has more than its list would be theirs."""
    office.sign_in(office.coordinator)
    definition = REPORTS[key].definition
    asked = f"?compared_with={days_ago(5).isoformat()}" if "compared-with" in definition.parameters else ""
    page = office.browser.get(f"/rapporten/{definition.slug}/{asked}")
    assert page.status_code == 200
    for url, text in figures_of(page):
        assert office.browser.get(url).context["page_obj"].paginator.count == int(text), url
    assert "Dossiers die u niet mag zien, tellen niet mee." in page.content.decode()


def test_only_who_sees_them_counts_them(
    office: Office, hidden: Client, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for user, people in ((office.coordinator, "1 persoon"), (office.leader, "1 persoon"), (office.jo, "2 mensen")):
        office.sign_in(user)
        page = office.page("/rapporten/plaatsing/")
        assert f"{people} in begeleiding" in page, user.name
        assert ("tellen niet mee" in page) == (user == office.coordinator)
    capsysbinary.readouterr()
    assert report_command.run(["placement", "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["base"] == 2


def test_the_guards_see_who_is_protected_until_when_and_nothing_more(office: Office, hidden: Client) -> None:
    office.sign_in(office.leader)
    page = office.page("/team/beschermd/")
    assert "Verborgene" in page
    assert "een collega" in page
    assert "Jo Visser" in page
    assert f"/clienten/{hidden.reference}/" not in page
    assert "Beschermde dossiers" in office.page("/team/")
    reference = office.browser.get("/team/beschermd/").context["protections"][0][0].reference
    given = {"review_on": (dates.today() + timedelta(days=300)).isoformat(), "why": "nog nodig",
             "readers": [office.leader.reference]}  # fmt: skip
    assert office.browser.post(f"/team/beschermd/{reference}/", given).status_code == 302
    assert office.browser.get(f"/clienten/{hidden.reference}/").status_code == 200
    again = office.browser.get("/team/beschermd/").context["protections"][0][0].reference
    assert again != reference
    assert office.browser.get(f"/team/beschermd/{reference}/").status_code == 404
    assert office.browser.post(f"/team/beschermd/{again}/beeindigen/", {"why": ""}).status_code == 400
    assert office.browser.post(f"/team/beschermd/{again}/beeindigen/", {"why": "niet meer nodig"}).status_code == 302
    assert not Protection.objects.active_on(dates.today()).exists()
    office.sign_in(office.jo)
    assert office.browser.get("/team/beschermd/").status_code == 403


def test_the_day_of_the_review_is_said(office: Office, hidden: Client) -> None:
    with_day, later = Protection.objects.get(), dates.now() + timedelta(days=60)
    assert with_day.review_on == dates.today() + timedelta(days=60)
    office.sign_in(office.leader)
    page = office.page("/team/beschermd/")
    assert "er is vandaag niets opnieuw te bekijken" in page
    assert "tag--warning" not in page
    for day, due in ((later - timedelta(days=1), False), (later, True)):
        with dates.clock_at(day):
            page = office.sign_in(office.leader).page("/team/beschermd/")
            assert ("1 bescherming is opnieuw te bekijken." in page, "tag--warning" in page) == (due, due)


@pytest.mark.covers("C-13", page="/clienten/<reference>/bekende/")
def test_a_worker_says_that_they_know_somebody_and_the_leader_gives_them_to_another(office: Office) -> None:
    client = office.of(office.jo, "Buurman")
    office.sign_in(office.jo)
    path = f"/clienten/{client.reference}/bekende/"
    assert "Ik ken deze persoon" in office.page(f"/clienten/{client.reference}/")
    assert "Terugdraaien kunt u zelf niet" in office.page(path)
    answer = office.browser.post(path, {"why": "buren"}, follow=True)
    assert "Uw teamleider neemt het over." in answer.content.decode()
    assert "Buurman" not in office.page("/clienten/")
    assert office.browser.get(f"/clienten/{client.reference}/").status_code == 404
    office.sign_in(office.leader)
    page = office.page("/team/beschermd/")
    assert "nog toe te wijzen" in page
    assert "buren" in page
    assert f"/team/toewijzen/?client={client.reference}" in page
    assert acting(office.leader).may("protect_dossiers")
    reference = office.browser.get("/team/beschermd/").context["known"][0].reference
    assert office.browser.post(f"/team/bekend/{reference}/beeindigen/", {"why": "vergissing"}).status_code == 302
    assert not Acquaintance.objects.active_on(dates.today()).exists()
    assert office.browser.get(f"/team/bekend/{reference}/beeindigen/").status_code == 404


@pytest.mark.covers("B-59", page="/team/toewijzen/")
def test_a_caseload_that_goes_leaves_no_protected_dossier_behind_without_a_word(office: Office, hidden: Client) -> None:
    told = "1 beschermd dossier van deze collega gaat niet mee: u ziet het niet."
    path = f"/team/toewijzen/?worker={office.jo.reference}"
    office.sign_in(office.leader)
    assert "de casemanager werkt hier niet meer" not in office.page("/team/beschermd/")
    assert told in office.page(path)
    given = {"workers": office.kim.reference, "from_on": dates.today().isoformat(), "reason": "worker_absent"}
    assert office.browser.post(path, given | version_at(office.browser, path)).status_code == 302
    nobody = office.browser.get(path)
    assert nobody["Location"] == "/team/beschermd/"
    assert told in office.page("/team/beschermd/")
    deactivate_user(by=command_line(), user=office.jo)
    page = office.page("/team/beschermd/")
    assert "de casemanager werkt hier niet meer" in page
    assert "1 beschermd dossier heeft geen casemanager die hier werkt." in page
    waits = "Een cliënt met een beschermd dossier heeft geen casemanager die hier werkt."
    assert waits in office.page("/meldingen/")
    assert 'sidenav__count">1<' in office.page("/team/")
    assert f"/team/toewijzen/?client={hidden.reference}" not in page
    fact = office.browser.get("/team/beschermd/").context["protections"][0][0].reference
    review = {
        "review_on": (dates.today() + timedelta(days=60)).isoformat(), "why": "toewijzen",
        "readers": [office.leader.reference],
    }  # fmt: skip
    assert office.browser.post(f"/team/beschermd/{fact}/", review).status_code == 302
    page = html.unescape(office.page("/team/beschermd/"))
    link = f"/team/toewijzen/?client={hidden.reference}&next=/team/beschermd/"
    assert link in page
    assert office.browser.post(link, given | version_at(office.browser, link)).status_code == 302
    assert "de casemanager werkt hier niet meer" not in office.page("/team/beschermd/")
    assert waits not in office.page("/meldingen/")


def test_the_search_outside_ones_reach_says_nothing_of_them(office: Office) -> None:
    client = office.of(office.lee, "Verborgene", team=office.other_team)
    office.sign_in(office.jo)
    asked = {"number": client.number}
    told = office.browser.post("/zoeken/buiten/", asked, follow=True).content.decode()
    assert "Lee Bos" in told
    protect_dossier(
        by=command_line(), client=client, reason="threatened", review_on=dates.today() + timedelta(days=9), why="x"
    )
    told = office.browser.post("/zoeken/buiten/", asked, follow=True).content.decode()
    assert "Lee Bos" not in told
    unknown = office.browser.post("/zoeken/buiten/", {"number": "bestaatniet"}, follow=True).content.decode()
    same = [re.sub(r"buiten/\w+/", "", words_of(page)) for page in (told, unknown)]
    assert same[0].replace(client.number, "") == same[1].replace("bestaatniet", "")


def test_only_those_can_be_let_in_whose_role_would_reach_the_client(office: Office) -> None:
    coach, other = a_worker(office.town, "job_coach"), a_worker(office.town, "job_coach")
    intern, elsewhere = an_intern(office.jo), a_team_leader(office.other_team)
    client = office.of(office.jo, "Verborgene")
    beside(client, coach)
    office.sign_in(office.leader)
    page = office.page(f"/clienten/{client.reference}/beschermen/")
    offered = {one for one in (coach, intern, office.leader, office.coordinator) if f'value="{one.reference}"' in page}
    assert offered == {coach, intern, office.leader, office.coordinator}
    for nobody in (office.jo, office.kim, other, elsewhere, office.administrator):
        assert f'value="{nobody.reference}"' not in page, nobody.name


def test_it_is_named_in_no_dossier_of_whom_they_live_with(office: Office, hidden: Client) -> None:
    mate, known = office.of(office.jo, "Huisgenoot"), office.of(office.lee, "Bekende", team=office.other_team)
    members = ((mate.pk, "interested_party"), (hidden.pk, "partner"), (known.pk, "child"))
    household = NewHousehold("couple", days_ago(90), members)
    record_households(by=command_line(), municipality=office.town, rows=[household])
    dossier = f"/clienten/{mate.reference}/"
    assert "Verborgene" in office.sign_in(office.jo).page(dossier)
    page = office.sign_in(office.leader).page(dossier)
    assert "Bekende" in page
    assert "Verborgene" not in page
    assert hidden.reference not in page
    say_known(by=acting(office.coordinator), client=known)
    assert "Bekende" not in office.sign_in(office.coordinator).page(dossier)
