"""A form that comes twice, by a double click, a browser that tries again or somebody who goes back, is saved once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client as Browser
from django.urls import get_resolver

from opstap.accounts.models import RoleHolding
from opstap.accounts.operations import end_role, give_role
from opstap.audit.models import Recording, SentForm
from opstap.audit.operations import forget_sent_forms, saved_before
from opstap.audit.permissions import command_line
from opstap.audit.tasks import forget_forms
from opstap.clients.models import Assignment, Client
from opstap.config.sent_once import EACH_TIME
from opstap.contacts.models import Contact
from opstap.contacts.views import noting
from opstap.foundation import dates
from opstap.foundation.once import FIELD, TOKEN, new_key
from opstap.ladder.models import Level, Measurement
from opstap.plans.models import Trajectory
from tests.architecture.test_urls import leaves
from tests.factories.accounts import acting
from tests.factories.clients import in_caseload
from tests.factories.desk import Office, days_ago
from tests.journeys.reading import Form, Read

pytestmark = pytest.mark.django_db
HELD = {"held_on": days_ago(1).isoformat(), "kind": "phone", "outcome": "held", "looked": "not_discussed"}
Fields = dict[str, Any]


class Sitting:
    """Jo, with one client in the caseload, at the screen."""

    def __init__(self, browser: Browser) -> None:
        self.office = Office(browser)
        self.client = self.office.of(self.office.jo)
        self.office.sign_in(self.office.jo)

    @property
    def contact(self) -> str:
        """Where a contact is noted."""
        return f"/contact/{self.client.reference}/"

    def form(self, page: str, action: str = "") -> Form:
        """A form as it stands on a page."""
        forms = Read(page, self.office.page(page)).forms
        (found,) = [form for form in forms if form.action == (action or page) and form.method == "post"]
        return found

    def send(self, page: str, given: Fields, *, key: str) -> Any:
        return self.office.browser.post(page, {**given, FIELD: key})


@pytest.fixture
def sitting(client: Browser) -> Sitting:
    return Sitting(client)


def filled(form: Form, given: Fields) -> Fields:
    """What a browser sends of it."""
    return {name: value for name, value in form.fields if name != TOKEN} | given


def level(code: str) -> int:
    return Level.objects.get(scale__key="vng", code=code).pk


def intake(sitting: Sitting) -> tuple[str, Fields, Any]:
    given = {"number": "N1", "surname": "Nieuw", "ground": "benefit", "starts_on": days_ago(3).isoformat()}
    return "/clienten/nieuw/", given, Client.objects.filter(number="N1")


def trajectory(sitting: Sitting) -> tuple[str, Fields, Any]:
    given = {"kind": "care", "goal": level("3"), "starts_on": days_ago(3).isoformat()}
    return f"/hulp/{sitting.client.reference}/traject/", given, Trajectory.objects.all()


def contact(sitting: Sitting) -> tuple[str, Fields, Any]:
    return sitting.contact, HELD, Contact.objects.all()


def placement(sitting: Sitting) -> tuple[str, Fields, Any]:
    given = {"level": "2", "growth": "unknown", "reason": "at_contact", "save": "1"}
    return f"/plaatsen/{sitting.client.reference}/?ladder=vng", given, Measurement.objects.all()


def assignment(sitting: Sitting) -> tuple[str, Fields, Any]:
    sitting.office.sign_in(sitting.office.leader)
    given = {"workers": [sitting.office.kim.reference], "from_on": days_ago(0).isoformat(), "reason": "worker_absent"}
    worker = sitting.office.jo.reference
    return f"/team/toewijzen/?worker={worker}", given, Assignment.objects.filter(worker=sitting.office.kim)


@pytest.mark.parametrize("asked", [intake, trajectory, contact, placement, assignment])
def test_the_same_form_sent_twice_saves_one_and_leads_to_the_same_page(sitting: Sitting, asked: Any) -> None:
    page, given, rows = asked(sitting)
    form = sitting.form(page)
    body = filled(form, given)
    assert body[FIELD]
    first = sitting.office.browser.post(page, body)
    recorded = Recording.objects.count()
    second, third = (sitting.office.browser.post(page, body) for _ in range(2))
    assert first.status_code == second.status_code == third.status_code == 302
    assert first["Location"] == second["Location"] == third["Location"]
    assert rows.count() == 1
    assert Recording.objects.count() == recorded
    told = [str(message) for message in sitting.office.browser.get(first["Location"]).context["messages"]]
    assert len(told) == len(set(told))


def test_each_form_of_a_page_has_a_key_of_its_own_and_each_showing_another(sitting: Sitting) -> None:
    pages = [Read(sitting.contact, sitting.office.page(sitting.contact)) for _ in range(2)]
    keys = [dict(form.fields)[FIELD] for page in pages for form in page.forms if form.method == "post"]
    assert len(keys) == len(set(keys)) >= 4


def test_what_was_changed_since_is_another_form(sitting: Sitting) -> None:
    key = new_key()
    for day in (1, 2):
        assert sitting.send(sitting.contact, HELD | {"held_on": days_ago(day).isoformat()}, key=key).status_code == 302
    assert Contact.objects.count() == 2


def test_a_form_that_was_refused_is_sent_again_with_its_key(sitting: Sitting) -> None:
    key, wrong = new_key(), HELD | {"held_on": "gisteren"}
    assert [sitting.send(sitting.contact, wrong, key=key).status_code for _ in range(2)] == [400, 400]
    assert not SentForm.objects.exists()
    assert [sitting.send(sitting.contact, HELD, key=key).status_code for _ in range(2)] == [302, 302]
    assert Contact.objects.count() == 1


def test_a_page_that_fails_after_saving_has_saved_nothing(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    key, recorded = new_key(), Recording.objects.count()
    sitting.office.browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(noting, "discard_draft", lambda **_: 1 / 0)
        assert sitting.send(sitting.contact, HELD, key=key).status_code == 500
    assert (Contact.objects.count(), SentForm.objects.count(), Recording.objects.count()) == (0, 0, recorded)
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    assert Contact.objects.count() == 1


def test_the_key_of_somebody_else_is_a_key_like_any_other(sitting: Sitting) -> None:
    key, office = new_key(), sitting.office
    in_caseload(sitting.client, office.kim, team=office.team)
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    office.sign_in(office.kim)
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    assert Contact.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "é" * 22, "a" * 23, "'; DROP TABLE x; --xxxx"])
def test_what_is_no_key_is_none(sitting: Sitting, key: str) -> None:
    for _ in range(2):
        assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    assert (Contact.objects.count(), SentForm.objects.count()) == (2, 0)


def test_whose_right_is_gone_is_not_told_what_came_of_it(sitting: Sitting) -> None:
    key, jo = new_key(), sitting.office.jo
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    held = RoleHolding.objects.get(user=jo)
    give_role(by=command_line(), user=jo, role="functional_administrator", team=None, since=dates.today())
    end_role(by=command_line(), holding=held, ends_on=dates.today())
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 403
    assert Contact.objects.count() == 1


def test_what_it_said_is_never_readable(sitting: Sitting) -> None:
    key = new_key()
    assert sitting.send(sitting.contact, HELD, key=key).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_sentform")
        stored = b"".join(bytes(part) for part in cursor.fetchone() if isinstance(part, bytes | memoryview))
    for mark in (key, sitting.client.reference, "bewaard", sitting.office.jo.reference):
        assert mark.encode() not in stored


def test_after_three_days_it_is_forgotten_in_the_night_and_until_then_it_counts(sitting: Sitting) -> None:
    assert sitting.send(sitting.contact, HELD, key=new_key()).status_code == 302
    kept = SentForm.objects.get()
    with dates.clock_at(kept.sent_at + timedelta(days=3)):
        assert forget_forms.func() == 0
    with dates.clock_at(kept.sent_at + timedelta(days=3, seconds=1)):
        assert saved_before(bytes(kept.digest)) is not None, "a digest that still stands there would be refused anew"
        assert forget_forms.func() == 1
    assert not SentForm.objects.exists()
    with pytest.raises(PermissionDenied):
        forget_sent_forms(by=acting(sitting.office.coordinator))


def test_what_is_done_each_time_is_an_address_and_has_its_reason() -> None:
    names = {name for name, _route, _pattern in leaves(get_resolver().url_patterns)}
    assert set(EACH_TIME) <= names
    assert all(len(reason) > 10 for reason in EACH_TIME.values())


def test_a_draft_keeps_what_was_typed_last_also_when_it_was_typed_before(sitting: Sitting) -> None:
    key, draft = new_key(), f"{sitting.contact}concept/"
    for note in ("eerst", "daarna", "eerst"):
        assert sitting.send(draft, HELD | {"note": note}, key=key).status_code == 200
    form = sitting.form(sitting.contact)
    assert dict(form.fields)["note"] == "eerst"
    assert dict(form.fields)[FIELD] != key
