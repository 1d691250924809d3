"""What the report `ready` says of itself."""

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

READY = ReportDefinition(
    key="ready",
    slug="klaar-voor-een-stap",
    part="plans",
    title=_("Ready for a step"),
    question=_("Who is ready for a step up, and what keeps the others?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale. Half-levels count under their whole level. Ready for a step is who is expected on a higher level, "
        "was placed less than 12 months ago, and has no trajectory upward that runs on that day. Upward is a "
        "trajectory with a goal above the current level; one that keeps the level, or leads no higher, is none. Of one "
        "without a goal on this scale it is not known: who has it stands apart. Who is not ready stands in one column, "
        "the first of these that holds: not placed (code 0 included), no expected level known, no higher level "
        "expected, placed longer ago, a trajectory upward, a trajectory without a goal. "
        "Together these are everyone. Higher is judged on whole levels, unless the scale counts half-levels. It is "
        "the rule of the working list of the same name."
    ),
    chart_title=_("Ready for a step, by level"),
    codes=("A-10", "G-14"),
    columns=(
        GROUP,
        LEVEL,
        NAME,
        ReportColumn(
            "readiness",
            _("Ready, or why not"),
            "",
            _(
                "Ready for a step; or the first reason that holds why not. On a scale without order nobody can be said "
                "to be ready."
            ),
            "text",
            values=(
                ("ready", _("ready for a step")),
                ("on_their_way", _("on their way")),
                ("no_goal", _("a trajectory without a goal")),
                ("long_ago", _("placed longer ago")),
                ("not_higher", _("no higher level expected")),
                ("not_known", _("no expected level known")),
                ("not_placed", _("not placed")),
                ("no_order", _("no step up")),
            ),
        ),
        OF_THE_LEVEL,
        SHARE_OF_THE_LEVEL,
    ),
    cell=("level", "readiness"),
    parameters=MATRIX_PARAMETERS,
)
