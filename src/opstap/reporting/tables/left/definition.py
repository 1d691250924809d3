"""What the report `left` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import (
    GROUP,
    MATRIX_PARAMETERS,
    NAME,
    SHARE_OF_THE_LEVEL,
    ReportColumn,
    ReportDefinition,
)

LEFT = ReportDefinition(
    key="left",
    slug="uit-begeleiding",
    title=_("Out of follow-up"),
    question=_("Who is no longer in follow-up, from which level, and where did they go?"),
    meaning=_(
        "Counted is everyone who was in follow-up on the earlier day: each once, at the last placement up to that day"
        " on this scale. Half-levels count under their whole level. Out of follow-up is who is not in follow-up on "
        "the later day; who left and came back has stayed, and counts in New inflow as new when they were away for "
        "more than 30 days. The reason is that of the last follow-up that ended "
        "between the two days. Where none is recorded, or only that the benefit ended, the goal was reached or "
        "aftercare was completed, it is the reason of the last benefit that ended between them, if that has one. No "
        "reason: none was recorded, or it was recorded as unknown. Who was in your caseload or team then and was "
        "handed over since is counted apart: with them no percentage is given but between which it lies. Both days are "
        "as known at the same moment."
    ),
    chart_title=_("Why people left, and from which level"),
    codes=("B-46", "G-14"),
    columns=(
        GROUP,
        ReportColumn(
            "level",
            _("Level"),
            "",
            _("The code of the level on the earlier day; empty for people without a placement by that day."),
            "text",
            grouping_label=_("Client group"),
        ),
        NAME,
        ReportColumn(
            "reason",
            _("What became of them"),
            "",
            _("The reason that was recorded, or that there is none; or that somebody is still in follow-up."),
            "text",
            values=(("unrecorded", _("no reason")), ("stayed", _("still in follow-up"))),
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People of this level of whom this holds."), "integer"),
        SHARE_OF_THE_LEVEL,
    ),
    cell=("level", "reason"),
    parameters=(MATRIX_PARAMETERS[0], "compared-with", *MATRIX_PARAMETERS[1:]),
)
