"""What clients ask about their own data: noting, the month, the answer, the register, and the dossier given."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from opstap.audit.logic.seen import Seen
from opstap.audit.models import Access
from opstap.audit.operations import ReplacedMeanwhile, accesses, log_access
from opstap.clients.logic import PersonAroundRow
from opstap.clients.operations import merge_clients, record_held_fact
from opstap.config.command import REFUSED, main
from opstap.foundation import dates
from opstap.foundation.documents import missing_packages
from opstap.foundation.ui.templatetags.ui_format import day as ui_day
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.logic.requests import months_after
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import RequestRefused, answer_request, extend_request, note_request
from opstap.privacy.selectors.giving import whole_of
from opstap.privacy.selectors.requests import opened_texts
from opstap.privacy.tables.giving.letter import dossier_html
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_bsn, a_client, in_caseload
from tests.factories.contacts import spoken
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(bool(missing_packages()), reason="Pango is not here")
REGISTER = "/verzoeken/"
SCHEMA = Path(__file__).resolve().parents[2] / "src/opstap/privacy/static/privacy/dossier.schema.json"


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def noted(office: Office, client: Any, *, on: date | None = None, words: str = "Wat bewaart u?") -> RightsRequest:
    reference = note_request(
        by=acting(office.coordinator),
        client=client,
        kind=RequestKind.ACCESS,
        received_on=on or dates.today(),
        words=words,
    )
    return RightsRequest.objects.current().get(reference=reference)


def data_of(office: Office, client: Any) -> dict[str, Any]:
    response = office.sign_in(office.coordinator).browser.get(reverse("rights:data", args=[client.reference]))
    assert response.status_code == 200
    found: dict[str, Any] = json.loads(response.content)
    return found


def joined(text: str) -> str:
    """Without the spaces, which a reader of a PDF places by the lines."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("received", "due"),
    [((2026, 1, 31), (2026, 2, 28)), ((2026, 3, 4), (2026, 4, 4)), ((2026, 12, 15), (2027, 1, 15))],
)
def test_an_answer_is_due_within_a_month(received: tuple[int, int, int], due: tuple[int, int, int]) -> None:
    assert months_after(date(*received), 1) == date(*due)


def test_the_words_of_a_client_stand_encrypted(office: Office) -> None:
    request = noted(office, office.of(office.jo), words="Kanarie")
    assert b"Kanarie" not in bytes(request.texts_encrypted or b"")
    assert opened_texts(request).words == "Kanarie"


def test_the_register_shows_what_is_late_on_top(office: Office) -> None:
    noted(office, office.of(office.jo, surname="Zojuist"))
    noted(office, office.of(office.jo, surname="Allang"), on=days_ago(60))
    page = office.sign_in(office.coordinator).page(REGISTER)
    assert page.index("Allang") < page.index("Zojuist")
    assert "1 verzoek had al beantwoord moeten zijn." in page
    assert "te laat" in page
    assert "wacht op antwoord" in page


def test_what_waits_for_an_answer_stands_in_the_inbox_of_who_answers(office: Office) -> None:
    late = noted(office, office.of(office.jo, surname="Allang"), on=days_ago(60))
    noted(office, office.of(office.jo, surname="Zojuist"))
    page = office.sign_in(office.coordinator).page("/meldingen/")
    assert "Er wachten 2 meldingen op uw besluit." in page
    assert page.index("Allang") < page.index("Zojuist")
    assert page.count(ui_day(days_ago(60))) == 1, "since it was received, not since it was typed in"
    assert f"/verzoeken/{late.reference}/" in page
    assert 'class="sidenav__count">2<' in page, "its number stands in the menu"
    answer_request(
        by=acting(office.coordinator), request=late, outcome=RequestOutcome.GRANTED, settled_on=dates.today(), reason=""
    )
    assert "Allang" not in office.page("/meldingen/")
    assert "Zojuist" not in office.sign_in(office.jo).page("/meldingen/"), "who answers none has none"


def test_an_empty_register_says_what_to_do(office: Office) -> None:
    assert "Leg het vast vanuit het dossier" in office.sign_in(office.coordinator).page(REGISTER)


