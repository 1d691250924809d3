"""What is asked about somebody out of reach, and the note that is left for their worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MET = "met_outside"  # why somebody is named in the log: what was typed in a form is theirs too
TRIED = "tried_outside"  # such a form was refused for something else, which tells that nobody else has the number


@dataclass(frozen=True)
class Sought:
    """Somebody on the telephone: a number (BSN or client number), or a surname with a birth date. All of it exact."""

    number: str = ""
    surname: str = ""
    given_names: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """A call-back note as stored."""

    client_id: int
    reference: str
    taken_by_id: int | None
    state: str
    note_encrypted: bytes | None
    note_key: str
    replaces_id: int | None = None
