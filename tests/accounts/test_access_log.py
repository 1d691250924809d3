"""No log, no access: every answer to somebody who is signed in stands in the access log before it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client as Browser
from django.urls import reverse

from opstap.audit.logic.entries import OPENED, pseudonyms_in
from opstap.audit.models import Access
from opstap.audit.operations import accesses
from opstap.audit.selectors.pseudonyms import pseudonym_of
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


@pytest.fixture(autouse=True)
def _own_heads(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def logged() -> list[Access]:
    return list(Access.objects.exclude(action=OPENED).order_by("pk"))


def subjects(row: Access) -> bytes:
    return bytes(row.subject)


def test_a_dossier_that_is_looked_at_is_in_the_log(office: Office) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.jo).browser.get(reverse("dossier:client", args=[anna.reference]))
    (row,) = logged()
    assert (row.user, row.roles, row.source) == (office.jo.reference, "case_manager", "screen")
    assert (row.action, row.method, row.result) == ("dossier:client", "GET", "done")
    assert row.municipality == office.town.pk
    assert subjects(row) == pseudonym_of(anna.reference)


def test_the_log_holds_no_name_number_or_reference(office: Office) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.sign_in(office.jo).browser.get(reverse("dossier:client", args=[anna.reference]))
    (values,) = Access.objects.exclude(action=OPENED).values_list()
    stored = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in values
    )
    for known in ("Kanarie", anna.number, anna.reference):
        assert known.encode() not in stored


def test_a_list_names_everybody_on_it(office: Office) -> None:
    three = [office.of(office.jo) for _ in range(3)]
    office.of(office.kim)
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    (row,) = logged()
    assert set(pseudonyms_in(bytes(row.listed))) == {pseudonym_of(one.reference) for one in three}
    assert (row.listed_count, subjects(row)) == (3, b"")


def test_who_may_not_look_is_in_the_log_too(office: Office) -> None:
    of_lee = office.of(office.lee, team=office.other_team)
    office.sign_in(office.jo)
    assert office.browser.get(reverse("dossier:client", args=[of_lee.reference])).status_code == 404
    (row,) = logged()
    assert (row.result, subjects(row)) == ("out_of_reach", pseudonym_of(of_lee.reference))
    assert office.browser.get(reverse("accounts:users")).status_code == 403
    assert (logged()[-1].action, logged()[-1].result) == ("accounts:users", "refused")


def test_a_search_a_file_and_a_page_on_paper_are_looks(office: Office) -> None:
    anna, _other = office.of(office.jo, surname="Kanarie"), office.of(office.jo)
    office.sign_in(office.jo)
    office.browser.post(reverse("desk:search"), {"q": "kana"}, follow=True)
    office.browser.get(reverse("reporting:export", args=["caseload", "csv"]))
    office.browser.get(reverse("reporting:chart", args=["plaatsing", "1", "png"]))
    office.browser.get(reverse("ladder:paper-of-client", args=[anna.reference]))
    by_action = {row.action: row for row in logged()}
    assert by_action["desk:search"].method == "POST"
    assert by_action["reporting:export"].listed_count == 2
    assert (by_action["reporting:chart"].result, by_action["reporting:chart"].listed_count) == ("done", 0)
    assert subjects(by_action["ladder:paper-of-client"]) == pseudonym_of(anna.reference)


def test_signing_in_is_in_the_log_whether_or_not_it_succeeds(office: Office) -> None:
    office.jo.set_password("een lang wachtwoord")
    office.jo.save()
    for password in ("verkeerd", "een lang wachtwoord"):
        office.browser.post(reverse("accounts:sign-in"), {"username": office.jo.sign_in_name, "password": password})
    wrong, right = logged()
    assert (wrong.user, wrong.action, wrong.result) == ("", "accounts:sign-in", "refused")
    assert (right.user, right.result) == (office.jo.reference, "done")


def test_who_is_not_signed_in_leaves_nothing(office: Office) -> None:
    office.browser.get(reverse("accounts:sign-in"))
    office.browser.get(reverse("dossier:caseload"))
    assert logged() == []


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_args: Any, **_values: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Access.objects, "create", refuses)


def test_without_a_log_nothing_is_shown_and_nothing_is_done(office: Office, broken: None) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.sign_in(office.jo)
    answer = office.browser.get(reverse("dossier:client", args=[anna.reference]))
    assert answer.status_code == 503
    assert "Kanarie" not in answer.content.decode()
    assert "Opstap kan nu niets laten zien" in answer.content.decode()


def test_when_the_log_breaks_in_the_middle_the_answer_is_withheld_and_the_next_is_refused_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))  # the chain is open
    whole = Access.objects.create
    with monkeypatch.context() as patched:
        patched.setattr(Access.objects, "create", lambda **_: (_ for _ in ()).throw(DatabaseError()))
        address = reverse("dossier:client", args=[anna.reference])
        assert "Kanarie" not in office.browser.get(address).content.decode()
        place = reverse("dossier:close", args=[anna.reference])
        assert office.browser.post(place, {}).status_code == 503
    assert Access.objects.create == whole
    assert office.browser.get(address).status_code == 200
    assert len({row.chain for row in Access.objects.all()}) == 2


def test_a_transaction_that_fails_takes_no_record_along(office: Office) -> None:
    """On PostgreSQL the log has the same database, and a connection of its own."""
    assert connections["log"] is not connections["default"]
    assert Access.objects.db == "log"
