"""The exchange of old for new, written down before it begins, so that it can be finished by whoever comes next; and of
what was put back, until the log says so.
"""

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

JOURNAL, UNSAID = "restore.json", "put-back.json"


@dataclass(frozen=True)
class Step:
    """One thing that changes place: a file or folder, or a database on a server (then `alias` names it)."""

    staged: str
    place: str
    aside: str
    alias: str = ""


@dataclass(frozen=True)
class PutBack:
    """What the log is to say of a backup that was put back: its moment, its last recording, what became of the log."""

    made_at: str
    recording: int
    log: str


def exchange_all(
    data: Path, databases: Mapping[str, Mapping[str, Any]], steps: Sequence[Step], put_back: PutBack
) -> None:
    """From the moment that this is written down the new installation stands; before it, the old one."""
    connections.close_all()
    journal = data / JOURNAL
    unsaid = [asdict(one) for one in [*unsaid_of(data), put_back]]
    _write(journal, {"steps": [asdict(step) for step in steps], "unsaid": unsaid})
    try:
        _carry_out(databases, steps)
    except Unusable as fault:
        journal.unlink()  # a server that refuses the names has changed none of them, and the files come after it
        raise Refusal(f"{fault} Er is niets veranderd.") from None
    _end(data, unsaid)


def finish_interrupted(data: Path, databases: Mapping[str, Mapping[str, Any]]) -> bool:
    """Finish an exchange that was cut off; whether there was one."""
    journal = data / JOURNAL
    if not journal.exists():
        return False
    with alone(data):
        written = json.loads(journal.read_text(encoding="utf-8"))
        if isinstance(written, list):  # of a version that did not write down what the log is to say
            written = {"steps": written, "unsaid": [asdict(one) for one in unsaid_of(data)]}
        try:
            _carry_out(databases, [Step(**step) for step in written["steps"]])
        except Unusable as fault:
            raise Refusal(f"het terugzetten van een reservekopie werd onderbroken en is niet af: {fault}") from None
        _end(data, written["unsaid"])
    return True


def unsaid_of(data: Path) -> list[PutBack]:
    """What was put back while the log does not say so yet: more than one, where the first did not come to its end."""
    unsaid = data / UNSAID
    return [PutBack(**one) for one in json.loads(unsaid.read_text(encoding="utf-8"))] if unsaid.exists() else []


def all_said(data: Path) -> None:
    """The log says all of it."""
    (data / UNSAID).unlink(missing_ok=True)
    sqlite.sync(data)


def _end(data: Path, unsaid: Sequence[Mapping[str, Any]]) -> None:
    """What the log is to say stays, until it does."""
    if unsaid:
        _write(data / UNSAID, unsaid)
    (data / JOURNAL).unlink()
    sqlite.sync(data)


def _write(path: Path, content: object) -> None:
    half = path.with_name(f".{path.name}.half")
    with half.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    half.rename(path)
    sqlite.sync(path.parent)


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