def test_a_request_is_noted_and_answered_on_screen(office: Office) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.coordinator)
    assert "Verzoek van de cliënt" in office.page(reverse("dossier:client", args=[anna.reference]))
    form = reverse("rights:new", args=[anna.reference])
    refused = office.browser.post(form, {"kind": "", "received_on": "2099-01-01"})
    assert refused.status_code == 400
    assert "Deze dag moet nog komen" in refused.content.decode()
    made = office.browser.post(
        form, {"kind": "erasure", "received_on": dates.today().isoformat(), "words": "Weg ermee"}
    )
    page = office.page(made.headers["Location"])
    assert "Weg ermee" in page
    given = {"outcome": "refused", "settled_on": dates.today().isoformat(), "reason": ""}
    given |= version_at(office.browser, made.headers["Location"])
    short = office.browser.post(made.headers["Location"], given)
    assert short.status_code == 400
    assert "recht op uitleg" in short.content.decode()
    office.browser.post(made.headers["Location"], given | {"reason": "De wet vraagt dit"})
    assert "De wet vraagt dit" in office.page(made.headers["Location"])
    assert "niet gedaan" in office.page(REGISTER)


def test_more_time_is_taken_once(office: Office) -> None:
    request = noted(office, office.of(office.jo))
    office.sign_in(office.coordinator)
    address = reverse("rights:request", args=[request.reference])
    office.browser.post(address, {"extend": "1", "extension": "Veel dossiers"} | version_at(office.browser, address))
    now = RightsRequest.objects.current().get(reference=request.reference)
    assert now.due_on == months_after(request.received_on, 3)
    assert "Veel dossiers" in office.page(address)
    with pytest.raises(RequestRefused, match="extended_already"):
        extend_request(by=acting(office.coordinator), request=now, why="Nog meer")


def test_two_answers_at_once_do_not_both_stand(office: Office) -> None:
    request, by = noted(office, office.of(office.jo)), acting(office.coordinator)
    answer_request(by=by, request=request, outcome=RequestOutcome.GRANTED, settled_on=dates.today(), reason="")
    with pytest.raises(ReplacedMeanwhile):
        answer_request(by=by, request=request, outcome=RequestOutcome.REFUSED, settled_on=dates.today(), reason="x")


def test_only_a_coordinator_answers(office: Office) -> None:
    anna = office.of(office.jo)
    request = noted(office, anna)
    addresses = [
        REGISTER,
        reverse("rights:new", args=[anna.reference]),
        reverse("rights:request", args=[request.reference]),
        reverse("rights:document", args=[anna.reference]),
        reverse("rights:data", args=[anna.reference]),
    ]
    for user in (office.jo, office.leader, office.administrator):
        for address in addresses:
            assert office.sign_in(user).browser.get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        answer_request(
            by=acting(office.jo),
            request=request,
            outcome=RequestOutcome.GRANTED,
            settled_on=dates.today(),
            reason="",
        )


def test_another_municipality_is_not_there(office: Office) -> None:
    other = a_client(a_municipality("Elders"))
    office.sign_in(office.coordinator)
    for name in ("rights:new", "rights:document", "rights:data"):
        assert office.browser.get(reverse(name, args=[other.reference])).status_code == 404
    assert office.browser.get(reverse("rights:request", args=["bestaat-niet"])).status_code == 404


def test_the_data_hold_every_room_and_follow_the_schema(office: Office) -> None:
    anna = a_client(office.town, surname="Bakker", bsn=a_bsn(3))
    in_caseload(anna, office.jo, team=office.team)
    placed(anna, "3", on=days_ago(40))
    spoken(anna, days_ago(20), note="Zij wil weer werken")
    noted(office, anna)
    office.sign_in(office.jo).browser.get(reverse("dossier:client", args=[anna.reference]))
    told = data_of(office, anna)
    assert_follows(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    kinds = {record["kind"] for record in told["records"]}
    assert {"clients.person", "ladder.measurement", "contacts.contact", "privacy.rightsrequest"} <= kinds
    text = json.dumps(told, ensure_ascii=False)
    for word in (a_bsn(3), "Zij wil weer werken", "Wat bewaart u?", days_ago(40).isoformat()):
        assert word in text, word
    assert [look["how"] for look in told["looks"] if look["what"] == "dossier:client"] == ["asked"]


def assert_follows(value: Any, schema: dict[str, Any]) -> None:
    """As far as this schema goes: types, what must and may be there, constants and choices."""
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    kinds["boolean"] = bool
    named = schema.get("type", [])
    wanted = named if isinstance(named, list) else [named]
    assert not wanted or any(value is None if one == "null" else isinstance(value, kinds[one]) for one in wanted)
    assert "const" not in schema or value == schema["const"]
    assert "enum" not in schema or value in schema["enum"]
    if isinstance(value, dict):
        assert set(schema.get("required", [])) <= value.keys()
        known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        for name, inner in value.items():
            assert name in known or more is not False, name
            assert_follows(inner, known.get(name) or (more if isinstance(more, dict) else {}))
    if isinstance(value, list):
        for inner in value:
            assert_follows(inner, schema.get("items", {}))


def test_workers_stand_by_function_unless_the_municipality_names_them(office: Office) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.jo).browser.get(reverse("dossier:client", args=[anna.reference]))
    assert "Jo Visser" not in json.dumps(data_of(office, anna))
    assert "casemanager" in json.dumps(data_of(office, anna))
    a_setting(office.town, "names_in_dossier", "on")
    assert "Jo Visser" in json.dumps(data_of(office, anna))


