"""What a backup consists of: the manifest that goes before its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from opstap.config.command import Refusal

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Part:
    """A file in the backup: a database (its vendor and aliases), or a file that goes along (neither)."""

    name: str
    size: int
    sha256: str
    vendor: str = ""
    aliases: Sequence[str] = ()
    rows: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: datetime
    recording: int
    parts: Sequence[Part]

    @property
    def databases(self) -> list[Part]:
        """The parts that are databases."""
        return [part for part in self.parts if part.vendor]

    @property
    def rows(self) -> int:
        """How many rows there are together."""
        return sum(sum((part.rows or {}).values()) for part in self.parts)

    def as_bytes(self) -> bytes:
        """As it stands in the file."""
        fields = {**asdict(self), "made_at": self.made_at.isoformat(), "format": FORMAT}
        return json.dumps(fields, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a backup; refused when it is of a later format than this program knows."""
    fields = json.loads(content)
    form = fields.pop("format")
    if form != FORMAT:
        raise Refusal(
            f"deze reservekopie is van een nieuwere Opstap (versie {fields.get('version')}, vorm {form}). Installeer "
            "eerst die versie."
        )
    parts = [Part(**part) for part in fields.pop("parts")]
    return Manifest(parts=parts, made_at=datetime.fromisoformat(fields.pop("made_at")), **fields)


def part_of(path: Path, name: str, *, vendor: str = "", aliases: Sequence[str] = (), rows: object = None) -> Part:
    """A file as a part, with its sum."""
    sha256, size = digest_of(path)
    return Part(name, size, sha256, vendor, aliases, rows)  # type: ignore[arg-type]  # counted by the caller


def digest_of(path: Path) -> tuple[str, int]:
    """Sum and size."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest, path.stat().st_size
