"""Emergency access: one client, one hour to the second, reading and a conversation; told, judged, and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.logic import roles
from opstap.audit.models import Access
from opstap.clients.logic.glass import GlassRefused
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import BrokenGlass, Client
from opstap.clients.operations import break_glass, end_glass, protect_dossier, say_known
from opstap.clients.permissions import opened_clients, require_noting
from opstap.clients.personal_data import personal_data_of
from opstap.clients.selectors.grants import way_to, with_way
from opstap.contacts.models import Contact
from opstap.foundation.dates import clock_at
from tests.dossier.glasses import ASK, GIVEN, HOUR, NOW, SECOND, asked, broken, words
from tests.factories.accounts import a_worker, acting
from tests.factories.clients import BY, beside
from tests.factories.desk import Office
from tests.factories.municipality import a_setting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.mark.covers("B-59", page="/noodtoegang/")
def test_the_dossier_opens_for_an_hour_to_the_second(office: Office, client_of_lee: Client) -> None:
    dossier = f"/clienten/{client_of_lee.reference}/"
    assert office.sign_in(office.jo).browser.get(dossier).status_code == 404
    broken(office, client_of_lee)
    for moment, status in ((NOW, 200), (NOW + HOUR - SECOND, 200), (NOW + HOUR, 404), (NOW + HOUR + SECOND, 404)):
        with clock_at(moment):
            assert office.sign_in(office.jo).browser.get(dossier).status_code == status, moment


def test_the_gate_asks_the_clock_each_time(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    dossier = f"/clienten/{client_of_lee.reference}/"
    with clock_at(NOW + HOUR - SECOND):
        assert office.sign_in(office.jo).browser.get(dossier).status_code == 200
        with clock_at(NOW + HOUR):
            assert office.browser.get(dossier).status_code == 404


def test_how_long_is_a_setting(office: Office, client_of_lee: Client) -> None:
    a_setting(office.town, "glass_minutes", 15, date(2026, 1, 1))
    glass = broken(office, client_of_lee)
    assert glass.closes_at - glass.opens_at == timedelta(minutes=15)


def test_it_opens_one_client_to_one_user_and_no_list(office: Office, client_of_lee: Client) -> None:
    other = office.of(office.lee, team=office.other_team)
    broken(office, client_of_lee)
    office.sign_in(office.jo)
    assert office.browser.get(f"/clienten/{other.reference}/").status_code == 404
    for path in ("/clienten/", "/contact/vandaag/"):
        assert client_of_lee.reference not in office.page(path)
    found = office.browser.post("/zoeken/", {"q": "Bakker"}, follow=True)
    assert client_of_lee.reference not in found.content.decode()
    assert office.sign_in(office.kim).browser.get(f"/clienten/{client_of_lee.reference}/").status_code == 404


def test_every_page_of_that_client_says_how_long_it_is_open(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    with clock_at(NOW + timedelta(minutes=18)):
        for path in ("", "persoon/", "onderdeel/uitkering/"):
            page = office.page(f"/clienten/{client_of_lee.reference}/{path}")
            assert "nog 42 minuten open voor u, tot 13:00" in page, path
        assert "nog 42 minuten" in office.page(f"/contact/{client_of_lee.reference}/")
        assert "Noodtoegang." not in office.page("/clienten/")
        assert "nog 42 minuten" not in office.sign_in(office.lee).page(f"/clienten/{client_of_lee.reference}/")


def test_it_reads_and_notes_a_conversation_and_does_nothing_else(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    reference = client_of_lee.reference
    page = office.page(f"/clienten/{reference}/")
    assert f"/contact/{reference}/" in page
    own = (f"/contact/{reference}/afspraak/", f"/plaatsen/{reference}/")
    under = ("sluiten/", "onderdeel/uitkering/nieuw/", "persoon/verbeteren/")
    for path in (*own, *(f"/clienten/{reference}/{one}" for one in under)):
        assert path not in page
        assert office.browser.get(path).status_code in {403, 404}, path
    given = {"kind": "phone", "outcome": "held", "held_on": "2027-06-09", "note": "Rustig gepraat"}
    given |= {"looked": "confirmed", "next_on": "2027-06-16", "next_kind": "phone", "settled": "settles"}
    answer = office.browser.post(f"/contact/{reference}/", given)
    assert answer.status_code == 302, words(answer.content)
    noted = Contact.objects.get(client=client_of_lee, worker=office.jo)
    assert noted.looked == ""
    assert client_of_lee.next_contacts.filter(worker=office.jo).count() == 0
    with clock_at(NOW + HOUR + HOUR):
        assert office.sign_in(office.jo).browser.post(f"/contact/{reference}/", given).status_code == 403
    assert Contact.objects.filter(client=client_of_lee).count() == 1


def test_ending_it_early_is_one_click(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee)
    with clock_at(NOW + timedelta(minutes=5)):
        page = office.page(f"/clienten/{client_of_lee.reference}/")
        assert f'action="/noodtoegang/{glass.reference}/"' in page
        office.browser.post(f"/noodtoegang/{glass.reference}/", {"action": "end"})
        assert office.browser.get(f"/clienten/{client_of_lee.reference}/").status_code == 404
        assert BrokenGlass.objects.current().get().closes_at == NOW + timedelta(minutes=5)
        assert BrokenGlass.objects.count() == 2
        with pytest.raises(AnsweredMeanwhile):
            end_glass(by=acting(office.jo), reference=glass.reference)


def test_a_reason_and_words_are_needed_and_a_question_before(office: Office, client_of_lee: Client) -> None:
    address = asked(office, client_of_lee, office.jo)
    for given in ({"reason": "", "why": "x"}, {"reason": "danger", "why": " "}, {"reason": "curious", "why": "x"}):
        assert office.browser.post(f"{address}openen/", given).status_code == 400, given
    with pytest.raises(GlassRefused):
        break_glass(by=acting(office.jo), client=client_of_lee, reason="danger", why="")
    with pytest.raises(PermissionDenied):
        break_glass(by=acting(office.kim), client=client_of_lee, reason="danger", why="x")
    own = office.of(office.jo)
    asked(office, own, office.jo)
    with pytest.raises(GlassRefused) as refused:
        break_glass(by=acting(office.jo), client=own, reason="danger", why="x")
    assert refused.value.code == "within_reach"
    assert BrokenGlass.objects.count() == 0


@pytest.mark.parametrize("role", ["reception", "external_consultant", "functional_administrator"])
def test_who_may_not_break_it(office: Office, role: str) -> None:
    user = a_worker(office.town, role)
    assert "break_the_glass" not in acting(user).permissions | roles()["intern"].permissions
    assert office.sign_in(user).browser.get(f"{ASK}xxx/openen/").status_code == 403


def test_whoever_said_to_know_somebody_breaks_no_glass_of_them(office: Office, client_of_lee: Client) -> None:
    of_jo = office.of(office.jo, "Zuster")
    say_known(by=acting(office.jo), client=of_jo)
    address = asked(office, of_jo, office.jo)
    page = words(office.browser.get(address).content)
    assert "U hebt gezegd dat u deze persoon kent" in page
    assert f'href="{address}openen/"' not in office.page(address)
    assert "Laat een terugbelverzoek achter" in page
    for answer in (office.browser.get(f"{address}openen/"), office.browser.post(f"{address}openen/", GIVEN)):
        assert answer["Location"] == address
    with pytest.raises(GlassRefused) as refused:
        break_glass(by=acting(office.jo), client=of_jo, reason="danger", why="x")
    assert refused.value.code == "known"
    assert BrokenGlass.objects.count() == 0
    of_other = asked(office, client_of_lee, office.jo)
    assert f'href="{of_other}openen/"' in office.page(of_other)


def test_log_and_file_of_the_client_say_who_and_why(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    office.page(f"/clienten/{client_of_lee.reference}/")
    seen = Access.objects.filter(user=office.jo.reference, action="dossier:client").order_by("-pk")[0]
    assert (seen.why, seen.result) == ("broken_glass", "done")
    told = [row.values for row in personal_data_of(client_of_lee) if row.model == "clients.brokenglass"]
    assert [(row["user"], row["reason"], row["note"]) for row in told] == [("Jo Visser", "danger", GIVEN["why"])]
    assert b"paniek" not in bytes(BrokenGlass.objects.get().note_encrypted or b"")


def test_pages_stay_within_their_queries(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee)
    for user, path in (
        (office.jo, f"/clienten/{client_of_lee.reference}/"),
        (office.leader, "/meldingen/"),
        (office.leader, f"/noodtoegang/{glass.reference}/"),
    ):
        office.sign_in(user).page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        assert len(captured) <= 15, path


def test_a_protected_dossier_is_not_known_and_shuts_at_once(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    dossier = f"/clienten/{client_of_lee.reference}/"
    assert office.browser.get(dossier).status_code == 200
    protect_dossier(by=BY, client=client_of_lee, reason="relative", review_on=date(2027, 12, 1), why="x")
    assert office.browser.get(dossier).status_code == 404
    assert office.browser.get(f"/contact/{client_of_lee.reference}/").status_code == 404
    assert "Niet bekend" in words(office.browser.get(asked(office, client_of_lee, office.kim)).content)


def test_broken_glass_ends_with_the_role_that_broke_it(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee)
    jo = acting(office.jo)
    less = replace(jo, permissions=jo.permissions - {"break_the_glass"})
    assert opened_clients(jo).filter(pk=client_of_lee.pk).exists()
    assert not opened_clients(less).filter(pk=client_of_lee.pk).exists()
    require_noting(jo, [client_of_lee.pk])
    with pytest.raises(PermissionDenied):
        require_noting(less, [client_of_lee.pk])
    end_glass(by=less, reference=glass.reference)
    assert not BrokenGlass.objects.open_for(office.jo.pk, NOW).exists()


def test_what_a_role_reaches_no_more_is_broken_glass_in_the_log_and_on_the_page(
    office: Office, client_of_lee: Client
) -> None:
    beside(client_of_lee, office.jo)  # given by name, which the role of a case manager does not reach
    broken(office, client_of_lee)
    client = with_way(opened_clients(acting(office.jo)), acting(office.jo)).get(pk=client_of_lee.pk)
    assert way_to(client).open_until is not None
