"""What the report `inflow` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import CLOSING_PARAMETERS, GROUP, NAME, ReportColumn, ReportDefinition

INFLOW = ReportDefinition(
    key="inflow",
    slug="nieuwe-instroom",
    title=_("New inflow"),
    question=_("Who came into follow-up in this period, on which level, and are they others than who was there?"),
    meaning=_(
        "Counted are people in follow-up on the later day. New is whose follow-up began after the earlier day. Who is"
        " back within 30 days never left and is not new; who is back after longer is, and is counted apart as "
        "returned. The level of the new is that of their first placement since they came, on a level if there is one;"
        " of who was there already it is the last placement up to the later day. Half-levels count under their whole "
        "level. Features are those of the caseload in figures, as they hold on the later day; growth potential of the"
        " new is that of their first placement. A difference is called one only when it is more than coincidence, also "
        "where it is known of everybody: its interval lies wholly on one side. Who came and left again within the "
        "period is no longer there to describe, and is counted apart when everybody is counted. Groups are those of "
        "the later day. Both days are as known at the same moment."
    ),
    chart_title=_("On which level the new stand, and who was there already"),
    codes=("B-45", "C-33", "G-14"),
    columns=(
        GROUP,
        ReportColumn(
            "level",
            _("Level"),
            "",
            _("The code of the level; empty for people without a placement."),
            "text",
            grouping_label=_("Client group"),
        ),
        NAME,
        ReportColumn(
            "new",
            _("New"),
            "persons",
            _("New people whose first placement since they came is on this level."),
            "integer",
        ),
        ReportColumn("new_share", "%", "percent", _("Share of all who are new."), "share", share_of="new"),
        ReportColumn(
            "there", _("Were there already"), "persons", _("People who were there, by their last placement."), "integer"
        ),
        ReportColumn("there_share", "%", "percent", _("Share of all who were there."), "share", share_of="there"),
    ),
    cell=("who", "level", "having", "answer"),
    parameters=(CLOSING_PARAMETERS[0], "compared-with", *CLOSING_PARAMETERS[1:]),
)
