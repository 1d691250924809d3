"""Terms and holds: who is due and why, and whom a hold keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from opstap.audit.operations import ReplacedMeanwhile, append_facts, writing
from opstap.clients.enums import CallBackState
from opstap.clients.logic.outside import CallBackRow
from opstap.clients.models import CallBack, Client
from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.privacy.enums import RequestKind
from opstap.privacy.logic.retention import Term, shipped_terms
from opstap.privacy.models import RetentionRule
from opstap.privacy.operations import (
    DestructionRefused,
    change_term,
    hold_dossier,
    let_go,
    note_request,
    propose_destruction,
)
from opstap.privacy.selectors.retention import due_on, terms_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import BY, a_client, followed, on_benefit
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import Office
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.factories.windows import Window, version_at
from tests.privacy.closing import LONG_AGO, PAGE, an_application, closed, numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


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


def called_back(client: Client) -> None:
    row = CallBackRow(client.pk, "terugbellen1", None, CallBackState.OPEN, b"sealed", "k")
    with writing(by=BY, verb="leave_call_back", about=row.reference) as recording:
        append_facts(CallBack, [row], recording=recording)


def test_what_came_of_an_application_gives_its_own_term(office: Office) -> None:
    client = a_client(office.town, followed_since=None)
    an_application(client, date(2020, 2, 1), "refused", date(2020, 4, 1))
    (one,) = due_on(office.town.pk, dates.today())
    assert (one.outcome, one.since) == ("refused", date(2023, 4, 1))
    on_benefit(client, date(2020, 3, 1), date(2020, 5, 1))
    assert numbers(office) == []  # a benefit was granted after all: ten years


def test_of_all_that_came_of_a_dossier_the_longest_term_holds(office: Office) -> None:
    """A short term of one application takes nothing from the years of follow-up, or from another application."""
    followed_on, twice = closed(office, date(2024, 5, 6)), a_client(office.town, followed_since=None)
    an_application(followed_on, date(2006, 2, 1), "refused", date(2006, 4, 1))
    an_application(twice, date(2024, 1, 1), "refused", date(2024, 2, 3))
    an_application(twice, date(2025, 1, 1), "withdrawn", date(2025, 2, 3))
    assert numbers(office) == []
    assert [(one.outcome, one.since) for one in due_on(office.town.pk, date(2027, 2, 3))] == [
        ("refused", date(2027, 2, 3))
    ]
    late = {one.number: one.since for one in due_on(office.town.pk, date(2040, 1, 1))}
    assert late[followed_on.number] == date(2034, 5, 6)


def test_a_dossier_in_which_something_still_runs_is_not_closed(office: Office) -> None:
    today, by = dates.today(), acting(office.coordinator)
    client = closed(office)
    other = a_client(office.town, followed_since=None)
    assert numbers(office) == [client.number]
    before = transaction.savepoint()
    runs: list[Callable[[], object]] = [
        lambda: an_application(client, date(2024, 3, 4)),
        lambda: note_request(by=by, client=client, kind=RequestKind.ACCESS, received_on=today, words=""),
        lambda: a_trajectory(client, since=date(2010, 1, 1)),
        lambda: an_instrument(a_trajectory(client, since=date(2010, 1, 1), until=date(2011, 1, 1))),
        lambda: called_back(client),
        lambda: spoken(client, date(2024, 3, 4)),
        lambda: agreed(client, today + timedelta(days=3)),
        lambda: placed(client, "3", on=date(2024, 3, 4)),
        lambda: a_trajectory(client, since=date(2010, 1, 1), until=date(2024, 1, 1)),
    ]
    for run in runs:
        run()
        assert numbers(office) == []
        transaction.savepoint_rollback(before)
        before = transaction.savepoint()
        assert numbers(office) == [client.number]
    merge_clients(by=BY, client=other, kept=client, why="dezelfde")
    a_trajectory(other, since=date(2010, 1, 1))
    assert numbers(office) == []


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


def test_a_hold_on_a_dossier_that_was_merged_is_seen_and_let_go(office: Office) -> None:
    client, other = closed(office), closed(office)
    hold_dossier(by=acting(office.coordinator), client=other, why="Er loopt een klacht", until=None)
    merge_clients(by=BY, client=other, kept=client, why="dezelfde")
    assert [one.held for one in due_on(office.town.pk, dates.today())] == [True]
    office.sign_in(office.coordinator)
    address = reverse("retention:hold", args=[client.reference])
    assert "Er loopt een klacht" in office.page(address)
    office.browser.post(address, {"let_go": "1"} | version_at(office.browser, address))
    assert "Er loopt een klacht" not in office.page(address)
    assert [one.held for one in due_on(office.town.pk, dates.today())] == [False]


def test_a_hold_ends_after_today_and_a_term_holds_from_today_at_the_earliest(office: Office) -> None:
    client, today = office.of(office.jo), dates.today()
    office.sign_in(office.coordinator)
    address = reverse("retention:hold", args=[client.reference])
    answer = office.browser.post(address, {"why": "klacht", "until": today.isoformat()})
    assert answer.status_code == 400
    assert "Vul een dag na vandaag in" in answer.content.decode()
    with pytest.raises(DestructionRefused, match="hold_in_the_past"):
        hold_dossier(by=BY, client=client, why="klacht", until=today)
    term = reverse("retention:term", args=["granted"])
    given = {"years": "20", "starts_at": "closed", "source": "Besluit"}
    yesterday, tomorrow = (today + timedelta(days=days) for days in (-1, 1))
    assert office.browser.post(term, {**given, "since": yesterday.isoformat()}).status_code == 400
    with pytest.raises(DestructionRefused, match="term_in_the_past"):
        change_term(by=BY, municipality=office.town, term=Term("granted", 20, "closed", "Besluit"), since=yesterday)
    given |= version_at(office.browser, term)
    assert office.browser.post(term, {**given, "since": tomorrow.isoformat()}).status_code == 302


def test_a_dossier_is_held_back_from_its_own_page(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.coordinator)
    address = reverse("retention:hold", args=[client.reference])
    assert "Zeg in een paar woorden waarom" in office.browser.post(address, {"why": ""}).content.decode()
    given = {"why": "Er loopt een klacht", "until": ""}
    office.browser.post(address, given | version_at(office.browser, address))
    assert "Er loopt een klacht" in office.page(address)
    office.browser.post(address, {"let_go": "1"} | version_at(office.browser, address))
    assert "Er loopt een klacht" not in office.page(address)


def test_a_term_is_changed_on_screen(office: Office) -> None:
    office.sign_in(office.coordinator)
    address = reverse("retention:term", args=["granted"])
    given = {"years": "20", "starts_at": "closed", "source": "Besluit 2026-14", "since": dates.today().isoformat()}
    assert office.browser.post(address, {**given, "source": ""}).status_code == 400
    office.browser.post(address, given | version_at(office.browser, address))
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


def test_a_term_of_which_the_form_lost_its_version_is_not_saved(office: Office) -> None:
    term = Window(office.sign_in(office.coordinator).browser, f"{PAGE}termijn/guided/")
    assert term.send(years="8", source="besluit een", version="") == 409
    assert not RetentionRule.objects.exists()
    assert term.send() == 302
    assert [one.years for one in RetentionRule.objects.current()] == [8]


def test_who_changes_a_term_second_sees_what_the_first_saved(office: Office) -> None:
    colleague = a_coordinator(office.town, name="Sietske Wolf")
    first = Window(signed_in(colleague), f"{PAGE}termijn/guided/")
    second = Window(office.sign_in(office.coordinator).browser, f"{PAGE}termijn/guided/")
    assert first.send(years="8", source="besluit een") == 302
    assert second.send(years="0", source="besluit twee") == 400
    assert second.send(years="3") == 409, "a form with a fault is of when it was opened"
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "besluit een besluit twee" in second.words
    assert (second.fields["years"], second.fields["source"]) == ("3", "besluit twee")
    assert [one.years for one in RetentionRule.objects.current()] == [8]
    assert second.send() == 302
    assert [one.years for one in RetentionRule.objects.current()] == [3]
    by, term, opened_on = acting(colleague), Term("guided", 9, "closed", "besluit drie"), first.fields["version"]
    with pytest.raises(ReplacedMeanwhile):
        change_term(by=by, municipality=office.town, term=term, since=dates.today(), opened_on=opened_on)