def test_of_people_around_it_is_told_who_and_not_how_to_reach_them(office: Office) -> None:
    anna = office.of(office.jo)
    around = PersonAroundRow(anna.pk, "family", "Zus Bakker", days_ago(30), phone="0612345678", email="zus@example.nl")
    record_held_fact(by=BY, what="around", row=around)
    text = json.dumps(data_of(office, anna))
    assert "Zus Bakker" in text
    assert "0612345678" not in text
    assert "zus@example.nl" not in text


def test_both_dossiers_of_a_merged_client_are_given(office: Office) -> None:
    anna, other = office.of(office.jo), office.of(office.jo)
    placed(other, "2", on=days_ago(90))
    merge_clients(by=BY, client=other, kept=anna, why="dezelfde")
    told = data_of(office, anna)
    assert set(told["client_numbers"]) == {anna.number, other.number}
    assert [one["values"]["level"] for one in told["records"] if one["kind"] == "ladder.measurement"] == ["2"]


@needs_pango
def test_the_document_is_plain_dutch_and_says_where_to_complain(office: Office) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    placed(anna, "3", on=days_ago(40))
    spoken(anna, days_ago(20), note="Zij wil weer werken")
    a_setting(office.town, "privacy_desk", "privacy@sneek.example")
    office.sign_in(office.jo).browser.get(reverse("dossier:client", args=[anna.reference]))
    response = office.sign_in(office.coordinator).browser.get(reverse("rights:document", args=[anna.reference]))
    assert response.status_code == 200
    assert "Kanarie" not in response.headers["Content-Disposition"]
    text = joined(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages))
    for words in (
        f"Uw gegevens bij {office.town.name}",
        "Waarom bewaren wij dit?",
        "10 jaar na het sluiten van uw dossier",
        "autoriteitpersoonsgegevens.nl",
        "privacy@sneek.example",
        "Kanarie",
        "Zij wil weer werken",
        "Wie keek er in uw dossier?",
        "casemanager: dossier",
    ):
        assert joined(words) in text, words
    assert Access.objects.filter(action="rights:document", user=office.coordinator.reference).count() == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("broken_glass", "noodtoegang"),
        ("outside", "iemand belde: bekend of niet"),
        ("handed_over", "overgedragen, en leest nog mee"),
        ("De zitting is morgen", "De zitting is morgen"),
    ],
)
def test_the_letter_says_why_somebody_looked_in_words(office: Office, code: str, words: str) -> None:
    anna = office.of(office.jo)
    by, seen = acting(office.jo), Seen(subject=anna.reference, why=code)
    log_access(by=by, action="dossier:client", method="GET", result="done", seen=seen)
    with override("nl"):
        letter = dossier_html(whole_of(anna), office.town, dates.today())
    assert words in letter
    assert code == words or code not in letter


def test_the_command_gives_the_same(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anna = office.of(office.jo)
    out = tmp_path / "dossier.json"
    assert main(["privacy", "access", anna.number, "--out", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["client_numbers"] == [anna.number]
    assert Access.objects.filter(action="command:privacy").exists()
    assert main(["privacy", "access", "99999"]) == REFUSED
    assert "niemand in deze gemeente" in capsys.readouterr().err


def test_the_register_asks_as_many_queries_for_any_number(office: Office, django_assert_max_num_queries: Any) -> None:
    for days in range(8):
        noted(office, office.of(office.jo), on=dates.today() - timedelta(days=days))
    office.sign_in(office.coordinator).page(REGISTER)
    with django_assert_max_num_queries(15):
        office.page(REGISTER)
