"""What the report `caseload` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, ReportColumn, ReportDefinition

CASELOAD = ReportDefinition(
    key="caseload",
    slug="caseload",
    title=_("Client list"),
    question=_("Who are these people, where do they stand and what is done?"),
    meaning=_(
        "Listed are people in follow-up on the reference date whom you may see, each once: the last placement up to "
        "that date on this scale with the level expected, and what holds for them on that date, column by column. "
        "Names and client numbers are those of today. The list is not a count: it holds personal data."
    ),
    chart_title=_("Client list"),
    codes=("B-89", "B-92", "B-93"),
    columns=(
        GROUP,
        ReportColumn("number", _("Client number"), "", _("The number by which the municipality knows them."), "text"),
        ReportColumn("name", _("Name"), "", _("The name as it is known today."), "text"),
        ReportColumn(
            "level", _("Placement"), "", _("The level of the last placement; empty: not placed."), "text",
            grouping_label=_("Client group"),
        ),
        ReportColumn("goal", _("Goal"), "", _("The level that is expected; empty: not filled."), "text"),
        ReportColumn(
            "trajectory", _("Trajectory"), "", _("The trajectories that run, with their goals."), "text", part="plans"
        ),
        ReportColumn("activity", _("Activity"), "", _("The activities that go on."), "text", part="plans"),
        ReportColumn("barrier", _("Barrier"), "", _("The barriers that hold, in their broad kinds."), "text"),
        ReportColumn("exemption", _("Exemption"), "", _("Whether somebody is exempt from a duty."), "text"),
        ReportColumn("remarks", _("Remarks"), "", _("What a file brought along as a remark."), "text"),
    ),
    cell=(),
)  # fmt: skip
