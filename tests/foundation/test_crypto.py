"""Keys are made once and stay; what is encrypted can be read with its own key and place only."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from opstap.foundation.crypto import Cipher, KeysMissing, LookUp, load_keys
from opstap.foundation.crypto.keys import USES, fresh_ring

BSN = "999900006"


def test_a_text_comes_back_and_is_never_stored_twice_alike() -> None:
    cipher = Cipher(fresh_ring().key("bsn"), "bsn")
    first, second = cipher.encrypt(BSN), cipher.encrypt(BSN)
    assert first != second
    assert BSN.encode() not in first
    assert cipher.decrypt(first) == cipher.decrypt(memoryview(second).tobytes()) == BSN


def test_another_key_place_or_value_is_refused() -> None:
    ring = fresh_ring()
    stored = Cipher(ring.key("bsn"), "bsn").encrypt(BSN)
    changed = stored[:-1] + bytes([stored[-1] ^ 1])
    for cipher, value in (
        (Cipher(ring.key("log"), "bsn"), stored),
        (Cipher(ring.key("bsn"), "note"), stored),
        (Cipher(ring.key("bsn"), "bsn"), changed),
    ):
        with pytest.raises(InvalidTag):
            cipher.decrypt(value)


def test_a_digest_is_the_same_for_the_same_text_key_and_place_only() -> None:
    ring = fresh_ring()
    digest = LookUp(ring.key("lookup"), "bsn").digest(BSN)
    assert len(digest) == 32
    assert LookUp(ring.key("lookup"), "bsn").digest(BSN) == digest
    others = {
        LookUp(ring.key("lookup"), "bsn").digest("999900018"),
        LookUp(ring.key("lookup"), "number").digest(BSN),
        LookUp(ring.key("bsn"), "bsn").digest(BSN),
    }
    assert len(others) == 3
    assert digest not in others


def test_one_look_up_digests_many_texts_apart() -> None:
    look_up = LookUp(fresh_ring().key("lookup"), "bsn")
    assert look_up.digest("1") + look_up.digest("2") == look_up.digest("1") + look_up.digest("2")
    assert look_up.digest("12") != look_up.digest("1")


def test_keys_are_made_once_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys.json"
    made = load_keys(path, may_make=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(path, may_make=True) == load_keys(path, may_make=False) == made
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]


def test_every_use_has_a_key_of_its_own(tmp_path: Path) -> None:
    ring = load_keys(tmp_path / "keys.json", may_make=True)
    assert set(ring.keys) == set(USES)
    assert len({ring.key(use).value for use in USES}) == len(USES)
    assert all(len(ring.key(use).value) == 32 and ring.key(use).identifier.startswith(use) for use in USES)
    assert len(ring.secret_text) >= 43


def test_where_no_keys_may_be_made_their_absence_is_said(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(KeysMissing, match=r"keys\.json"):
        load_keys(path, may_make=False)
    assert not path.exists()


def test_a_second_start_at_the_same_moment_keeps_the_first_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    first = load_keys(path, may_make=True)
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert load_keys(path, may_make=True) == first
    assert json.loads(path.read_text(encoding="utf-8"))["bsn"]["id"] == first.key("bsn").identifier


def test_an_older_file_gets_the_keys_of_new_uses_beside_its_own(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = load_keys(path, may_make=True)
    stored = json.loads(path.read_text(encoding="utf-8"))
    del stored["notes"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert "notes" not in load_keys(path, may_make=False).keys
    completed = load_keys(path, may_make=True)
    assert completed.keys.keys() == set(USES)
    assert completed.key("bsn") == old.key("bsn")
    assert load_keys(path, may_make=False) == completed
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
