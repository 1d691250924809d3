"""Answering what a client asks: a day that can't be is told at its field, and who is second sees both answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from opstap.audit.operations import accesses
from opstap.foundation import dates
from opstap.foundation.once import new_key
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of as placement_reference
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import answer_request, extend_request, note_request
from opstap.privacy.selectors.requests import opened_texts
from tests.factories.accounts import a_coordinator, acting
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
LONG, SHORT = "Wij hebben alles nagekeken, en dit is wat er staat.", "Zie de brief van vandaag."


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def asked(office: Office, *, on: date | None = None, beside: bool = False) -> RightsRequest:
    """A request of a client of Jo; perhaps beside a placement of theirs."""
    client = office.of(office.jo)
    row = placed(client, "2", on=days_ago(60)) if beside else None
    reference = note_request(
        by=acting(office.coordinator),
        client=client,
        kind=RequestKind.CORRECTION if beside else RequestKind.ACCESS,
        received_on=on or days_ago(10),
        words="Dit klopt niet",
        about="measurement" if beside else "",
        about_row=row.pk if row else None,
        record="Plaatsing" if beside else "",
    )
    return stands(reference)


def stands(reference: str) -> RightsRequest:
    return RightsRequest.objects.current().get(reference=reference)


def windows(office: Office, request: RightsRequest, asks: str = "settled_on") -> tuple[Window, Window]:
    """A colleague's and one's own, both opened on what stands now."""
    url = reverse("rights:request", args=[request.reference])
    colleague = signed_in(a_coordinator(office.town, name="Sietske Wolf"))
    return Window(colleague, url, asks), Window(signed_in(office.coordinator), url, asks)


def deciding(office: Office, request: RightsRequest) -> Window:
    url = reverse("rights:decide", args=[request.client.reference, request.reference])
    return Window(signed_in(office.jo), url)


def test_a_day_before_it_was_received_is_told_at_the_field_and_what_was_typed_is_kept(office: Office) -> None:
    request = asked(office)
    window, _ = windows(office, request)
    early = days_ago(11).isoformat()
    assert window.send(outcome="partly", settled_on=early, reason=LONG) == 400
    assert "Een antwoord komt na de vraag" in window.words
    assert "intussen" not in window.words
    assert (window.fields["reason"], window.fields["settled_on"]) == (LONG, early)
    assert stands(request.reference).outcome == ""
    assert window.send(settled_on=days_ago(10).isoformat()) == 302
    assert stands(request.reference).settled_on == days_ago(10)


def test_so_it_is_where_a_correction_is_decided(office: Office) -> None:
    request = asked(office, beside=True)
    window = deciding(office, request)
    assert window.send(outcome="refused", settled_on=days_ago(11).isoformat(), reason=LONG) == 400
    assert "Een antwoord komt na de vraag" in window.words
    assert window.fields["reason"] == LONG
    assert window.send(settled_on=dates.today().isoformat()) == 302


def test_who_answers_second_sees_both_and_keeps_what_was_typed(office: Office) -> None:
    request = asked(office)
    first, second = windows(office, request)
    assert first.send(outcome="granted", reason=SHORT) == 302
    assert second.send(outcome="refused", reason=LONG) == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert f"{SHORT} {LONG}" in second.words
    assert "Wat hier is ingevuld is niet bewaard, en dat kan ook niet meer" in second.words
    assert "Bewaar wat hier is ingevuld" not in second.words
    assert "Laat het zoals Sietske Wolf het bewaarde" in second.words
    assert second.fields["reason"] == LONG
    assert opened_texts(stands(request.reference)).reason == SHORT
    assert second.send(once=new_key()) == 409, "what was answered stays so"
    assert opened_texts(stands(request.reference)).reason == SHORT


def test_the_same_answer_sent_twice_is_no_conflict(office: Office) -> None:
    request = asked(office)
    first, second = windows(office, request)
    first.send(outcome="granted", reason=SHORT)
    assert second.send(outcome="granted", reason=SHORT) == 302
    assert RightsRequest.objects.filter(reference=request.reference).count() == 2


def test_who_answers_what_got_more_time_meanwhile_sees_that_first(office: Office) -> None:
    request = asked(office)
    _, window = windows(office, request)
    extend_request(by=acting(a_coordinator(office.town, name="Sietske Wolf")), request=request, why="Veel dossiers")
    assert window.send(outcome="granted", reason=LONG) == 409
    assert "Waarom is er meer tijd nodig? Veel dossiers" in window.words
    assert window.send() == 302
    now = stands(request.reference)
    assert (now.outcome, opened_texts(now).reason, opened_texts(now).extension) == ("granted", LONG, "Veel dossiers")


def test_more_time_is_not_taken_of_what_was_answered_or_extended_meanwhile(office: Office) -> None:
    request = asked(office)
    first, second = windows(office, request, "extension")
    assert first.send(extension="Veel dossiers", extend="1") == 302
    assert second.send(extension="Ziekte", extend="1") == 409
    assert "Waarom is er meer tijd nodig? Veel dossiers Ziekte" in second.words
    assert second.fields["extension"] == "Ziekte"
    other = asked(office)
    _, late = windows(office, other, "extension")
    answer_request(
        by=acting(office.coordinator),
        request=other,
        outcome=RequestOutcome.GRANTED,
        settled_on=dates.today(),
        reason=SHORT,
    )
    assert late.send(extension="Ziekte", extend="1") == 409
    assert "gedaan" in late.words
    assert late.fields["extension"] == "Ziekte"
    assert opened_texts(stands(other.reference)).extension == ""


def test_who_decides_second_about_a_correction_sees_both(office: Office) -> None:
    request = asked(office, beside=True)
    placement = placement_reference(Measurement.objects.get(pk=request.about_row or 0))
    first, second = deciding(office, request), deciding(office, request)
    second.browser = signed_in(a_coordinator(office.town, name="Sietske Wolf"))
    assert second.send(outcome="granted", reason=SHORT) == 302
    assert first.send(outcome="refused", reason=LONG) == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in first.words
    assert f"{SHORT} {LONG}" in first.words
    assert first.fields["reason"] == LONG
    assert reverse("ladder:history", args=[request.client.reference, placement]) in first.page
    assert stands(request.reference).outcome == "granted"


def test_a_form_that_says_no_version_saves_nothing(office: Office) -> None:
    request = asked(office)
    window, _ = windows(office, request)
    window.fields.pop("version")
    assert window.send(outcome="granted", reason=LONG) == 409
    assert window.fields["reason"] == LONG
    assert stands(request.reference).outcome == ""
    assert window.send() == 302
