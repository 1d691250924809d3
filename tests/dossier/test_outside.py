"""Somebody calls and their worker is away: known or not and nothing else, a note to call back, limited and logged."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.models import Access
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import BrokenGlass, CallBack, Client
from opstap.clients.operations import (
    merge_clients,
)
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from tests.factories.clients import BY, a_bsn, a_client, in_caseload
from tests.factories.desk import Office, days_ago
from tests.factories.municipality import a_municipality, a_setting

pytestmark = pytest.mark.django_db
ASK = "/zoeken/buiten/"
BORN = "1980-06-15"
BY_NAME = {"surname": "Voorbeeld", "birth_date": BORN}
TODAY = days_ago(0)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def answer(office: Office, **asked: str) -> str:
    response = office.browser.post(ASK, asked, follow=True)
    assert response.status_code == 200, response.status_code
    return words(response.content.decode())


def last_asked(office: Office, **asked: str) -> str:
    """The address of the answer."""
    response = office.browser.post(ASK, asked)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def of_lee(office: Office, **said: str) -> Client:
    client = a_client(office.town, number="40213", surname="Bakker", bsn=a_bsn(3), **said)  # type: ignore[arg-type]
    in_caseload(client, office.lee, team=office.other_team)
    return client


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "40213"},
        {"number": a_bsn(3)},
        {"surname": "bakker", "birth_date": BORN},
        {"surname": "Bákker", "birth_date": BORN, "given_names": ""},
    ],
)
@pytest.mark.covers("C-13", page="/zoeken/buiten/")
def test_an_exact_match_tells_worker_and_team_and_nothing_else(office: Office, asked: dict[str, str]) -> None:
    client = of_lee(office)
    page = answer(office.sign_in(office.jo), **asked)
    assert "Deze cliënt is bekend" in page
    assert "Casemanager: Lee Bos, team Werk." in page
    for telling in ("40213", a_bsn(3), "Bakker", "15 jun 1980", client.reference):
        assert telling not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "4021"},
        {"number": a_bsn(4)},
        {"number": a_bsn(3)[:8]},
        {"surname": "Bak", "birth_date": BORN},
        {"surname": "Bakker", "birth_date": "1980-06-16"},
        {"surname": "Bakker", "birth_date": BORN, "given_names": "Jan"},
    ],
)
def test_anything_less_is_not_known(office: Office, asked: dict[str, str]) -> None:
    of_lee(office)
    page = answer(office.sign_in(office.jo), **asked)
    assert "Niet bekend" in page
    assert "Lee" not in page


def test_a_name_without_a_birth_date_is_not_asked(office: Office) -> None:
    response = office.sign_in(office.jo).browser.post(ASK, {"surname": "Bakker"})
    assert response.status_code == 400
    assert "Vul het nummer in, of de achternaam met de geboortedatum." in response.content.decode()


def test_of_another_municipality_nobody_is_known(office: Office) -> None:
    a_client(a_municipality("Elders"), number="99", surname="Bakker")
    assert "Niet bekend" in answer(office.sign_in(office.jo), number="99")


def test_two_with_one_name_and_birth_are_not_told_apart_without_more(office: Office) -> None:
    for _twin in range(2):
        office.of(office.lee)
    page = answer(office.sign_in(office.jo), **BY_NAME)
    assert "Niet zeker" in page
    assert "Lee Bos" not in page
    seen = Access.objects.filter(action="desk:outside", method="POST")[0]
    assert seen.listed_count == 2


def test_a_merged_dossier_answers_as_the_one_that_was_kept(office: Office) -> None:
    kept, other = office.of(office.lee, "Kept"), a_client(office.town, number="OUD-1")
    merge_clients(by=BY, client=other, kept=kept, why="dubbel")
    assert "Lee Bos" in answer(office.sign_in(office.jo), number="OUD-1")


def test_its_width_is_a_setting(office: Office) -> None:
    of_lee(office)
    office.sign_in(office.jo)
    a_setting(office.town, "outside_search", "known", TODAY)
    page = answer(office, number="40213")
    assert "Deze cliënt is bekend" in page
    assert "Lee" not in page
    assert "Werk" not in page
    a_setting(office.town, "outside_search", "off", TODAY)
    assert "Uw gemeente gebruikt dit niet" in office.page(ASK)
    assert office.browser.post(ASK, {"number": "40213"}).status_code == 403


def test_it_is_limited_by_the_hour(office: Office) -> None:
    a_setting(office.town, "outside_searches_an_hour", 3, TODAY)
    of_lee(office)
    office.sign_in(office.jo)
    for _time in range(3):
        last_asked(office, number="40213")
    refused = office.browser.post(ASK, {"number": "40213"})
    assert refused.status_code == 429
    assert "U hebt dit zo vaak gevraagd als uw gemeente toestaat in een uur." in refused.content.decode()
    assert Access.objects.order_by("-pk")[0].result == "refused"
    assert office.sign_in(office.kim).browser.post(ASK, {"number": "40213"}).status_code == 302
    with clock_at(dates.now() + timedelta(minutes=61)):
        assert office.sign_in(office.jo).browser.post(ASK, {"number": "40213"}).status_code == 302


def test_every_question_is_logged_with_whom_it_found(office: Office) -> None:
    client = of_lee(office)
    office.sign_in(office.jo)
    answer(office, number="40213")
    answer(office, number="nobody")
    rows = Access.objects.filter(user=office.jo.reference).order_by("pk")
    told = [(row.action, row.method, bytes(row.subject) == pseudonym_of(client.reference), row.why) for row in rows]
    assert told == [
        ("desk:outside", "POST", True, "outside"),
        ("desk:outside-answer", "GET", True, "outside"),
        ("desk:outside", "POST", False, "outside"),
        ("desk:outside-answer", "GET", False, ""),
    ]


def test_an_answer_is_of_one_session_and_its_address_says_nothing(office: Office) -> None:
    client = of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    assert client.reference not in address
    assert address != last_asked(office, number="40213")
    assert "40213" not in str(office.browser.session.items())
    assert client.reference not in str(office.browser.session.items())
    office.sign_in(office.kim)
    assert office.browser.get(address)["Location"] == ASK
    assert office.browser.get(f"{ASK}{client.reference}/")["Location"] == ASK


def test_who_may_not_ask_is_refused(office: Office) -> None:
    office.sign_in(office.administrator)
    assert office.browser.get(ASK).status_code == 403
    assert office.browser.post(ASK, {"number": "40213"}).status_code == 403


def test_pages_stay_within_their_queries(office: Office) -> None:
    of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    for path in (ASK, address):
        office.page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        assert len(captured) <= 15, path


def after_an_hour(office: Office) -> datetime:
    """A moment more than an hour from now, in a session that was busy all the time."""
    moment = dates.now()
    for minutes in (14, 28, 42, 56, 61):
        with clock_at(moment + timedelta(minutes=minutes)):
            office.page("/begin/")
    return moment + timedelta(minutes=62)


@pytest.mark.parametrize(
    ("under", "typed"),
    [
        ("", {"phone": "06 12 34 56 78", "text": "Komt niet"}),
        ("openen/", {"reason": "danger", "why": "Belt in paniek"}),
    ],
)
def test_what_is_sent_an_hour_after_the_question_is_kept_until_it_is_asked_again(
    office: Office, under: str, typed: dict[str, str]
) -> None:
    client = of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    with clock_at(after_an_hour(office)):
        late = office.browser.post(f"{address}{under}", typed)
        assert late.status_code == 400
        page = words(late.content.decode())
        assert "U vroeg meer dan een uur geleden of deze cliënt bekend is." in page
        assert "Vraag het opnieuw" in page
        assert "Lee Bos" not in page
        for value in typed.values():
            assert value in late.content.decode()
        assert (CallBack.objects.count(), BrokenGlass.objects.count()) == (0, 0)
        again = office.browser.get(f"{address}{under}", follow=True)
        assert again.redirect_chain[0][0] == ASK
        assert "U vroeg dit meer dan een uur geleden." in words(again.content.decode())
        last_asked(office, number="40213")
        assert office.browser.post(f"{address}{under}", typed).status_code == 302
        assert (CallBack.objects.count(), BrokenGlass.objects.count()) in {(1, 0), (0, 1)}
        assert client.pk in {one.client_id for one in (*CallBack.objects.all(), *BrokenGlass.objects.all())}


@pytest.mark.parametrize(
    ("under", "typed"),
    [
        ("", {"phone": "06 12 34 56 78", "text": "Komt niet"}),
        ("openen/", {"reason": "danger", "why": "Belt in paniek"}),
    ],
)
def test_what_is_sent_from_a_page_whose_answer_the_session_holds_no_more_is_there_to_copy(
    office: Office, under: str, typed: dict[str, str]
) -> None:
    of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    for _time in range(10):
        last_asked(office, number="nobody")
    late = office.browser.post(f"{address}{under}", typed)
    assert late.status_code == 409
    page = words(late.content.decode())
    assert "Deze bladzijde weet niet meer om wie het gaat" in page
    assert "Vraag het opnieuw" in page
    for value in typed.values():
        assert value in late.content.decode()
    assert (CallBack.objects.count(), BrokenGlass.objects.count()) == (0, 0)
    nobody = f"{ASK}23456789abcd/"
    stranger = office.browser.post(f"{nobody}{under}", typed)
    assert words(stranger.content.decode()).replace(nobody, address) == page
    assert office.browser.get(f"{address}{under}")["Location"] == ASK
