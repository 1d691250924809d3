"""The form of what is sealed: a log of years ago has to prove itself still, so no byte of it may change unseen."""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import BinaryField, F, Value

from opstap.audit.logic.cuts import Cut
from opstap.audit.logic.entries import Entry, content_of, result_of
from opstap.audit.logic.seen import Seen, note_on_behalf, watching
from opstap.audit.models import Access
from opstap.audit.operations import accesses, log_access, record_access
from opstap.audit.permissions import Actor
from opstap.audit.selectors.accesses import Place, looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.audit.selectors.verifying import Wrong, verify_log
from opstap.foundation.chained import Head, next_digest, opening_digest

KEY, AT = b"k" * 32, datetime(2031, 5, 2, 12, tzinfo=UTC)
MICROSECONDS = b"1935489600000000"  # from 1970 until then
PLAIN = Entry(AT, "screen", "u", "case_manager", "B", 12, "dossier:client", "GET", b"s" * 16, b"l" * 32, 2, "w", "done")


def by_hand(*parts: bytes) -> bytes:
    """Each with its length before it, in four bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def sealed(said: bytes) -> bytes:
    return hmac.new(KEY, said, hashlib.sha256).digest()


@pytest.mark.parametrize("municipality", [12, None])
def test_of_a_record_every_value_is_in_it(municipality: int | None) -> None:
    where = b"" if municipality is None else b"12"
    words = (
        MICROSECONDS,
        b"screen",
        b"u",
        b"case_manager",
        b"B",
        where,
        b"dossier:client",
        b"GET",
        b"2",
        b"w",
        b"done",
    )
    entry = replace(PLAIN, municipality=municipality)
    assert content_of("c", 7, entry) == by_hand(b"1", b"c", b"7", *words, b"s" * 16, b"l" * 32)
    for began, trace, caller in ((AT, b"t" * 24, b""), (None, b"", b"c" * 24), (AT, b"", b"")):
        traced = replace(entry, began_at=began, trace=trace, caller=caller)
        ended = (b"s" * 16, b"l" * 32, b"" if began is None else MICROSECONDS, trace, caller)
        assert content_of("c", 7, traced) == by_hand(b"2", b"c", b"7", *words, *ended)


def test_digests_and_seals_are_made_of_it_by_the_key() -> None:
    first = sealed(b"open\x00c")
    assert opening_digest(KEY, "c") == first
    assert next_digest(KEY, first, b"content") == sealed(first + b"content")
    assert Head("c", 7, b"d").seal(KEY) == sealed(b"head\x00" + by_hand(b"c", b"7", b"d"))
    cut = Cut("c", 7, b"d", 3, AT, AT)
    assert cut.seal(KEY) == sealed(b"cut\x00" + by_hand(b"c", b"7", b"3", MICROSECONDS, MICROSECONDS, b"d"))
    assert first.hex() == "0860b569b505f17c80a318d1f64c863025126a8c65119586e29e3ce53337c093"


@pytest.mark.parametrize(
    ("status", "out_of_reach", "result"),
    [
        (200, False, "done"), (302, False, "done"), (400, False, "done"), (409, False, "done"),
        (401, False, "refused"), (403, True, "refused"), (429, False, "refused"),
        (404, False, "not_there"), (404, True, "out_of_reach"),
        (499, False, "done"), (500, False, "failed"), (503, True, "failed"),
    ],
)  # fmt: skip
def test_what_came_of_a_request(status: int, result: str, *, out_of_reach: bool) -> None:
    assert result_of(status, out_of_reach=out_of_reach) == result


class TestWritten:
    """What stands in the database of it."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def heads(self, tmp_path: Path, settings: Any) -> Path:
        """A log of its own."""
        settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
        accesses._chains.clear()
        return tmp_path / "heads"

    def test_an_opening_is_of_the_log_itself_and_about_nobody(self) -> None:
        accesses.ensure_log()
        opened = Access.objects.get()
        assert (opened.action, opened.source, opened.user, opened.roles) == ("log:opened", "log", "", "")
        assert (opened.on_behalf_of, opened.municipality, opened.method, opened.result) == ("", None, "", "done")
        assert (bytes(opened.subject), bytes(opened.listed), opened.listed_count) == (b"", b"", 0)
        assert (opened.why, opened.position) == ("{}", 1)

    def test_a_chain_goes_on_until_the_day_is_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        day = 86_400 * 20_000
        for second in (0, 1, 86_399, 86_400):
            monkeypatch.setattr(time, "time", lambda at=day + second: at + 0.25)
            record_access(PLAIN)
        chains = list(Access.objects.filter(action=PLAIN.action).order_by("pk").values_list("chain", flat=True))
        assert [chains.index(one) for one in chains] == [0, 0, 0, 3]
        assert all(len(one) == 24 for one in chains)

    def test_who_was_asked_for_or_written_about_is_not_listed_as_well(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(accesses, "people_of", lambda dossiers: [{1: "a", 2: "b"}[one] for one in sorted(dossiers)])
        seen = Seen(subject="a", listed=dict.fromkeys("abcd"), written={1, 2})
        log_access(
            by=Actor("u", "U", "screen", on_behalf_of="van de actor"),
            action="x",
            method="POST",
            result="done",
            seen=seen,
        )
        row = Access.objects.get(action="x")
        assert bytes(row.subject) == pseudonym_of("a")
        assert bytes(row.listed) == pseudonym_of("b") + pseudonym_of("c") + pseudonym_of("d")
        assert (row.listed_count, row.on_behalf_of) == (3, "van de actor")

    def test_for_whom_somebody_stands_in_comes_before_for_whom_a_program_runs(self) -> None:
        with watching() as seen:
            note_on_behalf("Afwezige")
        log_access(by=Actor("u", "U", "screen", on_behalf_of="x"), action="y", method="", result="done", seen=seen)
        assert Access.objects.get(action="y").on_behalf_of == "Afwezige"

    def test_looks_come_the_latest_first_in_whichever_order_they_were_written(self) -> None:
        for minutes in (2, 0, 1):
            record_access(
                replace(PLAIN, at=AT + timedelta(minutes=minutes), subject=pseudonym_of("a"), why=str(minutes))
            )
        assert [look.why for look in looks_at(["a"])] == ["2", "1", "0"]

    def test_what_is_wrong_names_its_chain_and_place(self, heads: Path) -> None:
        accesses.ensure_log()
        chain = Access.objects.get().chain
        accesses._chains.clear()
        accesses.ensure_log()
        opened = Access.objects.get(chain=chain)
        (heads / chain).unlink()
        assert verify_log().wrong == [Wrong("unknown_chain", chain, 1, opened.at)]
        where = ' ON "audit_access"' if connections["log"].vendor == "postgresql" else ""
        with connections["log"].cursor() as cursor:
            cursor.execute(f'DROP TRIGGER IF EXISTS "ao_audit_access_delete"{where}')
        Access.objects.filter(chain=chain)._raw_delete("log")
        assert verify_log().wrong == [Wrong("whole_chain", chain, 1, None)]


def test_postgresql_is_asked_in_its_own_words_where_bytes_stand() -> None:
    server = DatabaseWrapper({"ENGINE": "django.db.backends.postgresql", "NAME": "", "OPTIONS": {}}, "none")
    rows = Access.objects.alias(at_place=Place(F("listed"), Value(b"p", output_field=BinaryField()))).filter(
        at_place__gt=0
    )
    text, given = rows.query.get_compiler(connection=server).as_sql()
    assert text.endswith('WHERE POSITION(%s IN "audit_access"."listed") > %s')
    assert len(given) == 2
