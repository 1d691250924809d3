"""An entry of the timeline, as every room gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.dossier.enums import EntryKind


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened on a day, in words; `url` leads to where it can be looked at or put right.

    `history` leads to what stood there before. What is `withdrawn` counts no longer, and is shown struck.
    """

    on: date
    kind: EntryKind
    title: str
    detail: str = ""
    by: str = ""
    url: str = ""
    level: str = ""
    level_class: str = ""
    tag: str = ""
    recording: int = 0
    history: str = ""
    withdrawn: bool = False
