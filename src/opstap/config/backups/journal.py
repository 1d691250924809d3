"""The exchange of old for new, written down before it begins, so that it can be finished by whoever comes next."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from opstap.config.backups.in_use import alone
from opstap.config.command import Refusal
from opstap.foundation.snapshots import Place, Unusable, postgres, sqlite

JOURNAL = "restore.json"


@dataclass(frozen=True)
class Step:
    """One thing that changes place: a file or folder, or a database on a server (then `alias` names it)."""

    staged: str
    place: str
    aside: str
    alias: str = ""


def exchange_all(data: Path, databases: Mapping[str, Mapping[str, Any]], steps: Sequence[Step]) -> None:
    """From the moment that this is written down the new installation stands; before it, the old one."""
    connections.close_all()
    journal = data / JOURNAL
    half = journal.with_name(f".{JOURNAL}.half")
    with half.open("w", encoding="utf-8") as stream:
        json.dump([asdict(step) for step in steps], stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    half.rename(journal)
    sqlite.sync(data)
    try:
        _carry_out(databases, steps)
    except Unusable as fault:
        journal.unlink()  # a server that refuses the names has changed none of them, and the files come after it
        raise Refusal(f"{fault} Er is niets veranderd.") from None
    journal.unlink()
    sqlite.sync(data)


def finish_interrupted(data: Path, databases: Mapping[str, Mapping[str, Any]]) -> bool:
    """Finish an exchange that was cut off; whether there was one."""
    journal = data / JOURNAL
    if not journal.exists():
        return False
    with alone(data):
        try:
            _carry_out(databases, [Step(**step) for step in json.loads(journal.read_text(encoding="utf-8"))])
        except Unusable as fault:
            raise Refusal(f"het terugzetten van een reservekopie werd onderbroken en is niet af: {fault}") from None
        journal.unlink()
        sqlite.sync(data)
    return True


def _carry_out(databases: Mapping[str, Mapping[str, Any]], steps: Sequence[Step]) -> None:
    """Databases on a server first: only they can be refused."""
    named = [step for step in steps if step.alias]
    postgres.exchange(
        [
            postgres.Exchange(Place(step.alias, databases[step.alias]).named(step.place), step.staged, step.aside)
            for step in named
        ]
    )
    for step in steps:
        if not step.alias:
            sqlite.exchange(Path(step.staged), Path(step.place), Path(step.aside))
