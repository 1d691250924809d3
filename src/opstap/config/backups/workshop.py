"""The place where a backup is made or tried: for one process at a time, and cleared of what an interrupted one left."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opstap.config.backups.in_use import WORK, work_lock
from opstap.config.backups.installation import Installation
from opstap.foundation.snapshots import Place, postgres

MADE = "made.jsonl"


@dataclass(frozen=True)
class Workshop:
    """A folder of its own, and a list of what is made outside it, written down before it is made."""

    folder: Path
    installation: Installation

    def will_make_file(self, path: Path) -> Path:
        """A file or folder that is taken away at the end, unless it has got its final name by then."""
        self._write_down({"file": str(path)})
        return path

    def will_make_database(self, place: Place, name: str) -> str:
        """The same of a database."""
        self._write_down({"alias": place.alias, "database": name})
        return name

    def clear(self) -> None:
        """Take away all that was made, also by an earlier process that was cut off."""
        made = self.folder / MADE
        for line in made.read_text(encoding="utf-8").splitlines() if made.exists() else []:
            self._take_away(json.loads(line))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _take_away(self, entry: dict[str, str]) -> None:
        if "file" in entry:
            path = Path(entry["file"])
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
        elif entry["alias"] in self.installation.databases:
            alias = entry["alias"]
            postgres.drop(Place(alias, self.installation.databases[alias]), entry["database"])

    def _write_down(self, entry: dict[str, str]) -> None:
        with (self.folder / MADE).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")
            stream.flush()
            os.fsync(stream.fileno())


@contextmanager
def workshop(installation: Installation) -> Iterator[Workshop]:
    """An empty one; refused while another process has it."""
    with work_lock(installation.data):
        shop = Workshop(installation.data / WORK, installation)
        shop.clear()
        shop.folder.mkdir(mode=0o700)
        try:
            yield shop
        finally:
            shop.clear()
