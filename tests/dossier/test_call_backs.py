"""A note to call somebody back: to whom it goes, who sees it, and who settles it, once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding, User
from opstap.accounts.operations import deactivate_user
from opstap.audit.permissions import command_line
from opstap.clients.enums import CallBackState
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import CallBack
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
from tests.dossier.test_outside import TODAY, last_asked, of_lee, words
from tests.factories.accounts import a_case_manager, a_team_leader, acting
from tests.factories.clients import BY, a_client
from tests.factories.desk import Office
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db


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
