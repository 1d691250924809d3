"""The ends of chains, each in a small file of its own: written at every record, on the disk within a second.

Each is sealed with the key of the chains: who only has the files and the records can't write an earlier end.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from opstap.foundation.chained.links import joined

SYNC_SECONDS = 1.0


@dataclass(frozen=True)
class Head:
    """The last record of a chain: its place (0: none yet) and its digest."""

    chain: str
    position: int
    digest: bytes

    def seal(self, key: bytes) -> bytes:
        """Over all of it."""
        parts = [self.chain.encode(), str(self.position).encode(), self.digest]
        return hmac.digest(key, b"head\x00" + joined(parts), "sha256")


TRIES = 3  # of reading one that is being written at that very moment
FITS_NOTHING = 1 << 62  # the place of an end that can't be read, or that nobody with the key wrote


class HeadFile:
    """The file of one chain, held open by the process that writes the chain."""

    def __init__(self, folder: Path, chain: str, digest: bytes, key: bytes) -> None:
        self._key = key
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(folder / chain, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._waiting = threading.Event()
        self._is_over = False
        self.write(Head(chain, 0, digest))
        os.fsync(self._file)
        threading.Thread(target=self._keep_synced, name="heads", daemon=True).start()

    def write(self, head: Head) -> None:
        """Put the new end in place of the old one. It is on the disk a second later at most."""
        os.pwrite(self._file, _line(head, self._key), 0)
        self._waiting.set()

    def close(self) -> None:
        """Nothing more is written to it: the last end goes to the disk, and the file is let go."""
        self._is_over = True
        self._waiting.set()

    def sync(self) -> None:
        """Put it on the disk now."""
        with contextlib.suppress(OSError):  # closed by the end of the process
            os.fsync(self._file)

    def _keep_synced(self) -> None:
        while not self._is_over:
            self._waiting.wait()
            self._waiting.clear()
            self.sync()
            time.sleep(SYNC_SECONDS)
        self.sync()
        os.close(self._file)


def read_heads(folder: Path, key: bytes) -> dict[str, Head]:
    """Every chain that was ever begun, with its end. A file that can't be read, or whose seal is wrong, gives a head
    that fits nothing.
    """
    if not folder.is_dir():
        return {}
    return {path.name: _read(path, key) for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def latest_heads(folder: Path, most: int, key: bytes) -> list[Head]:
    """The ends that were written last."""
    if not folder.is_dir():
        return []
    files = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    return [_read(Path(entry.path), key) for entry in files[:most]]


def _line(head: Head, key: bytes) -> bytes:
    return f"{head.position:020d} {head.digest.hex()} {head.seal(key).hex()}\n".encode()


def _read(path: Path, key: bytes) -> Head:
    for _ in range(TRIES):
        with contextlib.suppress(ValueError):
            position, digest, seal = path.read_text(encoding="ascii").split()
            head = Head(path.name, int(position), bytes.fromhex(digest))
            if hmac.compare_digest(head.seal(key), bytes.fromhex(seal)):
                return head
        time.sleep(0.001)
    return Head(path.name, FITS_NOTHING, b"")
