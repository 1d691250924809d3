"""The head of a chain is on the disk within a second of each record."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from opstap.foundation.chained import EMPTY, Head, HeadFile, heads, latest_heads, read_heads

KEY = b"k" * 32


def test_every_head_is_synced_by_itself_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in the file when the disk was made to have it: the end that was written last, each time."""
    synced: list[bytes] = []
    seen, fsync = threading.Condition(), os.fsync

    def noted(file: int) -> None:
        fsync(file)
        if Path(f"/proc/self/fd/{file}").readlink() != tmp_path / "heads/a":
            return  # of a test before this one
        with seen:
            synced.append(os.pread(file, 20, 0))
            seen.notify_all()

    monkeypatch.setattr(os, "fsync", noted)
    file = HeadFile(tmp_path / "heads", "a", b"0", KEY)
    assert synced[0] == b"%020d" % 0  # before the first record
    for place in (1, 2):
        file.write(Head("a", place, b"x"))
        with seen:
            seen.wait_for(lambda: len(synced) > place, timeout=30)  # noqa: B023 - waited for within the turn
            assert synced[-1] == b"%020d" % place
    assert heads.SYNC_SECONDS <= 1


def test_a_head_that_is_let_go_is_on_the_disk_and_its_file_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, close = threading.Event(), os.close

    def noted(file: int) -> None:
        close(file)
        closed.set()

    monkeypatch.setattr(os, "close", noted)
    monkeypatch.setattr(heads, "SYNC_SECONDS", 0.01)
    file = HeadFile(tmp_path / "heads", "a", b"0", KEY)
    file.write(Head("a", 1, b"x"))
    file.close()
    assert closed.wait(30)
    assert read_heads(tmp_path / "heads", KEY) == {"a": Head("a", 1, b"x")}


def test_an_earlier_end_can_be_written_with_the_key_only(tmp_path: Path) -> None:
    file = HeadFile(tmp_path, "a", b"0", KEY)
    file.write(Head("a", 7, b"x"))
    written = (tmp_path / "a").read_text()
    (tmp_path / "a").write_text(written.replace(f"{7:020d}", f"{6:020d}"))
    assert read_heads(tmp_path, KEY)["a"].position > 7
    (tmp_path / "a").write_text(f"{6:020d} {b'x'.hex()}\n")
    assert read_heads(tmp_path, KEY)["a"].position > 7
    (tmp_path / "a").write_text(written)
    assert read_heads(tmp_path, KEY)["a"] == Head("a", 7, b"x")
    assert read_heads(tmp_path, b"another key")["a"].position > 7


def test_a_file_that_goes_while_the_folder_is_read_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process takes back what it could not begin."""
    for name in ("a", "b"):
        HeadFile(tmp_path, name, b"0", KEY)
    read = Path.read_bytes

    def gone(path: Path) -> bytes:
        if path.name == "a":
            path.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert read_heads(tmp_path, KEY).keys() == {"b"}
    HeadFile(tmp_path, "a", b"0", KEY)
    assert [head.chain for head in latest_heads(tmp_path, KEY)] == ["b"]


def test_an_empty_file_is_told_from_one_that_says_something_else(tmp_path: Path) -> None:
    for name, content in (("a", b""), ("b", b"\n"), ("c", b"\xff"), ("d", b"niets")):
        (tmp_path / name).write_bytes(content)
    places = {name: head.position for name, head in read_heads(tmp_path, KEY).items()}
    assert places == {"a": EMPTY, "b": heads.FITS_NOTHING, "c": heads.FITS_NOTHING, "d": heads.FITS_NOTHING}


def test_a_head_that_does_not_fit_on_the_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, content, at: pwrite(file, content[:40], at))
    with pytest.raises(OSError, match="No space left"):
        HeadFile(tmp_path, "a", b"0", KEY)
    assert list(tmp_path.iterdir()) == []
