"""The head of a chain is on the disk within a second of each record."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from opstap.foundation.chained import Head, HeadFile, heads


def test_every_head_is_synced_by_itself_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in the file when the disk was made to have it: the end that was written last, each time."""
    synced: list[bytes] = []
    seen, fsync = threading.Condition(), os.fsync

    def noted(file: int) -> None:
        fsync(file)
        with seen:
            synced.append(os.pread(file, 20, 0))
            seen.notify_all()

    monkeypatch.setattr(os, "fsync", noted)
    file = HeadFile(tmp_path / "heads", "a", b"0")
    assert synced[0] == b"%020d" % 0  # before the first record
    for place in (1, 2):
        file.write(Head("a", place, b"x"))
        with seen:
            seen.wait_for(lambda: len(synced) > place, timeout=30)  # noqa: B023 - waited for within the turn
            assert synced[-1] == b"%020d" % place
    assert heads.SYNC_SECONDS <= 1
