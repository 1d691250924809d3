"""What the report `movement` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, MATRIX_PARAMETERS, ReportColumn, ReportDefinition

MOVEMENT = ReportDefinition(
    key="movement",
    slug="beweging",
    title=_("Movement on the ladder"),
    question=_("Who rose, stayed level or fell between two days, and whom did we lose sight of?"),
    meaning=_(
        "Counted are people who were in follow-up and placed on a level of this scale on the earlier day. On the "
        "later day they are on a level again (risen, level or fallen, judged on whole levels unless the scale counts "
        "half-levels), no longer in follow-up, or in follow-up without a placement since. Read through a crosswalk "
        "there is one more: on one of the two days they stand on a level without a counterpart, so that nobody can "
        "say whether that is up. Together these are all who were placed at the start. Code 0, not determined, is no "
        "level: who had it at the start is not counted, and who has it at the end is not placed again. New are people "
        "placed on the later day who were not placed in follow-up on the earlier one; they stand apart. Groups are "
        "those of the earlier day. Who was in your caseload or team on the earlier day and is with somebody else since "
        "stands in a row of their own: how many they are, and not what became of them, nor whether they were placed. "
        "Shares are of everybody, with them. Both days are as known at the same moment."
    ),
    chart_title=_("Where people stood, and where they stand now"),
    codes=("B-41", "B-46", "B-47", "B-58", "G-4", "G-5", "G-14", "A-11", "E-51"),
    columns=(
        GROUP,
        ReportColumn(
            "from",
            _("From level"),
            "",
            _("The level on the earlier day; through a crosswalk also: a level without a counterpart on this scale."),
            "text",
            values=(("no_counterpart", _("through a crosswalk: without a counterpart")),),
        ),
        ReportColumn(
            "to",
            _("To level"),
            "",
            _(
                "The level on the later day; or no longer in follow-up; or in follow-up without a placement since; "
                "through a crosswalk also: a level without a counterpart on this scale."
            ),
            "text",
            values=(
                ("left", _("Out of follow-up")),
                ("not_measured_again", _("Not placed again")),
                ("no_counterpart", _("through a crosswalk: without a counterpart")),
            ),
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People who went this way."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of the people who stood on that level."), "share"),
    ),
    cell=("from", "to", "outcome"),
    parameters=(MATRIX_PARAMETERS[0], "compared-with", *MATRIX_PARAMETERS[1:]),
)
