"""Keys are made once and stay; what is encrypted can be read with its own key and place only."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from opstap.foundation.crypto import Cipher, KeysMissing, LookUp, change_keys, load_keys
from opstap.foundation.crypto.keys import RENEWED_USES, USES, KeyRing, fresh_ring, renewed, without_former

BSN = "999900006"
MOMENT = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


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


def test_the_keys_of_before_open_and_find_and_the_new_ones_seal(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ring = load_keys(path, may_make=True)
    cipher, look_up = Cipher(ring.of("bsn"), "bsn"), LookUp(ring.of("lookup"), "bsn")
    before, found_by, named = cipher.encrypt(BSN), look_up.digest(BSN), cipher.key_id
    assert (cipher.is_current(before), cipher.renewed(before), look_up.is_renewing) == (True, before, False)
    change_keys(path, lambda held: renewed(held, ["bsn", "lookup"], MOMENT))
    now = cipher.renewed(before)
    assert cipher.decrypt(before) == cipher.decrypt(now) == BSN
    assert (cipher.is_current(before), cipher.is_current(now), cipher.key_id == named) == (False, True, False)
    assert look_up.digests(BSN) == [look_up.digest(BSN), found_by]
    assert look_up.is_renewing
    assert load_keys(path, may_make=False).named(named) == ring.key("bsn")
    change_keys(path, without_former)
    with pytest.raises(InvalidTag):
        cipher.decrypt(before)
    assert (cipher.decrypt(now), look_up.digests(BSN)) == (BSN, [look_up.digest(BSN)])


def test_new_keys_leave_the_others_and_the_signing_secret_of_before(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ring = load_keys(path, may_make=True)
    change_keys(path, lambda held: renewed(held, RENEWED_USES, MOMENT))
    now = load_keys(path, may_make=True)
    assert {use for use in USES if now.key(use) != ring.key(use)} == set(RENEWED_USES) == set(now.former)
    assert all(one.until == MOMENT for former in now.former.values() for one in former)
    assert now.former_secret_texts == [ring.secret_text]
    assert now.secret_text != ring.secret_text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_that_is_gone_for_a_moment_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    cipher = Cipher(load_keys(path, may_make=True).of("bsn"), "bsn")
    stored = cipher.encrypt(BSN)
    path.unlink()
    assert cipher.decrypt(stored) == BSN


def test_a_key_file_that_may_not_be_read_leaves_the_keys_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    cipher = Cipher(load_keys(path, may_make=True).of("bsn"), "bsn")
    stored = cipher.encrypt(BSN)
    change_keys(path, lambda held: renewed(held, ["bsn"], MOMENT))

    def refused(_path: Path) -> KeyRing:
        raise PermissionError

    monkeypatch.setattr("opstap.foundation.crypto.keys.read_keys", refused)
    assert cipher.decrypt(stored) == BSN


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another")
def test_new_keys_stay_of_whom_the_file_was(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    load_keys(path, may_make=True)
    os.chown(path, 65_534, 65_533)
    path.chmod(0o640)
    change_keys(path, lambda held: renewed(held, RENEWED_USES, MOMENT))
    for file in (path, path.with_name(".keys.json.lock")):
        state = file.stat()
        assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (65_534, 65_533, 0o640)


def test_keys_that_their_owner_could_not_read_are_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    ring = load_keys(path, may_make=True)

    def refused(_descriptor: int, _user: int, _group: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refused)
    with pytest.raises(PermissionError):
        change_keys(path, lambda held: renewed(held, RENEWED_USES, MOMENT))
    assert load_keys(path, may_make=False) == ring
    assert {one.name for one in tmp_path.iterdir()} <= {"keys.json", ".keys.json.lock"}
