"""A ledger: a torn line is nothing, a changed or cut-off one is found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opstap.foundation.crypto import Key, Ledger, LedgerBroken
from opstap.foundation.crypto import ledger as module


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "erasures.ledger"


@pytest.fixture
def ledger(place: Path) -> Ledger:
    return Ledger(place, Key("k1", b"k" * 32), "test", head=place.with_suffix(".head"))


def test_a_torn_last_line_is_nothing_and_the_next_goes_on(ledger: Ledger, place: Path) -> None:
    ledger.append("één")
    with place.open("ab") as stream:
        stream.write(b'["twee", "ab')
    assert ledger.texts() == ["één"]
    ledger.append("drie")
    assert ledger.texts() == ["één", "drie"]


def test_what_could_not_be_written_leaves_the_file_as_it_was(
    ledger: Ledger, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append("een")
    before = place.read_bytes()

    def full(place: int, content: bytes) -> None:
        os.write(place, content[:9])
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(module, "_write", full)
        with pytest.raises(OSError, match="full"):
            ledger.append("twee")
    assert place.read_bytes() == before
    ledger.append("drie")
    assert ledger.texts() == ["een", "drie"]


def test_lines_that_are_cut_off_are_missed_and_so_is_the_file(ledger: Ledger, place: Path) -> None:
    for text in ("een", "twee", "drie"):
        ledger.append(text)
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(b"".join(lines[:2]))
    for act in (ledger.texts, lambda: ledger.append("vier")):
        with pytest.raises(LedgerBroken):
            act()
    ledger.take_as_it_is()
    assert ledger.texts() == ["een", "twee"]
    place.unlink()
    with pytest.raises(LedgerBroken):
        ledger.texts()


def test_a_line_that_came_after_the_head_was_written_is_no_fault(ledger: Ledger, place: Path) -> None:
    ledger.append("een")
    head = place.with_suffix(".head").read_bytes()
    ledger.append("twee")
    place.with_suffix(".head").write_bytes(head)
    assert ledger.texts() == ["een", "twee"]
    ledger.append("drie")
    assert ledger.texts() == ["een", "twee", "drie"]


def test_a_changed_line_is_found(ledger: Ledger, place: Path) -> None:
    ledger.append("een")
    ledger.append("twee")
    place.write_bytes(place.read_bytes().replace(b"een", b"vee"))
    with pytest.raises(LedgerBroken):
        ledger.texts()
