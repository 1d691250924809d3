"""Every answer carries what keeps a browser safe, whoever makes it; and where a hole in the security is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, reverse

from opstap.config import views
from opstap.config.headers import HEADERS
from opstap.foundation import dates
from tests.architecture.test_urls import leaves
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
NOBODY = "23456789abcd"  # the reference of nothing
OF_A_KIND = {"slug": "plaatsing", "key": "vng", "file_format": "csv"}
SECURITY_TXT = "/.well-known/security.txt"


def addresses(reference: str) -> Iterator[tuple[str, str]]:
    """Each address of the resolver, filled in with what is there, as far as it is a client, and with what is not."""
    known = {**OF_A_KIND, "reference": reference}
    for name, _route, pattern in leaves(get_resolver().url_patterns):
        given = {word: known.get(word, NOBODY) for word in pattern.pattern.converters}
        if "slug" in given and "reference" in given:
            given["slug"] = "uitkering"  # a part of a dossier
        yield name, reverse(name, kwargs=given)


def missing(response: Any) -> list[str]:
    """The headers that an answer lacks, and what they say that they should not."""
    found = [name for name in HEADERS if not response.headers.get(name)]
    policy = response.headers.get("Content-Security-Policy", "")
    found += [
        word for word in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'") if word not in policy
    ]
    found += [word for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy]
    return found


def unsafe(response: Any) -> list[str]:
    """The same for what nobody may keep."""
    kept = response.headers.get("Cache-Control", "")
    return missing(response) + ([f"kept: {kept}"] if "no-store" not in kept else [])


def test_every_address_by_every_way_for_everybody(client: Client) -> None:
    office, seen, wrong = Office(client), set[int](), []
    client.raise_request_exception = False
    reference = office.of(office.jo).reference
    for user, methods in ((None, ["get"]), (office.jo, ["get", "post", "put"]), (office.administrator, ["get"])):
        client.logout() if user is None else office.sign_in(user)
        for name, address in addresses(reference):
            for method in methods:
                if name == "accounts:sign-out" and method == "post":
                    continue  # would leave nobody there for what follows
                answer = getattr(client, method)(address)
                seen.add(answer.status_code)
                wrong += [f"{method} {address} ({answer.status_code}): {fault}" for fault in unsafe(answer)]
    assert wrong == []
    assert {200, 302, 400, 403, 404, 405} <= seen
    assert not {status for status in seen if status >= 500}


def test_nothing_answers_to_trace_and_what_was_sent_does_not_come_back(client: Client) -> None:
    """TRACE would give a script back the cookie that it may not read."""
    office, seen, wrong = Office(client), set[int](), []
    client.raise_request_exception = False
    reference = office.of(office.jo).reference
    for user in (None, office.jo, office.administrator):
        client.logout() if user is None else office.sign_in(user)
        for _name, address in addresses(reference):
            answer = client.trace(address, headers={"x-sent": "kanarie"})
            seen.add(answer.status_code)
            if answer.status_code < 300 or "kanarie" in answer.content.decode():
                wrong.append(f"{address}: {answer.status_code}")
    assert wrong == []
    assert seen == {405}


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.git/HEAD", "/.env", "/manage.py", "/static/../.git/config", "/static/.git/config",
             "/static/%2e%2e/%2e%2e/pyproject.toml", "/requirements.lock"],
)  # fmt: skip
def test_no_file_of_the_source_or_its_history_is_given(client: Client, path: str) -> None:
    Office(client)
    assert client.get(path).status_code == 404


def test_files_and_paper(client: Client) -> None:
    office = Office(client)
    whose = f"/plaatsen/{office.of(office.jo).reference}/formulier.pdf"
    office.sign_in(office.coordinator)
    for path in ("/rapporten/plaatsing/bestand/csv/", "/clienten/bestand/xlsx/", whose):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert unsafe(answer) == []


def test_errors_that_no_page_makes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(client)
    client.raise_request_exception = False
    office.sign_in(office.coordinator)
    strict = Client(enforce_csrf_checks=True)
    answers = [
        client.get("/", headers={"host": "elders.example"}),
        client.get("/bestaat-niet/"),
        strict.post("/zoeken/"),
    ]
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10):
        body = "q=" + "x" * 100
        answers.append(client.post("/zoeken/", body, content_type="application/x-www-form-urlencoded"))
    for fault in (RuntimeError("?"), OperationalError("?")):
        monkeypatch.setattr(views, "items_of", _failing(fault))
        answers.append(client.get("/"))
    assert [answer.status_code for answer in answers][:3] == [400, 404, 403]
    assert answers[3].status_code in {400, 413}
    assert {answer.status_code for answer in answers[4:]} <= {500, 503}
    assert [unsafe(answer) for answer in answers] == [[]] * len(answers)


def _failing(fault: Exception) -> Any:
    def fails(*_: object) -> None:
        raise fault

    return fails


def test_a_style_sheet_may_be_kept_and_is_as_safe(client: Client) -> None:
    answer = client.get("/static/ui/base.css")
    assert answer.status_code == 200
    assert missing(answer) == []
    answer.close()
    assert "max-age" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


def test_who_finds_a_hole_reads_where_to_tell_of_it(client: Client) -> None:
    assert client.get(SECURITY_TXT).status_code == 404
    contacts = ["veilig@voorbeeldstad.example", "https://www.voorbeeldstad.example/melden"]
    policy = "https://www.voorbeeldstad.example/beleid"
    with override_settings(OPSTAP_SECURITY_CONTACT=contacts, OPSTAP_SECURITY_POLICY=policy):
        answer = client.get(SECURITY_TXT)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == [f"mailto:{contacts[0]}", contacts[1]]
    assert dict(fields)["Preferred-Languages"] == "nl, en"
    assert dict(fields)["Policy"] == policy
    expires = datetime.strptime(dict(fields)["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=80) < expires - dates.now() < timedelta(days=365)
    assert client.post(SECURITY_TXT).status_code == 405


def test_the_guard_can_fail() -> None:
    class Answer:
        headers = dict(HEADERS)

    assert unsafe(Answer()) == []
    Answer.headers = {**HEADERS, "Content-Security-Policy": "script-src 'unsafe-inline'", "Cache-Control": "public"}
    assert len(unsafe(Answer())) == 5
