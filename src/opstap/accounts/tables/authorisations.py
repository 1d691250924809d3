"""The roles that are held in lines, on the page and in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from opstap.accounts.operations.authorisations import Judged
from opstap.accounts.selectors.authorisations import Authorisation
from opstap.accounts.selectors.own_roles import base_name, role_name
from opstap.accounts.tables import by_group, called
from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.spreadsheets.columns import Column
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.foundation.ui.conflicts import Line


@dataclass(frozen=True)
class AuthorisationLine:
    """One role of one person, in words."""

    holding: int
    user: str
    name: str
    role: str
    made_from: str
    team: str
    by_group: str
    starts_on: date
    ends_on: date | None
    teams: str
    last_sign_in: datetime | None
    has_factor: bool
    stays: bool
    remark: str
    lacks_remark: bool


def authorisation_lines(
    found: Sequence[Authorisation], judged: Mapping[int, Judged], language: str
) -> list[AuthorisationLine]:
    """What is not judged yet stays."""
    lines = []
    for one in found:
        said = judged.get(one.holding, Judged(stays=True))
        role = role_name(one.role, language)
        lines.append(
            AuthorisationLine(
                one.holding,
                one.user,
                called(one.name, one.kept_by),
                role,
                base_name(one.role, language),
                one.team,
                by_group() if one.role.from_organisation else "",
                one.starts_on,
                one.ends_on,
                ", ".join(one.teams),
                one.last_sign_in,
                one.has_factor,
                said.stays,
                said.remark,
                not said.stays and not said.remark,
            )
        )
    return lines


def lines_that_differ(prepared: Sequence[AuthorisationLine], judged: Mapping[int, Judged]) -> Iterator[Line]:
    """Of which roles the list as it is prepared now says otherwise than what was filled in."""
    for one in prepared:
        mine = judged.get(one.holding)
        if mine is not None and (mine.stays, mine.remark) != (one.stays, one.remark):
            theirs = _words(stays=one.stays, remark=one.remark)
            yield Line(
                f"{one.name}, {one.role}", "", theirs, _words(stays=mine.stays, remark=mine.remark), touched=True
            )


def _words(stays: bool, remark: str) -> str:
    said = _("stays") if stays else _("take away")
    return f"{said}: {remark}" if remark else said


def authorisations_file(lines: Sequence[AuthorisationLine], notes: Sequence[str], file_format: FileFormat) -> bytes:
    """The same as a file."""
    columns = [
        Column("name", _("Name"), "text"),
        Column("role", _("Role"), "text"),
        Column("made_from", _("Made from"), "text"),
        Column("team", _("For which team"), "text"),
        Column("given", _("Given"), "text"),
        Column("teams", _("Teams"), "text"),
        Column("starts_on", _("From"), "date"),
        Column("ends_on", _("Until"), "date"),
        Column("last", _("Last sign-in"), "date"),
        Column("factor", _("Second step"), "text"),
        Column("stays", _("Stays"), "text"),
        Column("remark", _("Remark"), "text"),
    ]
    rows = [
        {
            "name": line.name,
            "role": line.role,
            "made_from": line.made_from,
            "team": line.team,
            "given": line.by_group or _("by hand"),
            "teams": line.teams,
            "starts_on": line.starts_on,
            "ends_on": line.ends_on,
            "last": line.last_sign_in.astimezone(AMSTERDAM).date() if line.last_sign_in else None,
            "factor": _("yes") if line.has_factor else _("no"),
            "stays": _("yes") if line.stays else _("no"),
            "remark": line.remark,
        }
        for line in lines
    ]
    return write_table(columns, rows, file_format=file_format, title=_("Authorisations"), notes=notes)
