"""Terms, holds and lists: who is due and why, two people above fifty, and a certificate without a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from opstap.audit.operations import accesses
from opstap.clients.logic import ApplicationRow
from opstap.clients.models import Client
from opstap.clients.operations import record_applications
from opstap.foundation import dates
from opstap.foundation.jobs.naming import TryLater
from opstap.privacy.logic.retention import Term, shipped_terms
from opstap.privacy.models import Destruction
from opstap.privacy.operations import (
    DestructionRefused,
    change_term,
    confirm_destruction,
    hold_dossier,
    let_go,
    propose_destruction,
    traces,
)
from opstap.privacy.operations import retention as operations
from opstap.privacy.selectors.retention import due_on, terms_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY, a_client, followed, on_benefit
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
LONG_AGO, PAGE = date(2005, 3, 4), "/bewaren/"


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS, settings.OPSTAP_ERASURES = tmp_path / "heads", tmp_path / "erasures.ledger"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


def closed(office: Office, until: date = date(2012, 5, 6)) -> Client:
    return a_client(office.town, followed_since=LONG_AGO, until=until)


def numbers(office: Office) -> list[str]:
    return [one.number for one in due_on(office.town.pk, dates.today())]


def test_the_clock_starts_when_follow_up_and_benefits_have_ended(office: Office) -> None:
    gone, later, running = closed(office), closed(office), closed(office)
    on_benefit(later, LONG_AGO, date(2024, 1, 1))
    on_benefit(running, LONG_AGO)
    open_still = a_client(office.town, followed_since=LONG_AGO)
    again = closed(office)
    followed(again, date(2024, 1, 1))
    assert numbers(office) == [gone.number]
    assert open_still.number not in numbers(office)
    (one,) = due_on(office.town.pk, dates.today())
    assert (one.outcome, one.closed_on, one.since) == ("guided", date(2012, 5, 6), date(2022, 5, 6))


def test_what_came_of_an_application_gives_its_own_term(office: Office) -> None:
    client = closed(office, date(2020, 5, 6))
    row = ApplicationRow(client.pk, date(2020, 2, 1), "participatiewet", outcome="refused", decided_on=date(2020, 4, 1))
    record_applications(by=BY, rows=[row])
    (one,) = due_on(office.town.pk, dates.today())
    assert (one.outcome, one.since) == ("refused", date(2023, 4, 1))
    on_benefit(client, date(2020, 3, 1), date(2020, 5, 1))
    assert numbers(office) == []  # a benefit was granted after all: ten years


def test_a_municipality_has_its_own_term_from_a_day_on(office: Office) -> None:
    closed(office)
    change_term(
        by=BY, municipality=office.town, term=Term("guided", 20, "closed", "Besluit 2026-14"), since=dates.today()
    )
    assert numbers(office) == []
    assert {term.years for term in terms_on(office.town.pk, dates.today()) if term.outcome == "guided"} == {20}
    before = {term.outcome: term for term in terms_on(office.town.pk, date(2020, 1, 1))}
    assert before["guided"] == shipped_terms()["guided"]


def test_a_hold_is_seen_and_let_go(office: Office) -> None:
    client = closed(office)
    hold_dossier(by=BY, client=client, why="klacht loopt", until=None)
    assert [one.held for one in due_on(office.town.pk, dates.today())] == [True]
    with pytest.raises(DestructionRefused, match="nobody_due"):
        propose_destruction(by=BY, municipality=office.town)
    let_go(by=BY, client=client)
    assert [one.held for one in due_on(office.town.pk, dates.today())] == [False]


def test_above_fifty_the_second_is_somebody_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "ALONE", 1)
    closed(office), closed(office)
    first, second = office.coordinator, a_coordinator(office.town)
    made = propose_destruction(by=acting(first), municipality=office.town)
    with pytest.raises(DestructionRefused, match="second_person_needed"):
        confirm_destruction(by=acting(first), destruction=made)
    confirm_destruction(by=acting(second), destruction=made)
    assert Destruction.objects.get().confirmed is not None
    assert operations.ALONE == 1


def test_a_list_is_proposed_confirmed_erased_and_certified_on_screen(office: Office) -> None:
    gone, stays = closed(office), office.of(office.jo)
    office.sign_in(office.coordinator)
    page = office.page(PAGE)
    assert "Van 1 dossier is de termijn voorbij." in page
    assert gone.number in page
    assert stays.number not in page
    assert gone.number in office.browser.get(f"{PAGE}bestand/csv/").content.decode("utf-8-sig")
    address = office.browser.post(f"{PAGE}voorstel/").headers["Location"]
    assert Client.objects.filter(pk=gone.pk).exists()
    office.browser.post(address, {"action": "erase"})
    assert Client.objects.filter(pk=gone.pk).exists(), "a list that nobody confirmed erases nobody"
    office.browser.post(address, {"action": "confirm"})
    office.browser.post(address, {"action": "erase"})
    assert not Client.objects.filter(pk=gone.pk).exists()
    certificate = office.page(address)
    assert "Verklaring van vernietiging" in certificate
    assert "1 dossier, 1 gewist." in certificate
    assert gone.number not in certificate
    _read_on_paper(office, address, gone)
    assert Client.objects.filter(pk=stays.pk).exists()


def _read_on_paper(office: Office, address: str, gone: Client) -> None:
    answer = office.browser.get(f"{address}verklaring.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text().replace("\n", " ") for page in PdfReader(BytesIO(answer.content)).pages)
    done = Destruction.objects.get()
    assert "Verklaring van vernietiging" in text
    assert text.count(f"door {office.coordinator.name}") == 3  # proposed, confirmed, erased
    assert "Alleen begeleiding, geen uitkering" in text
    assert "10 jaar na het sluiten" in text
    assert f"Rijen gewist {sum(done.by_table.values())}" in text
    for word in (gone.number, gone.reference, "Voorbeeld"):
        assert word not in text


def test_a_list_of_one_outcome_holds_no_other(office: Office) -> None:
    guided, granted = closed(office), closed(office)
    on_benefit(granted, LONG_AGO, date(2012, 5, 6))
    office.sign_in(office.coordinator)
    page = office.page(PAGE)
    assert "Er was een uitkering: 1" in page
    address = office.browser.post(f"{PAGE}voorstel/", {"outcome": "granted"}).headers["Location"]
    listed = office.page(address)
    assert granted.number in listed
    assert guided.number not in listed


def test_a_list_that_is_not_done_has_no_certificate(office: Office) -> None:
    closed(office)
    made = propose_destruction(by=acting(office.coordinator), municipality=office.town)
    office.sign_in(office.coordinator)
    assert office.browser.get(reverse("retention:certificate", args=[made.reference])).status_code == 404


def test_who_comes_off_the_list_is_not_counted_as_erased(office: Office) -> None:
    """The certificate counts by outcome who went, not who was proposed."""
    goes, stays = closed(office), closed(office)
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    hold_dossier(by=by, client=stays, why="bezwaar", until=None)
    operations.erase_listed(by=by, destruction=Destruction.objects.get(), most=10)
    done = Destruction.objects.get()
    assert (done.people, done.erased, done.by_outcome) == (2, 1, {"guided": 1})
    assert not Client.objects.filter(pk=goes.pk).exists()
    page = office.sign_in(office.coordinator).page(reverse("retention:list", args=[made.reference]))
    assert "Van de lijst gehaald" in page


def test_the_page_promises_what_holds_of_the_database(office: Office) -> None:
    closed(office)
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    operations.erase_listed(by=by, destruction=Destruction.objects.get(), most=10)
    address = reverse("retention:list", args=[made.reference])
    page = office.sign_in(office.coordinator).page(address)
    assert "nog hoogstens 30 dagen" in page
    if connection.vendor == "postgresql":
        assert "tot uw beheerder VACUUM FULL doet" in page
        return
    assert "wordt opnieuw geschreven" in page
    Destruction.objects.update(cleaned_at=dates.now())
    assert "opnieuw geschreven en zijn journaal geleegd" in office.page(address)


def test_the_file_is_written_anew_by_a_job_that_is_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(office)
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    operations.erase_listed(by=by, destruction=Destruction.objects.get(), most=10)
    waiting = [row.task_path for row in DBTaskResult.objects.all()]
    assert waiting == ([traces.write_anew.module_path] if connection.vendor == "sqlite" else [])
    monkeypatch.setattr(traces, "leave_no_trace", lambda _connection: False)
    with pytest.raises(TryLater):
        traces.write_anew.func(made.reference)
    assert Destruction.objects.get().cleaned_at is None
    monkeypatch.setattr(traces, "leave_no_trace", lambda _connection: True)
    traces.write_anew.func(made.reference)
    assert Destruction.objects.get().cleaned_at is not None


def test_who_is_held_after_the_proposal_stays(office: Office) -> None:
    client = closed(office)
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    hold_dossier(by=by, client=client, why="bezwaar", until=None)
    assert operations.erase_listed(by=by, destruction=Destruction.objects.get(), most=10) == 0
    assert Client.objects.filter(pk=client.pk).exists()
    assert Destruction.objects.get().erased == 0


def test_a_dossier_is_held_back_from_its_own_page(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.coordinator)
    address = reverse("retention:hold", args=[client.reference])
    assert "Zeg in een paar woorden waarom" in office.browser.post(address, {"why": ""}).content.decode()
    office.browser.post(address, {"why": "Er loopt een klacht", "until": ""})
    assert "Er loopt een klacht" in office.page(address)
    office.browser.post(address, {"let_go": "1"})
    assert "Er loopt een klacht" not in office.page(address)


def test_a_term_is_changed_on_screen(office: Office) -> None:
    office.sign_in(office.coordinator)
    address = reverse("retention:term", args=["granted"])
    given = {"years": "20", "starts_at": "closed", "source": "Besluit 2026-14", "since": dates.today().isoformat()}
    assert office.browser.post(address, {**given, "source": ""}).status_code == 400
    office.browser.post(address, given)
    assert "Besluit 2026-14" in office.page(PAGE)


def test_only_who_may_sees_it(office: Office) -> None:
    client = office.of(office.jo)
    for user in (office.jo, office.leader, office.administrator):
        office.sign_in(user)
        for address in (PAGE, f"{PAGE}bestand/csv/", reverse("retention:hold", args=[client.reference])):
            assert office.browser.get(address).status_code == 403


def test_the_page_asks_as_many_queries_for_any_number(office: Office, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        closed(office)
    office.sign_in(office.coordinator).page(PAGE)
    with django_assert_max_num_queries(15):
        office.page(PAGE)
