"""The character that PostgreSQL takes in no text: whatever it stands in, the answer is 400 in our words on both."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from opstap.selections.models import WorkingList
from tests.factories.accounts import a_worker
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
WORDS = "Opstap begrijpt dit verzoek niet"


def is_refused(answer: Any) -> bool:
    return answer.status_code == 400 and WORDS in answer.content.decode()


@pytest.fixture
def office(client: Client) -> Office:
    found = Office(client)
    client.raise_request_exception = False
    return found


@pytest.mark.parametrize(
    "address", ["/inzage/?user=%00", "/inzage/?client=a%00b", "/inzage/?a%00=b", "/inzage/bestand/csv/?user=%00",
                "/inzage/%00/"],
)  # fmt: skip
def test_an_address_with_it_is_refused(office: Office, address: str) -> None:
    assert is_refused(office.sign_in(a_worker(office.town, "privacy_officer")).browser.get(address))


@pytest.mark.parametrize("sent", [{"number": "4\x00"}, {"number": ["4", "5\x00"]}, {"4\x00": "number"}])
def test_a_form_with_it_is_refused(office: Office, sent: dict[str, Any]) -> None:
    assert is_refused(office.sign_in(a_worker(office.town, "privacy_officer")).browser.post("/inzage/", sent))


def test_who_did_not_sign_in_is_answered_the_same(office: Office) -> None:
    assert is_refused(office.browser.get("/aanmelden/?next=%00"))
    assert is_refused(office.browser.post("/aanmelden/", {"username": "a\x00", "password": "b"}))


def test_a_cookie_with_it_is_refused(office: Office) -> None:
    said = f'{settings.SESSION_COOKIE_NAME}="' + "\\000" * 32 + '"'
    assert is_refused(Client(raise_request_exception=False).get("/", headers={"cookie": said}))


def test_what_stands_in_a_file_is_read_there(office: Office) -> None:
    whole = SimpleUploadedFile("a.csv", b"nummer;na\x00am")
    assert not is_refused(office.sign_in(office.coordinator).browser.post("/import/", {"file": whole}))


def test_it_does_not_come_in_within_what_is_sent(office: Office) -> None:
    """The choices of a list come as an address within a form."""
    given = {"name": "Mijn lijst", "list": "stage=%00", "next": "/clienten/"}
    assert is_refused(office.sign_in(office.jo).browser.post(reverse("dossier:list-keep"), given))
    assert not WorkingList.objects.exists()


def test_what_only_looks_like_it_is_read(office: Office) -> None:
    officer = a_worker(office.town, "privacy_officer")
    assert office.sign_in(officer).browser.get("/inzage/?user=%2500").status_code == 200
    assert office.browser.post("/inzage/", {"number": "%00"}).status_code == 400
    assert not is_refused(office.browser.post("/inzage/", {"number": "%00"}))
