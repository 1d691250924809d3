"""What is wrong with a postcode table, in the words of the user, with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opstap.exchange.logic.districts import LONGEST, DistrictFault
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.municipality.logic import Replacement

COLUMNS: Mapping[str, Promise] = {
    "postcode": gettext_lazy("Postcode"),
    "district": gettext_lazy("District"),
    "district_code": gettext_lazy("District code"),
    "neighbourhood": gettext_lazy("Neighbourhood"),
    "neighbourhood_code": gettext_lazy("Neighbourhood code"),
    "from": gettext_lazy("From"),
    "until": gettext_lazy("Until"),
}


@dataclass(frozen=True)
class ToldFault:
    """Where it stands, what is wrong, and the way out."""

    row: int | None
    column: str
    value: str
    text: str


def told(fault: DistrictFault, since: date) -> ToldFault:
    """A fault in words."""
    texts = {
        "column_missing": _("This column is missing. Give it this heading, in the row above the values."),
        "postcode_unreadable": _(
            "This is no postcode. Write four digits (9991), or four digits and two letters (9991 AB)."
        ),
        "district_missing": _("The district is empty. Fill in its name, or remove the row."),
        "text_too_long": _("This is longer than {longest} characters. Shorten it."),
        "day_unreadable": _("This is no day. Write it as 31-12-2025."),
        "starts_too_early": _(
            "This lies before {since}, the day from which the table holds. Choose an earlier day for the table, or "
            "correct the cell."
        ),
        "ends_before_it_starts": _(
            "The row ends before it starts. “Until” is the first day on which it no longer holds."
        ),
        "postcode_twice": _("This postcode stands in row {other} too, with something else. Keep one of the two."),
        "code_with_two_names": _("This code has another name in row {other}. Give it one name."),
    }
    text = texts[fault.code].format(since=day(since), other=fault.other_row, longest=LONGEST.get(fault.column, 0))
    return ToldFault(fault.row, str(COLUMNS[fault.column]), fault.value[:60], text)


def as_sentence(fault: ToldFault) -> str:
    """A fault on one line, for a terminal."""
    where = _("Column {column}").format(column=fault.column)
    if fault.row is not None:
        where = _("Row {row}, column {column}").format(row=fault.row, column=fault.column)
    return f"{where}: ‘{fault.value}’. {fault.text}" if fault.value else f"{where}: {fault.text}"


def outcome(change: Replacement, since: date) -> str:
    """What taking the table over came to."""
    total = change.kept + len(change.added)
    rows = ngettext("{n} row holds from {since} on", "{n} rows hold from {since} on", total)
    parts = _("{new} new or changed, {same} as before, {ended} ended")
    return "{}: {}.".format(
        rows.format(n=number(total), since=day(since)),
        parts.format(
            new=number(len(change.added)),
            same=number(change.kept),
            ended=number(len(change.ended) + len(change.withdrawn)),
        ),
    )
