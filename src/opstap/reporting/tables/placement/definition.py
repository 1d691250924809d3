"""What the report `placement` says of itself."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import BAND, CLOSING_PARAMETERS, GROUP, NAME, ReportColumn, ReportDefinition


def _share_of_level(count: str) -> ReportColumn:
    label, grouping_label = _("% of the level"), _("% of the group")
    meaning: Promise = _("Share of the level.")
    return ReportColumn(
        f"{count}_share", label, "percent", meaning, "share", grouping_label=grouping_label, share_of=count
    )


PLACEMENT = ReportDefinition(
    key="placement",
    slug="plaatsing",
    title=_("Placement on the ladder"),
    question=_("How many people stand on which level, and who can grow?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale. Half-levels count under their whole level. Growth potential is taken as recorded: can this person "
        "rise to a higher level within the horizon of the scale? The highest level has no growth potential. In the "
        "table shares are parts of everybody on the level, those of whom it is unknown too; the sentence above it "
        "gives the share of those of whom it is known, as the caseload in figures and the indicators do."
    ),
    chart_title=_("People by level, without and with growth potential"),
    codes=("B-88", "C-02", "B-28", "G-1", "G-2", "G-14"),
    columns=(
        GROUP,
        ReportColumn(
            "level",
            _("Level"),
            "",
            _("The code of the level; empty for people without a placement by that date."),
            "text",
            grouping_label=_("Client group"),
        ),
        NAME,
        BAND,
        ReportColumn("clients", _("Clients"), "persons", _("People whose last placement is on this level."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people counted."), "share"),
        ReportColumn(
            "without_growth", _("No growth potential"), "persons", _("Of them without growth potential."), "integer"
        ),
        _share_of_level("without_growth"),
        ReportColumn("with_growth", _("Growth potential"), "persons", _("Of them with growth potential."), "integer"),
        _share_of_level("with_growth"),
        ReportColumn(
            "unknown_growth",
            _("Growth unknown"),
            "persons",
            _("Of them nobody recorded whether they can grow; shown when there are any."),
            "integer",
        ),
        _share_of_level("unknown_growth"),
    ),
    cell=("level", "growth"),
    parameters=CLOSING_PARAMETERS,
)
