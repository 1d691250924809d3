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
    """A line of the file is not what was written, or lines are gone."""


class Ledger:
    """Texts in their order; a line is on the disk when `append` returns.

    The head, a file of its own, says how many lines there are at least and how the last of them is sealed: lines that
    are cut off the end are missed.
    """

    def __init__(self, path: Path, key: Key, context: str, *, head: Path) -> None:
        self._path, self._head = path, head
        self._seals = LookUp(key, f"{context}:seal")
        self._marks = LookUp(key, f"{context}:mark")

    @property
    def is_there(self) -> bool:
        """Whether there is a file."""
        return self._path.exists()

    def mark_of(self, text: str) -> str:
        """What stands for a text: the same each time, and of no use to whoever does not have the text and the key."""
        return self._marks.digest(text).hex()

    def append(self, text: str) -> None:
        """Add a line; the file is as it was when that fails."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            content = _whole_lines(stream.readall())
            known = list(self._lines(content))
            self._require_head(known)
            seal = self._seal(known[-1][1] if known else "", text)
            try:
                stream.truncate(len(content))
                stream.seek(len(content))
                _write(stream.fileno(), json.dumps([text, seal]).encode() + b"\n")
            except OSError:
                stream.truncate(len(content))
                raise
            self._write_head(len(known) + 1, seal)

    def texts(self) -> list[str]:
        """All lines; nothing where there never was a file. LedgerBroken when one was changed or lost."""
        known = list(self._lines(_whole_lines(self._path.read_bytes()))) if self.is_there else []
        self._require_head(known)
        return [text for text, _seal in known]

    def is_whole(self) -> bool:
        """Whether each line that is left vouches for the one before."""
        try:
            list(self._lines(_whole_lines(self._path.read_bytes())) if self.is_there else [])
        except LedgerBroken:
            return False
        return True

    def take_as_it_is(self) -> None:
        """From now on it is right as it stands, also when lines at the end are gone, or the file is."""
        known = list(self._lines(_whole_lines(self._path.read_bytes()))) if self.is_there else []
        self._write_head(len(known), known[-1][1] if known else "")

    def _lines(self, content: bytes) -> Iterator[tuple[str, str]]:
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

    def _require_head(self, known: list[tuple[str, str]]) -> None:
        """The line of the head is there still; one that was added just before a power cut may stand after it."""
        if not self._head.exists():
            return
        try:
            count, seal = json.loads(self._head.read_bytes())
        except ValueError:
            raise LedgerBroken from None
        if count and (len(known) < count or known[count - 1][1] != seal):
            raise LedgerBroken

    def _write_head(self, count: int, seal: str) -> None:
        self._head.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._head.with_name(f".{self._head.name}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", buffering=0) as stream:
            _write(stream.fileno(), json.dumps([count, seal]).encode())
        new.replace(self._head)


def _whole_lines(content: bytes) -> bytes:
    """Without a last line that was cut off in the middle: whoever wrote it was told that it failed, or was cut off."""
    return content[: content.rfind(b"\n") + 1]


def _write(place: int, content: bytes) -> None:
    """All of it, on the disk."""
    while content:
        content = content[os.write(place, content) :]
    os.fsync(place)
