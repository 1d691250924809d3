"""A client says that a record is wrong: it stands beside the record until it is decided, and stays when refused."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from opstap.audit.operations import accesses
from opstap.clients.logic import AddressRow
from opstap.clients.models import Client
from opstap.clients.operations import record_addresses
from opstap.clients.selectors.held import told_of
from opstap.contacts.selectors.contacts import reference_of as contact_reference
from opstap.dossier.tables.parts import reference_of
from opstap.foundation import dates
from opstap.foundation.documents import missing_packages
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from opstap.privacy.enums import RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import RequestRefused, answer_request
from tests.factories.accounts import a_worker, acting
from tests.factories.clients import BY, with_trait
from tests.factories.clients import beside as beside_worker
from tests.factories.contacts import spoken
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(bool(missing_packages()), reason="Pango is not here")
WORDS, WHY = "Ik was toen al aan het werk.", "De werkgever zegt dat het een maand later begon."


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS, settings.OPSTAP_ERASURES = tmp_path / "heads", tmp_path / "erasures.ledger"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def beside(client: Client, slug: str, fact: str) -> str:
    return reverse("rights:correct", args=[client.reference, slug, fact])


def asked(office: Office, address: str) -> RightsRequest:
    """Noted by the case manager."""
    given = {"words": WORDS, "received_on": dates.today().isoformat()}
    assert office.sign_in(office.jo).browser.post(address, given).status_code == 302
    return RightsRequest.objects.current().get(outcome="")


def decided(office: Office, request: RightsRequest, outcome: str, why: str = WHY) -> Any:
    address = reverse("rights:decide", args=[request.client.reference, request.reference])
    given = {"outcome": outcome, "reason": why, "settled_on": dates.today().isoformat()}
    return office.browser.post(address, given | version_at(office.browser, address))


def a_placement(office: Office, client: Client) -> str:
    return placement_reference(placed(client, "2", on=days_ago(30)))


def test_it_stands_beside_a_placement_in_the_dossier_and_its_history_until_decided(office: Office) -> None:
    client = office.of(office.jo)
    placement = a_placement(office, client)
    request = asked(office, beside(client, "plaatsing", placement))
    assert request.about == "measurement"
    dossier = reverse("dossier:client", args=[client.reference])
    history = reverse("ladder:history", args=[client.reference, placement])
    for page in (office.page(dossier), office.page(history)):
        assert "De cliënt wil dat dit verbeterd wordt" in page
        assert WORDS in page
        assert reverse("rights:decide", args=[client.reference, request.reference]) in page
    other = placement_reference(placed(client, "3", on=days_ago(10)))
    assert WORDS not in office.page(reverse("ladder:history", args=[client.reference, other]))


def test_it_stays_with_the_placement_through_a_correction(office: Office) -> None:
    client = office.of(office.jo)
    first = placed(client, "2", on=days_ago(30))
    request = asked(office, beside(client, "plaatsing", placement_reference(first)))
    placed(client, "3", on=days_ago(30), replaces=first)
    newest = Measurement.objects.current().get(client=client)
    assert newest.pk != request.about_row
    assert WORDS in office.page(reverse("ladder:history", args=[client.reference, placement_reference(newest)]))


def test_what_is_refused_keeps_the_clients_words_beside_the_record(office: Office) -> None:
    client = office.of(office.jo)
    history = reverse("ladder:history", args=[client.reference, placement := a_placement(office, client)])
    request = asked(office, beside(client, "plaatsing", placement))
    answer = decided(office, request, RequestOutcome.REFUSED, why="")
    assert answer.status_code == 400
    assert "Zeg waarom" in answer.content.decode()
    assert decided(office, request, RequestOutcome.REFUSED).headers["Location"] == history
    for page in (office.page(history), office.page(reverse("dossier:client", args=[client.reference]))):
        assert "De cliënt is het er niet mee eens" in page
        assert WORDS in page
        assert WHY in page
        assert "verbeterd wordt" not in page


def test_what_is_taken_back_stands_beside_it_no_more(office: Office) -> None:
    client = office.of(office.jo)
    history = reverse("ladder:history", args=[client.reference, placement := a_placement(office, client)])
    decided(office, asked(office, beside(client, "plaatsing", placement)), RequestOutcome.TAKEN_BACK)
    assert WORDS not in office.page(history)


def test_what_is_granted_stands_beside_it_until_the_record_is_corrected(office: Office) -> None:
    client = office.of(office.jo)
    first = placed(client, "2", on=days_ago(30))
    history = reverse("ladder:history", args=[client.reference, placement_reference(first)])
    decided(office, asked(office, beside(client, "plaatsing", placement_reference(first))), RequestOutcome.GRANTED)
    page = office.page(history)
    assert "Dit moet nog verbeterd worden" in page
    assert WORDS in page
    placed(client, "3", on=days_ago(30), replaces=first)
    newest = Measurement.objects.current().get(client=client)
    page = office.page(reverse("ladder:history", args=[client.reference, placement_reference(newest)]))
    assert WORDS not in page
    assert WORDS not in office.page(reverse("dossier:client", args=[client.reference]))


def test_who_may_not_note_or_decide_is_not_led_to_it(office: Office) -> None:
    """A job coach records conversations and places, and nothing else of the client."""
    client = office.of(office.jo)
    placement, contact = a_placement(office, client), contact_reference(spoken(client, days_ago(5)).pk)
    request = asked(office, beside(client, "plaatsing", placement))
    coach = a_worker(office.town, "job_coach")
    beside_worker(client, coach)
    page = office.sign_in(coach).page(reverse("contacts:history", args=[client.reference, contact]))
    assert beside(client, "gesprek", contact) not in page
    decide = reverse("rights:decide", args=[client.reference, request.reference])
    page = office.page(reverse("ladder:history", args=[client.reference, placement]))
    assert WORDS in page
    assert decide not in page
    assert office.browser.get(decide).status_code == 403


def test_a_conversation_and_a_field_have_it_too(office: Office) -> None:
    client = office.of(office.jo)
    contact = contact_reference(spoken(client, days_ago(5)).pk)
    asked(office, beside(client, "gesprek", contact))
    assert WORDS in office.page(reverse("contacts:history", args=[client.reference, contact]))
    with_trait(client, "low_literate", "yes", days_ago(50))
    trait = reference_of(told_of("trait", [client.pk])[0])
    part = reverse("dossier:part", args=[client.reference, "kenmerk"])
    assert beside(client, "kenmerk", trait) in office.page(part)
    given = {"words": "Ik lees prima.", "received_on": dates.today().isoformat()}
    office.browser.post(beside(client, "kenmerk", trait), given)
    page = office.page(part)
    assert "Ik lees prima." in page
    assert WORDS not in page


def test_who_may_not_correct_the_record_does_not_decide(office: Office) -> None:
    client = office.of(office.jo)
    request = asked(office, beside(client, "plaatsing", a_placement(office, client)))
    receptionist = a_worker(office.town, "reception", team=office.team)
    with pytest.raises(PermissionDenied):
        answer_request(
            by=acting(receptionist),
            request=request,
            outcome=RequestOutcome.REFUSED,
            settled_on=dates.today(),
            reason=WHY,
        )
    with pytest.raises(RequestRefused, match="reason_missing"):
        answer_request(by=BY, request=request, outcome=RequestOutcome.GRANTED, settled_on=dates.today(), reason="")


def test_the_coordinator_answers_it_from_the_register_with_the_reason(office: Office) -> None:
    client = office.of(office.jo)
    request = asked(office, beside(client, "plaatsing", placement := a_placement(office, client)))
    address = reverse("rights:request", args=[request.reference])
    page = office.sign_in(office.coordinator).page(address)
    assert reverse("ladder:history", args=[client.reference, placement]) in page
    given = {"outcome": RequestOutcome.GRANTED, "settled_on": dates.today().isoformat(), "reason": ""}
    given |= version_at(office.browser, address)
    answer = office.browser.post(address, given)
    assert answer.status_code == 400
    assert "Zeg waarom" in answer.content.decode()
    assert office.browser.post(address, {**given, "reason": WHY}).status_code == 302
    assert RightsRequest.objects.current().get().outcome == RequestOutcome.GRANTED


def test_what_is_said_of_a_secret_address_is_for_who_may_read_it(office: Office) -> None:
    client = office.of(office.jo)
    record_addresses(by=BY, rows=[AddressRow(client.pk, days_ago(90), street="Schuilweg", is_secret=True)])
    fact = reference_of(told_of("address", [client.pk])[0])
    office.sign_in(office.coordinator)
    given = {"words": "Ik woon niet meer aan de Schuilweg.", "received_on": dates.today().isoformat()}
    office.browser.post(beside(client, "adres", fact), given)
    dossier = reverse("dossier:client", args=[client.reference])
    assert "Schuilweg" in office.page(dossier)
    assert "Schuilweg" not in office.sign_in(office.jo).page(dossier)
    request = RightsRequest.objects.current().get()
    decide = reverse("rights:decide", args=[client.reference, request.reference])
    assert office.browser.get(decide).status_code == 403
    record_addresses(by=BY, rows=[AddressRow(client.pk, days_ago(90), street="Markt", replaces_id=request.about_row)])
    assert "Schuilweg" not in office.page(dossier), "of what was secret it stays so"


def test_what_is_said_of_an_address_that_was_never_secret_is_for_everybody(office: Office) -> None:
    client = office.of(office.jo)
    record_addresses(by=BY, rows=[AddressRow(client.pk, days_ago(90), street="Markt")])
    fact = reference_of(told_of("address", [client.pk])[0])
    request = asked(office, beside(client, "adres", fact))
    assert WORDS in office.page(reverse("dossier:client", args=[client.reference]))
    assert office.browser.get(reverse("rights:decide", args=[client.reference, request.reference])).status_code == 200


def test_a_record_of_somebody_else_is_not_there(office: Office) -> None:
    client, other = office.of(office.jo), office.of(office.jo)
    placement = a_placement(office, other)
    office.sign_in(office.jo)
    assert office.browser.get(beside(client, "plaatsing", placement)).status_code == 404
    request = asked(office, beside(other, "plaatsing", placement))
    wrong = reverse("rights:decide", args=[client.reference, request.reference])
    assert office.browser.get(wrong).status_code == 404


@needs_pango
def test_the_document_and_the_data_carry_it(office: Office) -> None:
    client = office.of(office.jo)
    request = asked(office, beside(client, "plaatsing", a_placement(office, client)))
    decided(office, request, RequestOutcome.REFUSED)
    office.sign_in(office.coordinator)
    data = json.loads(office.browser.get(reverse("rights:data", args=[client.reference])).content)
    assert all(word in json.dumps(data, ensure_ascii=False) for word in (WORDS, WHY))
    content = office.browser.get(reverse("rights:document", args=[client.reference])).content
    text = " ".join(page.extract_text().replace("\n", " ") for page in PdfReader(io.BytesIO(content)).pages)
    for word in (WORDS, WHY, "Plaatsing "):
        assert word in text
