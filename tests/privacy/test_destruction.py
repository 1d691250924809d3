"""Lists of dossiers to erase: each counted once, who comes off, and a certificate without a person."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from opstap.audit.operations import append_facts, writing
from opstap.audit.selectors.accesses import looks_at
from opstap.clients.logic import ProtectionRow
from opstap.clients.models import Client, Protection
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.foundation.jobs.naming import TryLater
from opstap.privacy.logic.retention import Term
from opstap.privacy.models import Destruction
from opstap.privacy.operations import (
    DestructionRefused,
    change_term,
    confirm_destruction,
    drop_destruction,
    erase_client,
    hold_dossier,
    propose_destruction,
    traces,
)
from opstap.privacy.operations import retention as operations
from opstap.privacy.tables.certificate import certificate_html
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY, on_benefit
from tests.factories.desk import Office
from tests.privacy.closing import LONG_AGO, PAGE, closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def test_a_list_that_a_colleague_took_away_erases_nobody(office: Office) -> None:
    client, by = closed(office), acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    drop_destruction(by=by, destruction=Destruction.objects.get())
    with pytest.raises(DestructionRefused, match="list_gone"):
        operations.erase_listed(by=by, destruction=made, most=10)
    assert Client.objects.filter(pk=client.pk).exists()


def test_two_who_erase_one_list_count_everybody_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(office), closed(office), closed(office)
    by, colleague = acting(office.coordinator), acting(a_coordinator(office.town))
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    theirs = Destruction.objects.get()
    erase, meanwhile = erase_client, [True]

    def erased(**given: Any) -> dict[str, int]:
        gone = erase(**given)
        if meanwhile and meanwhile.pop():
            operations.erase_listed(by=colleague, destruction=theirs, most=1)
        return gone

    monkeypatch.setattr(operations, "erase_client", erased)
    operations.erase_listed(by=by, destruction=made, most=10)
    done = Destruction.objects.get()
    assert (done.people, done.erased, done.by_outcome) == (3, 3, {"guided": 3})
    assert done.finished is not None
    with pytest.raises(DestructionRefused, match="erased_already"):
        drop_destruction(by=by, destruction=made)


def test_a_ledger_that_is_broken_is_said_and_not_a_fault(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(office)
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    address = reverse("retention:list", args=[made.reference])
    office.sign_in(office.coordinator)

    def refuses(**_given: Any) -> dict[str, int]:
        raise LedgerBroken("x")

    monkeypatch.setattr(operations, "erase_client", refuses)
    assert office.browser.post(address, {"action": "erase"}).status_code == 302
    assert "niet te vertrouwen" in office.page(address)
    assert Destruction.objects.get().lines.count() == 1


def test_a_protected_dossier_on_a_list_is_for_who_is_let_in(office: Office) -> None:
    plain, hidden, by = closed(office), closed(office), acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)
    row = ProtectionRow(hidden.pk, dates.today(), None, "colleague", dates.today() + timedelta(days=90), "werkt hier")
    with writing(by=BY, verb="protect_dossier", about=hidden.reference) as recording:
        append_facts(Protection, [row], recording=recording)
    address = reverse("retention:list", args=[made.reference])
    page = office.sign_in(office.coordinator).page(address)
    assert _tells(page, plain)
    assert not _tells(page, hidden)
    assert "1 daarvan is buiten uw bereik" in page
    office.browser.post(address, {"action": "erase"})
    assert list(Destruction.objects.get().lines.values_list("client_id", flat=True)) == [hidden.pk]
    assert Client.objects.filter(pk=hidden.pk).exists()
    assert Destruction.objects.get().finished is None


def test_the_access_log_knows_who_was_put_on_a_list_and_erased(office: Office) -> None:
    client = closed(office)
    office.sign_in(office.coordinator)
    address = office.browser.post(f"{PAGE}voorstel/").headers["Location"]
    office.browser.post(address, {"action": "confirm"})
    before = len(looks_at([client.reference]))
    assert before == 1
    office.browser.post(address, {"action": "erase"})
    assert len(looks_at([client.reference])) == before + 1


def test_the_certificate_keeps_the_terms_that_the_list_was_made_by(office: Office) -> None:
    closed(office)
    by, today = acting(office.coordinator), dates.today()
    first, later = Term("guided", 5, "closed", "Besluit van eerst"), Term("guided", 4, "closed", "Besluit van later")
    change_term(by=by, municipality=office.town, term=first, since=today)
    made = propose_destruction(by=by, municipality=office.town)
    change_term(by=by, municipality=office.town, term=later, since=today)
    confirm_destruction(by=by, destruction=made)
    operations.erase_listed(by=by, destruction=made, most=10)
    paper = certificate_html(Destruction.objects.get())
    assert "5 jaar" in paper
    assert "Besluit van eerst" in paper
    assert "Besluit van later" not in paper


def test_who_is_erased_in_another_way_counts_as_erased(office: Office) -> None:
    listed, proposed = closed(office), closed(office)
    on_benefit(proposed, LONG_AGO, date(2012, 5, 6))
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town, outcome="guided")
    confirm_destruction(by=by, destruction=made)
    waits = propose_destruction(by=by, municipality=office.town, outcome="granted")
    erase_client(by=BY, client=listed)
    erase_client(by=BY, client=proposed)
    made.refresh_from_db()
    waits.refresh_from_db()
    assert (made.people, made.erased, made.by_outcome) == (1, 1, {"guided": 1})
    assert (waits.people, waits.erased, waits.by_outcome) == (0, 0, {})


def test_a_list_is_proposed_confirmed_erased_and_certified_on_screen(office: Office) -> None:
    gone, stays = closed(office), office.of(office.jo)
    office.sign_in(office.coordinator)
    page = office.page(PAGE)
    assert "Van 1 dossier is de termijn voorbij." in page
    assert _tells(page, gone)
    assert not _tells(page, stays)
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
    assert not _tells(certificate, gone)
    _read_on_paper(office, address, gone)
    assert Client.objects.filter(pk=stays.pk).exists()


def _tells(page: str, client: Client) -> bool:
    """Whether the number stands there as a word: by chance it is a part of a token in nearly any page."""
    return re.search(rf"(?<![\w+/=-]){client.number}(?![\w+/=-])", page) is not None


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
    assert _tells(listed, granted)
    assert not _tells(listed, guided)


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
