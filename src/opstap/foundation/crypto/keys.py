"""The key ring: separate keys for each use, each with a key id; made once in the data folder or given by a file."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

USES = ("secret", "bsn", "lookup", "log", "pseudonyms", "links", "notes", "backup", "factors")
KEY_BYTES = 32


class KeysMissing(Exception):
    """There is no key file and none may be made here."""


@dataclass(frozen=True)
class Key:
    """One key and its id; the id is stored beside what was encrypted with it."""

    identifier: str
    value: bytes


@dataclass(frozen=True)
class KeyRing:
    """All keys of an installation by use."""

    keys: dict[str, Key]

    def key(self, use: str) -> Key:
        """The key for a use; KeyError for a use that does not exist."""
        return self.keys[use]

    def named(self, identifier: str) -> Key | None:
        """The key with this id, if it is here."""
        return next((key for key in self.keys.values() if key.identifier == identifier), None)

    @property
    def secret_text(self) -> str:
        """The signing secret of the web framework."""
        digest = hashlib.sha512(b"opstap secret" + self.keys["secret"].value).digest()  # as long as Django asks for
        return base64.urlsafe_b64encode(digest).decode()


def load_keys(path: Path, *, may_make: bool) -> KeyRing:
    """Read the key file; make it (readable by its owner only) where that is allowed, and what a later version added."""
    if not path.exists():
        if not may_make:
            raise KeysMissing(str(path))
        _make(path)
    ring = _read(path)
    return _completed(path) if may_make and _missing(ring) else ring


def _read(path: Path) -> KeyRing:
    stored = json.loads(path.read_text(encoding="utf-8"))
    return KeyRing({use: Key(entry["id"], base64.b64decode(entry["key"])) for use, entry in stored.items()})


def _missing(ring: KeyRing) -> Collection[str]:
    return [use for use in USES if use not in ring.keys]


def _completed(path: Path) -> KeyRing:
    """The file with keys for new uses beside the old ones; two starts at once agree on them."""
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ring = _read(path)
        missing = _missing(ring)
        if missing:
            made = fresh_ring()
            ring = KeyRing(ring.keys | {use: made.key(use) for use in missing})
            _written(path, ring).replace(path)
    return ring


def fresh_ring() -> KeyRing:
    """A ring of new random keys."""
    return KeyRing({use: Key(f"{use}-{secrets.token_hex(3)}", secrets.token_bytes(KEY_BYTES)) for use in USES})


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = _written(path, fresh_ring())
    try:
        os.link(temporary, path)  # atomic, and never over a file that another start made meanwhile
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _written(path: Path, ring: KeyRing) -> Path:
    """A ring in a temporary file beside its place, on the disk."""
    text = json.dumps(
        {use: {"id": key.identifier, "key": base64.b64encode(key.value).decode()} for use, key in ring.keys.items()},
        indent=1,
    )
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    return temporary
