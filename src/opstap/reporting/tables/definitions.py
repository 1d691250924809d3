"""What a report says of itself: title, question, sentence of meaning, codes, columns, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["text", "integer", "share", "decimal"]
Words = str | Promise

MEAN_DECIMALS = 2
PARAMETERS = ("on", "known-at", "scale", "crosswalk", "by", "where", "decimals", "as", "format")
CLOSING_PARAMETERS = (*PARAMETERS[:-2], "shares", *PARAMETERS[-2:])
MATRIX_PARAMETERS = (*CLOSING_PARAMETERS, "table")


@dataclass(frozen=True)
class ReportColumn:
    """A column: its key in JSON, its heading, its unit, what it means, and its kind.

    `grouping_label` is the heading on a grouping, which has groups and no levels. `share_of` names the count that a
    share belongs to, for a file where the two may stand apart. On the page columns `in_head` stand within the head of
    their row; those `off_page` stand in files alone, and so do decimals, which are means. `part` is the part of the
    municipality's work that it comes from; empty: always there. `values` are the keys that stand in it in JSON, each in
    words; people read the words.
    """

    key: str
    label: Words
    unit: str
    meaning: Words
    kind: Kind
    grouping_label: Words = ""
    share_of: str = ""
    in_head: bool = False
    part: str = ""
    off_page: bool = False
    values: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True)
class ReportDefinition:
    """A report as everyone sees it. `cell` names the words in an address that choose a cell of its tables.

    `part` is the part of the municipality's work without which there is nothing to report; empty: always there.
    """

    key: str
    slug: str
    title: Words
    question: Words
    meaning: Words
    chart_title: Words
    codes: tuple[str, ...]
    columns: tuple[ReportColumn, ...]
    cell: tuple[str, ...]
    parameters: tuple[str, ...] = PARAMETERS
    part: str = ""


GROUP = ReportColumn(
    "group", _("Group"), "", _("The group of the dimension that was asked for, if any."), "text", in_head=True
)
LEVEL = ReportColumn(
    "level",
    _("Level"),
    "",
    _("The code of the level; empty for people without a placement by that date."),
    "text",
    grouping_label=_("Client group"),
)
NAME = ReportColumn("name", _("Name"), "", _("The name of the level on the reference date."), "text", in_head=True)
BAND = ReportColumn(
    "band", _("Distance"), "", _("The distance to the labour market that the scale gives."), "text", in_head=True
)
OF_THE_LEVEL = ReportColumn(
    "clients", _("Clients"), "persons", _("People on this level of whom this holds."), "integer"
)
SHARE_OF_THE_LEVEL = ReportColumn("share", "%", "percent", _("Share of the people on this level."), "share")
