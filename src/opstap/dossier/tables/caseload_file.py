"""A caseload as a file: the columns of the page with what the page leaves out. Why somebody comes first stays here."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opstap.dossier.selectors.attention import Desk
from opstap.dossier.tables.caseload import CaseloadLine
from opstap.foundation.spreadsheets.columns import Column, Value
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.foundation.ui.templatetags.ui_format import day


def caseload_file(lines: Iterable[CaseloadLine], desk: Desk, file_format: FileFormat, language: str) -> bytes:
    """The whole list in the order of the page."""
    columns = [
        Column("number", _("Client number"), "text"),
        Column("name", _("Name"), "text"),
        Column("born", _("Born"), "date"),
        Column("level", _("Level"), "text"),
        Column("level_name", _("Name of the level"), "text"),
        Column("since", _("Placed on"), "date"),
        Column("expected", _("Can go to"), "text"),
        Column("expected_words", _("By when"), "text"),
        Column("spoken", _("Last contact"), "date"),
        Column("next", _("Next contact"), "date"),
        Column("team", _("Team"), "text"),
        Column("worker", _("Case manager"), "text"),
        Column("reasons", _("Attention"), "text"),
        Column("priority", _("Priority since"), "date"),
    ]
    notes = [
        _("Reference date: {day}").format(day=day(desk.day)),
        _("Scale: {name}").format(name=desk.scale.name(language)),
    ]
    rows = [_row(line) for line in lines]
    return write_table(columns, rows, file_format=file_format, title=_("Caseload"), notes=notes)


def _row(line: CaseloadLine) -> dict[str, Value]:
    return {
        "number": line.number,
        "name": line.name,
        "born": line.birth_date,
        "level": line.level.code if line.level else "",
        "level_name": line.level.name if line.level else "",
        "since": line.since,
        "expected": line.expected.code if line.expected else "",
        "expected_words": line.expected_words,
        "spoken": line.last_contact_on,
        "next": line.next_on,
        "team": line.team,
        "worker": line.worker,
        "reasons": ", ".join(part for part in (line.state, *line.reasons) if part),
        "priority": line.priority.since if line.priority else None,
    }
