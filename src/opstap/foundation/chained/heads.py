"""The ends of chains, each in a small file of its own: written at every record, on the disk within a second.

Each is sealed with the key of the chains: who only has the files and the records can't write an earlier end.
"""

from __future__ import annotations

import contextlib
import errno
import hmac
import os
import threading
import time
from collections.abc import Iterator
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
EMPTY = FITS_NOTHING + 1  # that of a file without a byte: emptied, or of a process that was killed before it wrote it


class HeadFile:
    """The file of one chain, held open by the process that writes the chain."""

    def __init__(self, folder: Path, chain: str, digest: bytes, key: bytes) -> None:
        self._key = key
        self._path = folder / chain
        self._waiting, self._over = threading.Event(), threading.Event()
        self._is_kept_synced = False
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            self._put(Head(chain, 0, digest))
            os.fsync(self._file)
        except OSError:
            self.take_back()
            raise

    def write(self, head: Head) -> None:
        """Put the new end in place of the old one. It is on the disk a second later at most."""
        self._put(head)
        self._waiting.set()
        if not self._is_kept_synced:
            threading.Thread(target=self._keep_synced, name="heads", daemon=True).start()
            self._is_kept_synced = True

    def close(self) -> None:
        """Nothing more is written to it: the last end goes to the disk, and the file is let go."""
        self._over.set()
        self._waiting.set()
        if not self._is_kept_synced:
            os.close(self._file)

    def take_back(self) -> None:
        """Close it and take it away: of a chain that has no record, and never had one."""
        self.close()
        self._path.unlink(missing_ok=True)

    def sync(self) -> None:
        """Put it on the disk now."""
        with contextlib.suppress(OSError):  # closed by the end of the process
            os.fsync(self._file)

    def _put(self, head: Head) -> None:
        line = _line(head, self._key)
        if os.pwrite(self._file, line, 0) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))

    def _keep_synced(self) -> None:
        while not self._over.is_set():
            self._waiting.wait()
            self._waiting.clear()
            self.sync()
            self._over.wait(SYNC_SECONDS)
        self.sync()
        os.close(self._file)


def read_heads(folder: Path, key: bytes) -> dict[str, Head]:
    """Every chain that was ever begun, with its end. A file that can't be read, or whose seal is wrong, gives a head
    that fits nothing.
    """
    if not folder.is_dir():
        return {}
    found = (_read(path, key) for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return {head.chain: head for head in found if head}


def latest_heads(folder: Path, key: bytes) -> Iterator[Head]:
    """The ends, the one that was written last first. They are read as they are asked for."""
    written = []
    for entry in os.scandir(folder) if folder.is_dir() else []:
        with contextlib.suppress(FileNotFoundError):  # taken back by another process meanwhile
            written.append((entry.stat().st_mtime_ns, entry.name))
    for _at, name in sorted(written, reverse=True):
        head = _read(folder / name, key)
        if head:
            yield head


def _line(head: Head, key: bytes) -> bytes:
    return f"{head.position:020d} {head.digest.hex()} {head.seal(key).hex()}\n".encode()


def _read(path: Path, key: bytes) -> Head | None:
    """None when the file is gone by now."""
    content = b""
    for _ in range(TRIES):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        with contextlib.suppress(ValueError):
            position, digest, seal = content.decode("ascii").split()
            head = Head(path.name, int(position), bytes.fromhex(digest))
            if hmac.compare_digest(head.seal(key), bytes.fromhex(seal)):
                return head
        time.sleep(0.001)
    return Head(path.name, FITS_NOTHING if content else EMPTY, b"")
