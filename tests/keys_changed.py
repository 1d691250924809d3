"""A key file of its own for a test that gives new keys; the keys that other tests use stay as they are."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from opstap.audit.operations import renew_keys, seal_some_anew
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.foundation.crypto import change_keys
from opstap.foundation.crypto.keys import KeyRing, read_keys, renewed

BY = command_line()


class Keys:
    """The keys of the installation that the test is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def ring(self) -> KeyRing:
        """As they stand now."""
        return read_keys(self.path)

    def renew(self, *uses: str) -> None:
        """New keys; for some uses only, without a recording."""
        if uses:
            change_keys(self.path, lambda ring: renewed(ring, uses, dates.now()))
        else:
            renew_keys(by=BY)

    def age(self, passed: timedelta) -> None:
        """As if the keys were renewed that long ago."""
        text = self.path.read_text(encoding="utf-8")
        for former in self.ring.former.values():
            for one in former:
                text = text.replace(one.until.isoformat(), (one.until - passed).isoformat())
        self.path.write_text(text, encoding="utf-8")

    def seal_all_anew(self) -> int:
        """As the background does; how many rows."""
        table, after, changed = "", 0, 0
        while True:
            done = seal_some_anew(by=BY, table=table, after=after)
            table, after, changed = done.table, done.after, changed + done.changed
            if not table:
                return changed


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """A copy of the file, which everybody who asks for a key follows."""
    path = Path(shutil.copy(settings.KEYS_FILE, tmp_path / "keys.json"))
    monkeypatch.setattr(settings, "KEYS_FILE", path)
    monkeypatch.setattr(KeyRing, "newest", lambda _ring: read_keys(path))
    return Keys(path)
