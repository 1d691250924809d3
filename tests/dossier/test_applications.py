"""Applications for a benefit in the dossier: written down, decided, corrected; and what that does to its retention."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from opstap.accounts.models import User
from opstap.clients.logic import ApplicationRow, RowsRefused, application_faults
from opstap.clients.models import Application
from opstap.clients.operations import record_applications, record_held_fact
from opstap.foundation import dates
from opstap.privacy.selectors.retention import due_on
from tests.dossier.desks import Desk
from tests.factories.accounts import a_worker, acting, an_intern
from tests.factories.clients import BY, a_client, in_caseload

pytestmark = pytest.mark.django_db
ASKED = {"law": "participatiewet", "starts_on": "2024-02-01", "applied_on": "2024-02-05", "ends_on": "", "outcome": ""}


def _link(page: str, word: str) -> str:
    found = re.search(rf'href="([^"]+/{word}/)"', page)
    assert found is not None
    return found[1]


def test_an_application_is_written_down_and_decided(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    assert desk.browser.post(f"{page}nieuw/", ASKED | {"from_ww": "on"})["Location"] == page
    words = desk.words(page)
    for said in ("Participatiewet", "Gemeld op", "1 feb 2024", "wacht op een besluit", "Leg het besluit vast"):
        assert said in words
    dossier = desk.words()
    assert "Lopende aanvragen Participatiewet" in dossier
    assert "Aanvraag: Participatiewet" in dossier
    assert "aangevraagd op 5 feb 2024; komt uit de WW" in dossier
    deciding = _link(desk.page(page), "beeindigen")
    assert "Wat er besloten is" in desk.words(deciding)
    without = desk.browser.post(deciding, {"ends_on": "2024-03-20", "outcome": ""})
    assert without.status_code == 400
    assert "Maak een keuze." in without.content.decode()
    assert desk.browser.post(deciding, {"ends_on": "2024-03-20", "outcome": "refused"})["Location"] == page
    words = desk.words(page)
    for said in (
        "Participatiewet: afgewezen (aangevraagd op 5 feb 2024; komt uit de WW)",
        "20 mrt 2024",
        "besloten",
        "daarna vervangen",
    ):
        assert said in words
    dossier = desk.words()
    assert "Besluit op de aanvraag: Participatiewet" in dossier
    assert "Lopende aanvragen Participatiewet" not in dossier
    held = Application.objects.current().get()
    assert (held.reported_on, held.applied_on, held.decided_on) == (
        date(2024, 2, 1), date(2024, 2, 5), date(2024, 3, 20)
    )  # fmt: skip
    assert (held.outcome, held.from_ww) == ("refused", True)


def test_a_decision_is_corrected_with_the_reason_and_withdrawn(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    desk.browser.post(f"{page}nieuw/", ASKED | {"ends_on": "2024-03-20", "outcome": "refused"})
    correcting = _link(desk.page(page), "verbeteren")
    form = desk.page(correcting)
    assert 'value="2024-02-01"' in form
    assert 'value="2024-03-20"' in form
    right = ASKED | {"ends_on": "2024-03-18", "outcome": "withdrawn", "why": "de cliënt trok haar in"}
    assert desk.browser.post(correcting, {**right, "why": ""}).status_code == 400
    assert desk.browser.post(correcting, right).status_code == 302
    held = Application.objects.current().get()
    assert (held.outcome, held.decided_on, held.why) == ("withdrawn", date(2024, 3, 18), "de cliënt trok haar in")
    assert "de cliënt trok haar in" in desk.words(page)
    half = desk.browser.post(_link(desk.page(page), "verbeteren"), right | {"ends_on": ""})
    assert "Vul ook de dag van het besluit in." in half.content.decode()
    open_again = right | {"ends_on": "", "outcome": "", "why": "er is nog niets besloten"}
    assert desk.browser.post(_link(desk.page(page), "verbeteren"), open_again).status_code == 302
    assert "wacht op een besluit" in desk.words(page)
    desk.browser.post(_link(desk.page(page), "intrekken"), {"why": "hoort bij een ander"})
    assert not Application.objects.current().exists()
    assert "hoort bij een ander" in desk.words(page)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ends_on": "2024-01-31", "outcome": "refused", "applied_on": ""}, "niet vóór de melding"),
        ({"applied_on": "2024-01-31"}, "ligt tussen de melding en het besluit"),
        ({"ends_on": "2024-02-04", "outcome": "refused"}, "ligt tussen de melding en het besluit"),
        ({"ends_on": "2024-03-20"}, "kies ook wat er besloten is"),
        ({"outcome": "refused"}, "Vul ook de dag van het besluit in"),
        ({"starts_on": "2999-01-01", "applied_on": ""}, "De dag van de melding ligt in de toekomst."),
        ({"law": ""}, "Maak een keuze."),
    ],
)
def test_what_can_not_be_right_is_said_at_its_field(desk: Desk, given: dict[str, str], said: str) -> None:
    answer = desk.browser.post(f"{desk.url}onderdeel/aanvraag/nieuw/", ASKED | given)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Application.objects.exists()


def test_decided_on_the_day_of_the_report_and_today_is_right() -> None:
    day = date(2024, 2, 29)
    row = ApplicationRow(1, day, "participatiewet", applied_on=day, outcome="refused", decided_on=day)
    assert application_faults(row, day) == []
    codes = [fault.code for fault in application_faults(row, day - timedelta(days=1))]
    assert codes == ["reported_to_come", "applied_to_come", "decided_to_come"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"starts_on": "2999-01-01", "applied_on": ""}, "starts_on", "melding"),
        ({"applied_on": "2999-01-01"}, "applied_on", "aanvraag"),
        ({"ends_on": "2999-01-01", "outcome": "refused"}, "ends_on", "besluit"),
    ],
)
def test_a_day_in_the_future_is_said_at_that_day(desk: Desk, given: dict[str, str], field: str, said: str) -> None:
    page = desk.browser.post(f"{desk.url}onderdeel/aanvraag/nieuw/", ASKED | given).content.decode()
    at = re.findall(r'id="id_(\w+)_error">([^<]*)<', page)
    assert [(name, said in words) for name, words in at] == [(field, True)]
    assert at[0][1].endswith("ligt in de toekomst. Kijk die dag na.")


def test_the_same_report_twice_is_refused(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    desk.browser.post(f"{page}nieuw/", ASKED)
    twice = desk.browser.post(f"{page}nieuw/", ASKED | {"applied_on": ""})
    assert twice.status_code == 400
    assert "Deze aanvraag staat er al: gemeld op 1 feb 2024. Verbeter die." in twice.content.decode()
    assert Application.objects.current().count() == 1
    assert desk.browser.post(f"{page}nieuw/", ASKED | {"law": "bbz"}).status_code == 302


def test_the_same_report_twice_is_refused_where_it_was_decided_on_that_day(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    decided = {"applied_on": "", "ends_on": "2024-02-01", "outcome": "refused"}
    assert desk.browser.post(f"{page}nieuw/", ASKED | decided).status_code == 302
    for given in (decided, {"applied_on": ""}):
        assert desk.browser.post(f"{page}nieuw/", ASKED | given).status_code == 400
    assert Application.objects.current().count() == 1
    correcting = _link(desk.page(page), "verbeteren")
    right = ASKED | decided | {"outcome": "withdrawn", "why": "ingetrokken"}
    assert desk.browser.post(correcting, right).status_code == 302
    assert Application.objects.current().get().outcome == "withdrawn"


def test_what_an_import_brought_without_a_day_is_shown_as_decided(desk: Desk) -> None:
    row = ApplicationRow(desk.client.pk, date(2024, 2, 1), "participatiewet", outcome="not_taken_up")
    record_applications(by=BY, rows=[row])
    words = desk.words(f"{desk.url}onderdeel/aanvraag/")
    assert "Participatiewet: niet in behandeling genomen" in words
    assert "wacht op een besluit" not in words
    assert "Lopende aanvragen Participatiewet" not in desk.words()
    assert "Aanvraag: Participatiewet niet in behandeling genomen" in desk.words()


def _job_coach(desk: Desk) -> User:
    coach = a_worker(desk.town, "job_coach")
    in_caseload(desk.client, coach)
    return coach


def _external_consultant(desk: Desk) -> User:
    external = a_worker(desk.town, "external_consultant")
    in_caseload(desk.client, external)
    return external


def _intern(desk: Desk) -> User:
    return an_intern(desk.worker)


@pytest.mark.parametrize("reader", [_job_coach, _external_consultant, _intern])
def test_who_reads_without_recording_decides_and_changes_nothing(desk: Desk, reader: Callable[[Desk], User]) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    desk.browser.post(f"{page}nieuw/", ASKED)
    shown = desk.page(page)
    links = {word: _link(shown, word) for word in ("beeindigen", "verbeteren", "intrekken")}
    desk.sign_in(reader(desk))
    assert "Participatiewet" in desk.words(page)
    shown = desk.page(page)
    assert "Leg het besluit vast" not in shown
    assert not [word for word in (*links, "nieuw") if re.search(rf'href="[^"]*/{word}/', shown)]
    changes = [(f"{page}nieuw/", ASKED | {"law": "bbz"}), (links["intrekken"], {"why": "fout"})]
    changes += [
        (links[word], ASKED | {"ends_on": "2024-03-20", "outcome": "refused", "why": "fout"})
        for word in ("beeindigen", "verbeteren")
    ]
    for address, given in changes:
        assert desk.browser.post(address, given).status_code == 403, address
    (held,) = Application.objects.current()
    assert (held.law, held.outcome, held.withdrawn) == ("participatiewet", "", False)


def test_who_has_no_reach_finds_nothing_and_a_visitor_signs_in(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/aanvraag/"
    desk.browser.post(f"{page}nieuw/", ASKED)
    deciding = _link(desk.page(page), "beeindigen")
    other = a_client(desk.town, number="40999")
    elsewhere = f"/clienten/{other.reference}/onderdeel/aanvraag/"
    assert desk.browser.get(elsewhere).status_code == 404
    assert desk.browser.post(f"{elsewhere}nieuw/", ASKED).status_code == 404
    desk.browser.logout()
    assert desk.browser.post(deciding, {"ends_on": "2024-03-20", "outcome": "refused"}).status_code == 302
    assert Application.objects.current().get().outcome == ""


def test_what_was_decided_on_screen_says_how_long_the_dossier_is_kept(desk: Desk) -> None:
    client = a_client(desk.town, number="40300", followed_since=None)
    in_caseload(client, desk.worker, team=desk.team)
    row = ApplicationRow(client.pk, date(2020, 2, 1), "participatiewet")
    record_held_fact(by=acting(desk.worker), what="application", row=row)
    late = date(2060, 1, 1)
    assert client.number not in {one.number for one in due_on(desk.town.pk, late)}, "it waits for a decision"
    page = f"/clienten/{client.reference}/onderdeel/aanvraag/"
    desk.browser.post(_link(desk.page(page), "beeindigen"), {"ends_on": "2020-04-01", "outcome": "refused"})
    due = {one.number: one for one in due_on(desk.town.pk, late)}
    assert (due[client.number].outcome, due[client.number].since) == ("refused", date(2023, 4, 1))
    assert client.number not in {one.number for one in due_on(desk.town.pk, date(2023, 3, 31))}


def test_the_operation_refuses_half_a_decision_too(desk: Desk) -> None:
    row = ApplicationRow(desk.client.pk, date(2020, 2, 1), "participatiewet", decided_on=dates.today())
    with pytest.raises(RowsRefused, match="outcome_missing"):
        record_held_fact(by=acting(desk.worker), what="application", row=row)
