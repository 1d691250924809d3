"""A hand-over and later days: what was assigned for one stays so, and what is to come is not told as done."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, timedelta

import pytest

from opstap.accounts.models import Team, User
from opstap.clients.logic.handing import HandingRefused
from opstap.clients.models import Assignment, Client, Handover
from opstap.clients.operations import (
    Accepted,
    Share,
    accept_handover,
    assign_clients,
    protect_dossier,
    request_handovers,
    take_back_assigning,
)
from opstap.clients.permissions import offered_clients
from opstap.foundation.dates import clock_at
from tests.factories.accounts import acting
from tests.factories.desk import Office, days_ago
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db
TODAY, IN_TWO_WEEKS, IN_A_MONTH, IN_SIX_WEEKS = (days_ago(-days) for days in (0, 14, 30, 45))
CLOSED = "hun dossiers zijn voor u gesloten"


def asked(office: Office, *clients: Client, from_on: date = TODAY) -> str:
    """Jo asks Kim."""
    ids = [client.pk for client in clients]
    (batch,) = request_handovers(
        by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=from_on, note="Ik ga weg."
    )
    return batch


def accepted(office: Office, batch: str) -> Accepted:
    return accept_handover(by=acting(office.kim), batch=batch)


def assigned(office: Office, client: Client, worker: User | None, from_on: date, team: Team | None = None) -> int:
    """By who leads, for a later day; in which recording."""
    share = Share(client.pk, worker.pk if worker else None, (team or office.team).pk)
    done = assign_clients(by=acting(office.coordinator), shares=[share], from_on=from_on, reason="")
    return done.number or 0


def holders(client: Client, *days: date) -> list[str]:
    rows = [Assignment.objects.active_on(day).select_related("worker").get(client=client) for day in days]
    return [row.worker.name if row.worker else row.team.name if row.team else "" for row in rows]


@pytest.mark.parametrize("from_on", [TODAY, IN_SIX_WEEKS])
def test_what_was_assigned_for_a_later_day_stays_so(office: Office, from_on: date) -> None:
    later, other = office.of(office.jo, "Later"), office.of(office.jo, "Ander")
    batch = asked(office, later, other, from_on=from_on)
    assigned(office, later, office.lee, IN_A_MONTH, office.other_team)
    page = html.unescape(office.sign_in(office.kim).page(f"/overdracht/{batch}/"))
    assert ("Later" in page, "Ander" in page) == (False, True)
    assert "1 cliënt over te nemen" in office.page("/meldingen/")
    told = office.browser.post(f"/overdracht/{batch}/", {"action": "accept"}, follow=True).content.decode()
    assert "1 cliënt komt niet naar u: intussen bij een ander, of op een latere dag" in told
    assert holders(later, TODAY, IN_A_MONTH, IN_SIX_WEEKS) == ["Jo Visser", "Lee Bos", "Lee Bos"]
    assert holders(other, IN_SIX_WEEKS) == ["Kim Smit"]
    of_jo = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
    assert "1 cliënt bleef bij u: uw collega mag het dossier niet zien, of een ander krijgt de cliënt later." in of_jo


@pytest.mark.parametrize("team_only", [True, False])
def test_nothing_is_left_to_take_over_when_all_go_elsewhere_later(office: Office, *, team_only: bool) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    number = assigned(office, client, None if team_only else office.lee, IN_A_MONTH)
    assert "Er is niemand meer over te nemen" in office.sign_in(office.kim).page(f"/overdracht/{batch}/")
    assert "Er wacht niets op u" in office.page("/meldingen/")
    take_back_assigning(by=acting(office.coordinator), number=number)
    assert list(offered_clients(acting(office.kim), batch)) == [client]
    assert accepted(office, batch) == Accepted(1, 0)


def test_who_goes_to_somebody_else_later_is_not_asked(office: Office) -> None:
    later, other = office.of(office.jo, "Later"), office.of(office.jo, "Ander")
    assigned(office, later, office.lee, IN_A_MONTH, office.other_team)
    for from_on in (TODAY, IN_A_MONTH, IN_SIX_WEEKS):
        with pytest.raises(HandingRefused) as refused:
            asked(office, later, other, from_on=from_on)
        assert (refused.value.code, refused.value.client_ids) == ("goes_elsewhere", frozenset({later.pk}))
    fields = {"receivers": [office.kim.reference], "from_on": TODAY.isoformat(), "note": ""}
    page = office.sign_in(office.jo).browser.post("/overdracht/nieuw/", fields)
    assert page.status_code == 400
    assert "Het gaat om: Later" in html.unescape(page.content.decode())
    assert not Handover.objects.exists()
    asked(office, other)


def test_who_is_with_somebody_else_for_a_while_and_back_by_then_goes_over(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client, from_on=IN_SIX_WEEKS)
    assigned(office, client, office.lee, IN_TWO_WEEKS, office.other_team)
    assigned(office, client, office.jo, IN_A_MONTH)
    assert accepted(office, batch) == Accepted(1, 0)
    assert holders(client, TODAY, IN_TWO_WEEKS, IN_A_MONTH, IN_SIX_WEEKS) == [
        "Jo Visser", "Lee Bos", "Jo Visser", "Kim Smit",
    ]  # fmt: skip


def test_who_was_to_get_them_later_may_have_them_now(office: Office) -> None:
    client = office.of(office.jo)
    assigned(office, client, office.kim, IN_A_MONTH)
    assert accepted(office, asked(office, client)) == Accepted(1, 0)
    assert holders(client, TODAY, IN_A_MONTH) == ["Kim Smit", "Kim Smit"]


def test_ones_own_other_team_later_is_no_reason(office: Office) -> None:
    client = office.of(office.jo)
    assigned(office, client, office.jo, IN_A_MONTH, office.other_team)
    assert accepted(office, asked(office, client)) == Accepted(1, 0)
    assert holders(client, TODAY, IN_A_MONTH) == ["Kim Smit", "Kim Smit"]


def test_a_hand_over_from_a_later_day_is_told_as_to_come(office: Office) -> None:
    client, protected = office.of(office.jo), office.of(office.jo)
    batch = asked(office, client, protected, from_on=IN_A_MONTH)
    protect(office, protected)
    assert accepted(office, batch) == Accepted(1, 1)
    page = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
    assert "is 1 cliënt bij uw collega. Tot die dag blijft u de casemanager." in page
    assert "1 cliënt bleef bij u" in page
    assert CLOSED not in page
    assert office.browser.get(f"/clienten/{client.reference}/").status_code == 200
    with clock_at(datetime.combine(IN_A_MONTH, datetime.min.time(), UTC) + timedelta(hours=12)):
        page = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
        assert ("Tot die dag" in page, CLOSED in page, "1 cliënt bleef bij u" in page) == (False, True, True)
        assert office.browser.get(f"/clienten/{client.reference}/").status_code == 404


def test_who_came_back_since_did_not_stay(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    accepted(office, batch)
    assigned(office, client, office.jo, TODAY)
    assert "bleef bij u" not in office.sign_in(office.jo).page(f"/overdracht/{batch}/")


def test_when_nobody_went_it_is_not_told_as_done(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    assigned(office, client, office.lee, TODAY, office.other_team)
    accepted(office, batch)
    page = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
    assert ("Geen van deze cliënten ging naar uw collega." in page, CLOSED in page) == (True, False)


def test_until_when_one_reads_along_is_told_though_the_first_stayed(office: Office) -> None:
    a_setting(office.town, "former_reads_days", 14, TODAY)
    first, second = office.of(office.jo), office.of(office.jo)
    batch = asked(office, first, second)
    protect(office, first)
    assert accepted(office, batch) == Accepted(1, 1)
    page = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
    assert "1 cliënt bleef bij u" in page
    assert CLOSED not in page
    assert "U mag deze dossiers lezen tot" in page
    assert office.browser.get(f"/clienten/{second.reference}/").status_code == 200


def protect(office: Office, client: Client) -> None:
    protect_dossier(by=acting(office.leader), client=client, reason="colleague", review_on=IN_SIX_WEEKS, why="x")
