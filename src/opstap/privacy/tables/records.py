"""Records of the access log as rows of a list, and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.audit.logic.cuts import CUT
from opstap.audit.logic.entries import OUT_OF_REACH
from opstap.audit.models import Access
from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.spreadsheets.columns import Column, Value
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.privacy.selectors.around import Subject
from opstap.privacy.tables.words import RESULTS, action_words, people_words, role_words, why_words


@dataclass(frozen=True)
class RecordRow:
    """A record in words. `whom` is a client number, or how many people were on a list."""

    at: datetime
    who: str
    roles: str
    what: str
    whom: str
    whom_reference: str
    why: str
    result: str
    is_refused: bool
    url: str


def record_rows(
    records: Iterable[Access], subjects: Mapping[bytes, Subject], users: Mapping[str, str], language: str
) -> list[RecordRow]:
    """The records, each with the words of its parts."""
    return [_row(record, subjects, users, language) for record in records]


def _row(record: Access, subjects: Mapping[bytes, Subject], users: Mapping[str, str], language: str) -> RecordRow:
    whom = subjects.get(bytes(record.subject))
    return RecordRow(
        at=record.at,
        who=_who(record, users),
        roles=role_words(record.roles, language),
        what=action_words(record, language),
        whom=_whom(record, whom),
        whom_reference=whom.reference if whom else "",
        why=_removed(record.why) if record.action == CUT else why_words(record.why, users),
        result=_("removed") if record.action == CUT else str(RESULTS.get(record.result, record.result)),
        is_refused=record.result not in {"done", "begun"},
        url="" if record.action == CUT else reverse("privacy:record", args=[f"{record.chain}-{record.position}"]),
    )


def _removed(why: str) -> str:
    """Of what was removed: before which day, and how many. As it stands when somebody changed it."""
    try:
        told = json.loads(why)
        before, count = datetime.fromisoformat(told["before"]).astimezone(AMSTERDAM).date(), int(told["records"])
    except (ValueError, TypeError, KeyError):
        return why
    words = ngettext("1 record from before {day}", "{count} records from before {day}", count)
    return words.format(count=number(count), day=day(before))


def _who(record: Access, users: Mapping[str, str]) -> str:
    if record.source == "log":
        return _("Opstap itself")
    if record.source == "command":
        return _("command of {name}").format(name=record.on_behalf_of) if record.on_behalf_of else _("command")
    who = users.get(record.user, _("not signed in") if not record.user else record.user)
    return _("{who}, for {name}").format(who=who, name=record.on_behalf_of) if record.on_behalf_of else who


def _whom(record: Access, whom: Subject | None) -> str:
    said = [_("client {number}").format(number=whom.number)] if whom else []
    if record.subject and not whom and record.result == OUT_OF_REACH:
        said = [_("nobody of this municipality")]
    if record.listed_count:
        said.append(people_words(record.listed_count))
    return ", ".join(said)


def records_file(rows: Sequence[RecordRow], notes: Sequence[str], file_format: FileFormat) -> bytes:
    """The rows as a table in a file: for the client's own request too, so without the way to more."""
    columns = [
        Column("at", _("Moment"), "text"),
        Column("who", _("Who"), "text"),
        Column("roles", _("Roles"), "text"),
        Column("what", _("What"), "text"),
        Column("whom", _("Whom"), "text"),
        Column("why", _("Reason"), "text"),
        Column("result", _("What came of it"), "text"),
    ]
    told: list[dict[str, Value]] = [
        {column.key: getattr(row, column.key) for column in columns[1:]}
        | {"at": f"{row.at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}"}
        for row in rows
    ]
    return write_table(columns, told, file_format=file_format, title=_("Who looked"), notes=notes)
