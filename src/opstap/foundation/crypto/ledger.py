"""A file of lines that each vouch for the one before, outside the database: what must outlive putting back a backup."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from opstap.foundation.crypto.cipher import LookUp
from opstap.foundation.crypto.keys import Key


class LedgerBroken(Exception):
    """A line of the file is not what was written."""


class Ledger:
    """Texts in their order; a line is on the disk when `append` returns."""

    def __init__(self, path: Path, key: Key, context: str) -> None:
        self._path = path
        self._seals = LookUp(key, f"{context}:seal")
        self._marks = LookUp(key, f"{context}:mark")

    def mark_of(self, text: str) -> str:
        """What stands for a text: the same each time, and of no use to whoever does not have the text and the key."""
        return self._marks.digest(text).hex()

    def append(self, text: str) -> None:
        """Add a line."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            known = list(self._lines(stream.read()))
            seal = known[-1][1] if known else ""
            stream.seek(0, os.SEEK_END)
            stream.write(json.dumps([text, self._seal(seal, text)]) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def texts(self) -> list[str]:
        """All lines; nothing where there is no file. LedgerBroken when one was changed or lost."""
        if not self._path.exists():
            return []
        return [text for text, _seal in self._lines(self._path.read_text(encoding="utf-8"))]

    def _lines(self, content: str) -> Iterator[tuple[str, str]]:
        before = ""
        for line in content.splitlines():
            try:
                text, seal = json.loads(line)
            except ValueError:
                raise LedgerBroken from None
            if seal != self._seal(before, text):
                raise LedgerBroken
            yield text, seal
            before = seal

    def _seal(self, before: str, text: str) -> str:
        return self._seals.digest(f"{before}\n{text}").hex()
