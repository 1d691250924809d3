"""The reports: each with its title, its sentence of meaning, its codes and its columns. One definition feeds all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["text", "integer", "share"]
Words = str | Promise

PARAMETERS = ("on", "known-at", "scale", "by", "where", "decimals", "as", "format")


@dataclass(frozen=True)
class ReportColumn:
    """A column: its key in JSON, its heading, its unit, what it means, and its kind."""

    key: str
    label: Words
    unit: str
    meaning: Words
    kind: Kind


@dataclass(frozen=True)
class ReportDefinition:
    """A report as everyone sees it."""

    key: str
    slug: str
    title: Words
    question: Words
    meaning: Words
    chart_title: Words
    codes: tuple[str, ...]
    columns: tuple[ReportColumn, ...]
    parameters: tuple[str, ...] = PARAMETERS


_GROUP = ReportColumn("group", _("Group"), "", _("The group of the dimension that was asked for, if any."), "text")
_LEVEL = ReportColumn(
    "level", _("Level"), "", _("The code of the level; empty for people without a placement by that date."), "text"
)
_NAME = ReportColumn("name", _("Name"), "", _("The name of the level on the reference date."), "text")
_BAND = ReportColumn("band", _("Distance"), "", _("The distance to the labour market that the scale gives."), "text")

PLACEMENT = ReportDefinition(
    key="placement",
    slug="plaatsing",
    title=_("Placement on the ladder"),
    question=_("How many people stand on which level, and who can grow?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale. Half-levels count under their whole level. Growth potential is taken as recorded: can this person "
        "rise to a higher level within the horizon of the scale? The highest level has no growth potential."
    ),
    chart_title=_("People by level, without and with growth potential"),
    codes=("B-88", "C-02", "B-28", "G-1", "G-2", "G-14"),
    columns=(
        _GROUP,
        _LEVEL,
        _NAME,
        _BAND,
        ReportColumn("clients", _("Clients"), "persons", _("People whose last placement is on this level."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people counted."), "share"),
        ReportColumn(
            "without_growth", _("No growth potential"), "persons", _("Of them without growth potential."), "integer"
        ),
        ReportColumn("without_growth_share", _("% of the level"), "percent", _("Share of the level."), "share"),
        ReportColumn("with_growth", _("Growth potential"), "persons", _("Of them with growth potential."), "integer"),
        ReportColumn("with_growth_share", _("% of the level"), "percent", _("Share of the level."), "share"),
        ReportColumn(
            "unknown_growth",
            _("Growth unknown"),
            "persons",
            _("Of them nobody recorded whether they can grow; shown when there are any."),
            "integer",
        ),
        ReportColumn("unknown_growth_share", _("% of the level"), "percent", _("Share of the level."), "share"),
    ),
)

GOALS = ReportDefinition(
    key="goals",
    slug="doelen",
    title=_("Expected levels"),
    question=_("Which level do we expect people to reach?"),
    meaning=_(
        "Counted are people in follow-up on the reference date, by the expected level recorded with their last "
        "placement up to that date on this scale. Half-levels are shown apart. Not filled: no placement, or no "
        "expected level."
    ),
    chart_title=_("People by expected level"),
    codes=("B-90", "A-07", "G-1", "G-14"),
    columns=(
        _GROUP,
        ReportColumn("level", _("Expected level"), "", _("The code of the expected level; empty: not filled."), "text"),
        _NAME,
        _BAND,
        ReportColumn("clients", _("Clients"), "persons", _("People of whom this level is expected."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people counted."), "share"),
    ),
)

DEFINITIONS: dict[str, ReportDefinition] = {definition.key: definition for definition in (PLACEMENT, GOALS)}


def by_slug(slug: str) -> ReportDefinition | None:
    """The report at an address."""
    return next((definition for definition in DEFINITIONS.values() if definition.slug == slug), None)
