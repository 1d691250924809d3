"""Whether a key file belongs to a database, also where no BSN stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as used
from django.db import connections

from opstap.audit.models import Access
from opstap.audit.operations import accesses, ensure_log
from opstap.config.belonging import refuse_keys_of_others, refuse_other_keys
from opstap.config.command import Refusal
from opstap.contacts.models import Contact
from opstap.foundation.crypto import KeyRing
from opstap.foundation.crypto.keys import fresh_key
from opstap.foundation.snapshots import Place
from tests.factories.clients import a_client
from tests.factories.contacts import spoken
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    """No chain yet, and the heads in a folder of the test."""
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


def others(*uses: str) -> KeyRing:
    """The keys of here, and for some uses those of another installation."""
    return KeyRing(used.OPSTAP_KEYS.keys | {use: fresh_key(use) for use in uses})


def test_an_empty_database_belongs_to_any_keys(settings: Any) -> None:
    settings.OPSTAP_KEYS = others("bsn", "notes", "log")
    refuse_other_keys()


@pytest.mark.parametrize(("use", "belongs"), [("notes", False), ("bsn", True), ("log", True)])
def test_it_is_told_by_a_note(settings: Any, use: str, *, belongs: bool) -> None:
    client = a_client(a_municipality())
    spoken(client, date(2026, 3, 4))
    spoken(client, date(2026, 3, 5), note="een gesprek")
    assert Contact.objects.exclude(note_key="").count() == 1
    refuse_other_keys()
    settings.OPSTAP_KEYS = others(use)
    told(belongs=belongs)


@pytest.mark.parametrize(("use", "belongs"), [("log", False), ("bsn", True), ("notes", True)])
def test_it_is_told_by_the_log(settings: Any, use: str, *, belongs: bool) -> None:
    for _process in range(5):
        accesses._chains.clear()
        ensure_log()
    assert Access.objects.count() == 5
    refuse_other_keys()
    settings.OPSTAP_KEYS = others(use)
    told(belongs=belongs)


def test_a_log_that_went_on_by_other_keys_for_a_while_is_not_refused(settings: Any) -> None:
    ensure_log()
    right, settings.OPSTAP_KEYS = used.OPSTAP_KEYS, others("log")
    for _process in range(5):
        accesses._chains.clear()
        ensure_log()
    settings.OPSTAP_KEYS = right
    refuse_other_keys()


def told(*, belongs: bool) -> None:
    """Whether it is refused, in words with the file."""
    if belongs:
        refuse_other_keys()
        return
    with pytest.raises(Refusal, match="hoort niet bij deze database") as refused:
        refuse_other_keys()
    assert str(used.KEYS_FILE) in str(refused.value)


def test_of_a_key_file_that_was_spoiled_it_is_said_what_is_wrong_with_it(settings: Any) -> None:
    ensure_log()
    ring = used.OPSTAP_KEYS
    settings.OPSTAP_KEYS = KeyRing(ring.keys | {"log": ring.key("links")})
    with pytest.raises(Refusal, match="is niet in orde") as refused:
        refuse_other_keys()
    assert "De sleutels voor log en links zijn dezelfde." in str(refused.value)


@pytest.mark.parametrize(("use", "alias"), [("bsn", "default"), ("notes", "default"), ("log", "log")])
def test_a_database_of_a_backup_is_asked_the_same(use: str, alias: str) -> None:
    client = a_client(a_municipality(), bsn="999990019")
    spoken(client, date(2026, 3, 4), note="een gesprek")
    ensure_log()
    refuse_keys_of_others(used.OPSTAP_KEYS, connections[alias])
    with pytest.raises(Refusal, match=r"hoort niet bij deze reservekopie.*Er is niets veranderd"):
        refuse_keys_of_others(others(use), connections[alias])
    assert "beside" not in connections


def test_of_a_database_without_those_tables_nothing_can_be_told_yet(tmp_path: Path) -> None:
    empty = Place("default", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "empty"), "OPTIONS": {}})
    with empty.opened() as connection:
        refuse_keys_of_others(others("bsn", "notes", "log"), connection)
