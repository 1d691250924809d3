"""Somebody calls and their worker is away: known or not and nothing else, a note to call back, limited and logged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import RoleHolding, User
from opstap.accounts.operations import deactivate_user
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.enums import CallBackState
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import BrokenGlass, CallBack, Client
from opstap.clients.operations import (
    Absence,
    arrange_stand_in,
    leave_call_back,
    merge_clients,
    say_known,
    settle_call_back,
)
from opstap.clients.personal_data import personal_data_of
from opstap.clients.selectors.outside import call_backs_for
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from tests.factories.accounts import a_case_manager, a_team_leader, acting
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


def test_a_note_reaches_the_worker_the_inbox_and_today(office: Office) -> None:
    client = of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    empty = office.browser.post(address, {"phone": "", "text": "Komt niet"})
    assert empty.status_code == 400
    assert "Vraag op welk nummer" in empty.content.decode()
    office.browser.post(address, {"phone": "06 12 34 56 78", "text": "Komt niet"})
    assert b"12 34" not in bytes(CallBack.objects.get().note_encrypted or b"")
    assert [row.values["phone"] for row in personal_data_of(client) if row.model == "clients.callback"] == [
        "06 12 34 56 78"
    ]
    assert "Er wacht niets op u" in office.page("/meldingen/")
    office.sign_in(office.lee)
    assert "Bakker heeft gebeld en wacht tot u terugbelt." in words(office.page("/meldingen/"))
    today = words(office.page("/contact/vandaag/"))
    assert "Bel terug" in today
    assert "06 12 34 56 78" in today
    path = f"/terugbellen/{CallBack.objects.get().reference}/"
    assert "Komt niet" in office.page(path)
    assert office.browser.post(path)["Location"] == "/meldingen/"
    assert "Er wacht niets op u" in office.page("/meldingen/")
    assert "Een collega was u voor." in words(office.browser.post(path, follow=True).content.decode())


def test_a_note_can_only_be_left_for_whom_one_just_asked_for(office: Office) -> None:
    client, other = of_lee(office), office.of(office.lee)
    last_asked(office.sign_in(office.jo), number="40213")
    by = acting(office.jo)
    leave_call_back(by=by, client=client, phone="1", text="")
    with pytest.raises(PermissionDenied):
        leave_call_back(by=by, client=other, phone="1", text="")
    with pytest.raises(PermissionDenied):
        leave_call_back(by=acting(office.kim), client=client, phone="1", text="")
    with clock_at(dates.now() + timedelta(minutes=61)), pytest.raises(PermissionDenied):
        leave_call_back(by=by, client=client, phone="1", text="")


def test_the_note_follows_the_client_and_waits_with_who_divides(office: Office) -> None:
    undivided, nobodys = office.of(None, team=office.team), office.of(None)
    of_jo = office.of(office.jo)
    for client in (undivided, nobodys, of_jo):
        leave_call_back(by=BY, client=client, phone="1", text="")
    assert waiting(office, office.leader) == 1
    assert waiting(office, office.coordinator) == 2
    assert (waiting(office, office.jo), waiting(office, office.kim)) == (1, 0)
    arrange_stand_in(
        by=acting(office.leader), absence=Absence(office.jo, TODAY, date(TODAY.year + 1, 1, 1)),
        colleague=office.kim, note="",
    )  # fmt: skip
    assert waiting(office, office.kim) == 1


def test_a_note_for_who_can_not_answer_waits_with_who_divides(office: Office) -> None:
    """The worker left, works for another municipality now, got another role, or knows the client."""
    left, moved, became = (a_case_manager(office.team, name=name) for name in ("Weg", "Elders", "Beleid"))
    clients = [office.of(worker) for worker in (office.jo, left, moved, became)]
    kept, with_jo = a_client(office.town), office.of(office.jo, "Dubbel")
    merge_clients(by=BY, client=with_jo, kept=kept, why="dubbel")
    for client in (*clients, kept):
        leave_call_back(by=BY, client=client, phone="1", text="")
    assert [len(asked_of(user)) for user in (office.jo, moved, office.leader, office.coordinator)] == [2, 1, 0, 0]
    deactivate_user(by=command_line(), user=left)
    RoleHolding.objects.filter(user=moved).update(municipality=a_municipality("Elders"))
    RoleHolding.objects.filter(user=became).update(role="policy")
    say_known(by=acting(office.jo), client=clients[0])
    waits = {one.pk for one in clients}
    assert asked_of(office.leader) == waits
    assert asked_of(office.coordinator) == waits
    assert asked_of(office.jo) == {kept.pk}  # of the one whose other dossier is with Jo
    assert (asked_of(moved), asked_of(became), asked_of(office.kim)) == (set(), set(), set())
    office.sign_in(office.leader)
    note = CallBack.objects.get(client=clients[0])
    assert office.browser.post(f"/terugbellen/{note.reference}/")["Location"] == "/meldingen/"
    assert asked_of(office.leader) == waits - {clients[0].pk}


def asked_of(user: User) -> set[int]:
    return set(call_backs_for(acting(user)).values_list("client", flat=True))


def test_the_caller_is_told_no_more_than_holds(office: Office) -> None:
    of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    told = office.browser.post(address, {"phone": "06 1", "text": "Bel"}, follow=True).content.decode()
    assert "Het terugbelverzoek is doorgegeven. Zeg de beller dat er wordt teruggebeld." in told


def waiting(office: Office, user: object) -> int:
    found = re.search(r"sidenav__count\">(\d+)<", office.sign_in(user).page("/begin/"))  # type: ignore[arg-type]
    return int(found[1]) if found else 0


def test_only_who_has_the_client_settles_it_and_once(office: Office) -> None:
    reference = leave_call_back(by=BY, client=office.of(office.jo), phone="1", text="")
    with pytest.raises(PermissionDenied):
        settle_call_back(by=acting(office.kim), reference=reference)
    assert office.sign_in(office.kim).browser.get(f"/terugbellen/{reference}/").status_code == 404
    settle_call_back(by=acting(office.jo), reference=reference)
    with pytest.raises(AnsweredMeanwhile):
        settle_call_back(by=acting(office.jo), reference=reference)


def test_pages_stay_within_their_queries(office: Office) -> None:
    of_lee(office)
    address = last_asked(office.sign_in(office.jo), number="40213")
    for path in (ASK, address):
        office.page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        assert len(captured) <= 15, path


def test_a_note_is_for_whose_role_reaches_the_client_and_nobody_it_is_kept_from(office: Office) -> None:
    client = of_lee(office)
    office.browser.post(last_asked(office.sign_in(office.jo), number="40213"), {"phone": "06 1", "text": "Bel"})
    lee = acting(office.lee)
    assert call_backs_for(lee).exists()
    assert not call_backs_for(replace(lee, permissions=lee.permissions - {"reach_own_caseload"})).exists()
    assert not call_backs_for(replace(lee, municipality_id=a_municipality("Elders").pk)).exists()
    say_known(by=lee, client=client)
    assert not call_backs_for(acting(office.lee)).exists()
    assert call_backs_for(acting(office.coordinator)).exists()
    assert not call_backs_for(acting(office.leader)).exists()  # of another team
    assert call_backs_for(acting(a_team_leader(office.other_team))).exists()


def test_a_note_about_whom_one_does_not_reach_is_as_one_that_is_not_there(office: Office) -> None:
    client = office.of(office.lee, team=office.other_team)
    reference = leave_call_back(by=BY, client=client, phone="030 1", text="")
    office.sign_in(office.jo)
    answers = [office.browser.post(f"/terugbellen/{one}/") for one in (reference, "23456789abcd")]
    assert [one.status_code for one in answers] == [404, 404]
    assert CallBack.objects.get().state == CallBackState.OPEN
    office.sign_in(office.lee)
    assert [office.browser.post(f"/terugbellen/{reference}/").status_code for _twice in range(2)] == [302, 302]


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
