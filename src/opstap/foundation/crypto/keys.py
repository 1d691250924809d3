"""The key ring: separate keys for each use, each with a key id; made once in the data folder or given by a file.

A use may have former keys beside the one of now: what they sealed is still read, nothing is sealed with them any more.
The file is followed: whoever asks `of` a use finds the keys as they stand in the file at that moment.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

USES = ("secret", "bsn", "lookup", "log", "pseudonyms", "links", "notes", "backup", "factors")
# What is kept in fields of the database. The others are never renewed: of the log and its pseudonyms nothing could be
# followed any more, addresses and backups would stop working.
RENEWED_USES = ("secret", "bsn", "lookup", "notes", "factors")
KEY_BYTES = 32


class KeysMissing(Exception):
    """There is no key file and none may be made here."""


@dataclass(frozen=True)
class Key:
    """One key and its id; the id is stored beside what was encrypted with it."""

    identifier: str
    value: bytes


@dataclass(frozen=True)
class FormerKey:
    """A key of before, and until when it was the one that seals."""

    key: Key
    until: datetime


@dataclass(frozen=True)
class KeyRing:
    """All keys of an installation by use. `path` is the file it was read from, if it was."""

    keys: dict[str, Key]
    former: dict[str, tuple[FormerKey, ...]] = field(default_factory=dict)
    path: Path | None = field(default=None, compare=False)

    def key(self, use: str) -> Key:
        """The key for a use; KeyError for a use that does not exist."""
        return self.keys[use]

    def of(self, use: str) -> KeysOf:
        """The keys for a use, now and whenever they are asked for later; KeyError for a use that does not exist."""
        self.key(use)
        return KeysOf(self, use)

    def every(self, use: str) -> tuple[Key, ...]:
        """The key for a use, and those of before, the latest first."""
        return (self.key(use), *(one.key for one in self.former.get(use, ())))

    def named(self, identifier: str) -> Key | None:
        """The key with this id, if it is here."""
        return next((key for use in self.keys for key in self.every(use) if key.identifier == identifier), None)

    @property
    def secret_text(self) -> str:
        """The signing secret of the web framework."""
        return _as_text(self.keys["secret"])

    @property
    def former_secret_texts(self) -> list[str]:
        """What it signed with before, and still believes."""
        return [_as_text(key) for key in self.every("secret")[1:]]

    def newest(self) -> KeyRing:
        """As the file has it now, or had it while it can't be read; itself where it came from no file."""
        if self.path is None:
            return self
        known = _known.get(self.path)
        try:
            state = self.path.stat()
            stamp = (state.st_ino, state.st_mtime_ns, state.st_size)
            if known is None or known[0] != stamp:
                known = _known[self.path] = (stamp, read_keys(self.path))
        except OSError:
            return self if known is None else known[1]
        return known[1]


_known: dict[Path, tuple[tuple[int, int, int] | None, KeyRing]] = {}


@dataclass(frozen=True)
class KeysOf:
    """The keys of one use, as they stand at the moment of asking."""

    ring: KeyRing
    use: str

    def every(self) -> tuple[Key, ...]:
        """The one that seals, and those of before."""
        return self.ring.newest().every(self.use)


def _as_text(key: Key) -> str:
    digest = hashlib.sha512(b"opstap secret" + key.value).digest()  # as long as Django asks for
    return base64.urlsafe_b64encode(digest).decode()


def read_keys(path: Path) -> KeyRing:
    """The ring in a file."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    former = {
        use: tuple(FormerKey(_key(one), datetime.fromisoformat(one["until"])) for one in entry.get("former", ()))
        for use, entry in stored.items()
    }
    return KeyRing(
        {use: _key(entry) for use, entry in stored.items()}, {use: held for use, held in former.items() if held}, path
    )


def as_stored(ring: KeyRing) -> str:
    """The text of the file."""
    stored: dict[str, dict[str, object]] = {}
    for use, key in ring.keys.items():
        stored[use] = _entry(key)
        if former := ring.former.get(use):
            stored[use]["former"] = [{**_entry(one.key), "until": one.until.isoformat()} for one in former]
    return json.dumps(stored, indent=1)


def fresh_ring() -> KeyRing:
    """A ring of new random keys."""
    return KeyRing({use: fresh_key(use) for use in USES})


def fresh_key(use: str) -> Key:
    """A new random key."""
    return Key(f"{use}-{secrets.token_hex(3)}", secrets.token_bytes(KEY_BYTES))


def renewed(ring: KeyRing, uses: Collection[str], moment: datetime) -> KeyRing:
    """The ring with new keys for some uses; those of now become former keys."""
    former = {use: (FormerKey(ring.key(use), moment), *ring.former.get(use, ())) for use in uses}
    return replace(ring, keys=ring.keys | {use: fresh_key(use) for use in uses}, former={**ring.former, **former})


def without_former(ring: KeyRing) -> KeyRing:
    """The ring with the keys of now only."""
    return replace(ring, former={})


def _entry(key: Key) -> dict[str, object]:
    return {"id": key.identifier, "key": base64.b64encode(key.value).decode()}


def _key(entry: dict[str, str]) -> Key:
    return Key(entry["id"], base64.b64decode(entry["key"]))
