"""What the server writes down when something breaks: the name of the page and the place in the code, nobody's data."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from gunicorn.config import Config

from opstap.config.commands.serve_command import ServerLog
from opstap.config.error_log import WithoutPersons
from opstap.dossier.views import client as page
from tests.factories.desk import Office

MARK = "Kanariegeel"


@pytest.fixture
def written(settings: Any) -> Iterator[io.StringIO]:
    """What stands on the error output of the server."""
    stream, root = io.StringIO(), logging.getLogger()
    name = settings.LOGGING["handlers"]["stderr"]["formatter"]
    assert settings.LOGGING["formatters"][name]["()"] == f"{WithoutPersons.__module__}.{WithoutPersons.__name__}"
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutPersons())
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def _wrong_column(*_given: Any, **_named: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT nosuch{MARK} FROM clients_person WHERE surname = '{MARK}'")  # noqa: S608 - of the test


def _cause_and_effect(*_given: Any, **_named: Any) -> None:
    try:
        int(MARK)
    except ValueError as error:
        raise RuntimeError(MARK) from error


@pytest.mark.django_db
@pytest.mark.parametrize("breaks", [_wrong_column, _cause_and_effect])
def test_it_names_the_page_and_the_place_and_nobody(
    breaks: Any, client: Browser, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(client)
    found = office.of(office.jo, MARK)
    office.sign_in(office.jo)
    client.raise_request_exception = False
    monkeypatch.setattr(page, "render", breaks)
    assert client.get(f"/clienten/{found.reference}/?soort={MARK}").status_code == 500
    said = written.getvalue()
    assert "500 GET dossier:client" in said
    assert breaks.__name__ in said  # where it was raised
    assert "Error" in said
    assert MARK not in said
    assert found.reference not in said


@pytest.mark.django_db
def test_an_address_that_is_none_of_ours_is_not_written_down(client: Browser, written: io.StringIO) -> None:
    logging.getLogger("django.request").error("Bad Request: %s", f"/{MARK}/", extra={"request": None})
    logging.getLogger("anything").warning("Not right: %s, %s", f"/clienten/23456789abcd/?q={MARK}", ValueError(MARK))
    said = written.getvalue()
    assert MARK not in said
    assert "23456789abcd" not in said
    assert "Not right: /…, builtins.ValueError" in said


@pytest.mark.django_db
def test_nobody_writes_a_line_of_their_own_into_it(
    client: Browser, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = "%0d%0a2031-05-02 12:00:00,000 ERROR verzonnen"
    office = Office(client)
    found = office.of(office.jo)
    office.sign_in(office.jo)
    client.raise_request_exception = False
    monkeypatch.setattr(page, "render", _cause_and_effect)
    answer = client.get(f"/clienten/{found.reference}/?soort={forged}", headers={"user-agent": "x\nverzonnen"})
    assert answer.status_code == 500
    first, *rest = written.getvalue().splitlines()
    assert "500 GET dossier:client" in first
    assert rest
    assert "verzonnen" not in written.getvalue()
    assert not [line for line in rest if line.startswith("20")]


def test_the_code_of_a_database_stays(written: io.StringIO) -> None:
    import sqlite3  # noqa: PLC0415 - an error as its database gives it

    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(":memory:").execute(f"SELECT {MARK}")
    logging.getLogger("anything").error("Broken", exc_info=raised.value)
    assert "sqlite3.OperationalError SQLITE_ERROR" in written.getvalue()
    assert MARK not in written.getvalue()


def test_gunicorn_writes_in_the_same_words(capsys: pytest.CaptureFixture[str]) -> None:
    config = Config()
    config.set("errorlog", "-")
    log = ServerLog(config)
    try:
        int(MARK)
    except ValueError:
        log.exception("Error handling request %s", f"/clienten/23456789abcd/?q={MARK}")
    finally:
        for handler in list(log.error_log.handlers):
            log.error_log.removeHandler(handler)
    said = capsys.readouterr().err
    assert "Error handling request /…" in said
    assert "builtins.ValueError" in said
    assert MARK not in said
    assert "23456789abcd" not in said
