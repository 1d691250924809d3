"""What the report `duration` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import (
    GROUP,
    LEVEL,
    MATRIX_PARAMETERS,
    NAME,
    SHARE_OF_THE_LEVEL,
    ReportColumn,
    ReportDefinition,
)

DURATION = ReportDefinition(
    key="duration",
    slug="trede-en-uitkeringsduur",
    title=_("Level and time on benefit"),
    question=_("On which level do people stand, and how long have they been on benefit?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale, by the whole years that they have been on benefit on that day. Half-levels count under their "
        "whole level. A short gap does not break the time on benefit: 30 days unless the municipality chose otherwise. "
        "No benefit: a benefit or another status is recorded, but none that is a benefit on the day. Not known: "
        "nothing about a benefit is recorded at all. The classes are those that the municipality laid down. Long is "
        "the last two of them, or the last where there are but two."
    ),
    chart_title=_("People by level and time on benefit"),
    codes=("C-03", "C-04", "G-14"),
    columns=(
        GROUP,
        LEVEL,
        NAME,
        ReportColumn(
            "duration",
            _("Time on benefit"),
            "",
            _("The class of years on benefit. Apart stand who has no benefit, and of whom nothing of it is recorded."),
            "text",
            values=(("no_benefit", _("no benefit")), ("not_known", _("not known"))),
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People on this level in this class."), "integer"),
        SHARE_OF_THE_LEVEL,
    ),
    cell=("level", "duration"),
    parameters=MATRIX_PARAMETERS,
)
