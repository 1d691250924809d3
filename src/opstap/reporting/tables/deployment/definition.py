"""What the report `deployment` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import (
    GROUP,
    LEVEL,
    MATRIX_PARAMETERS,
    NAME,
    OF_THE_LEVEL,
    SHARE_OF_THE_LEVEL,
    ReportColumn,
    ReportDefinition,
)

DEPLOYMENT = ReportDefinition(
    key="deployment",
    slug="inzet-en-groeipotentieel",
    part="plans",
    title=_("Instruments and growth potential"),
    question=_("Do instruments go to who can grow, more than to others?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale. Half-levels count under their whole level. Growth potential is as recorded with that placement, "
        "on levels that can have it; an instrument is one in use on that day. Not known: the one or the other is not "
        "recorded. Who stands on no level, on code 0 or on the highest one can have no growth potential and stands "
        "apart. Together these are everyone. A difference is called one only when its interval lies wholly on one "
        "side; it says who has an instrument, and nothing of what instruments do."
    ),
    chart_title=_("Growth potential and instruments, by level"),
    codes=("B-09", "B-52", "G-14"),
    columns=(
        GROUP,
        LEVEL,
        NAME,
        ReportColumn(
            "deployed",
            _("Growth potential and instrument"),
            "",
            _(
                "With growth potential or without, and each with an instrument or without. Apart stand those of whom "
                "either is not known, and who can have no growth potential."
            ),
            "text",
            values=(
                ("growth_with", _("growth, with an instrument")),
                ("growth_without", _("growth, without an instrument")),
                ("none_with", _("no growth, with an instrument")),
                ("none_without", _("no growth, without an instrument")),
                ("not_known", _("not known")),
                ("no_growth_level", _("can have no growth potential")),
            ),
        ),
        OF_THE_LEVEL,
        SHARE_OF_THE_LEVEL,
    ),
    cell=("level", "deployed"),
    parameters=MATRIX_PARAMETERS,
)
