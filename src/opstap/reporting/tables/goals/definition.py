"""What the report `goals` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import BAND, CLOSING_PARAMETERS, GROUP, NAME, ReportColumn, ReportDefinition

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
        GROUP,
        ReportColumn(
            "level",
            _("Expected level"),
            "",
            _("The code of the expected level; empty: not filled."),
            "text",
            grouping_label=_("Expected client group"),
        ),
        NAME,
        BAND,
        ReportColumn("clients", _("Clients"), "persons", _("People of whom this level is expected."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people counted."), "share"),
    ),
    cell=("level",),
    parameters=CLOSING_PARAMETERS,
)
