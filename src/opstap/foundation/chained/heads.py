"""The ends of chains, each in a small file of its own: written at every record, on the disk within a second."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SYNC_SECONDS = 1.0


@dataclass(frozen=True)
class Head:
    """The last record of a chain: its place (0: none yet) and its digest."""

    chain: str
    position: int
    digest: bytes


class HeadFile:
    """The file of one chain, held open by the process that writes the chain."""

    def __init__(self, folder: Path, chain: str, digest: bytes) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(folder / chain, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._waiting = threading.Event()
        self.write(Head(chain, 0, digest))
        os.fsync(self._file)
        threading.Thread(target=self._keep_synced, name="heads", daemon=True).start()

    def write(self, head: Head) -> None:
        """Put the new end in place of the old one. It is on the disk a second later at most."""
        os.pwrite(self._file, _line(head), 0)
        self._waiting.set()

    def sync(self) -> None:
        """Put it on the disk now."""
        with contextlib.suppress(OSError):  # closed by the end of the process
            os.fsync(self._file)

    def _keep_synced(self) -> None:
        while True:
            self._waiting.wait()
            self._waiting.clear()
            self.sync()
            time.sleep(SYNC_SECONDS)


def read_heads(folder: Path) -> dict[str, Head]:
    """Every chain that was ever begun, with its end. A file that can't be read gives a head that fits nothing."""
    if not folder.is_dir():
        return {}
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def latest_heads(folder: Path, most: int) -> list[Head]:
    """The ends that were written last."""
    if not folder.is_dir():
        return []
    files = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    return [_read(Path(entry.path)) for entry in files[:most]]


def _line(head: Head) -> bytes:
    return f"{head.position:020d} {head.digest.hex()}\n".encode()


def _read(path: Path) -> Head:
    try:
        position, digest = path.read_text(encoding="ascii").split()
        return Head(path.name, int(position), bytes.fromhex(digest))
    except ValueError:
        return Head(path.name, 1 << 62, b"")
