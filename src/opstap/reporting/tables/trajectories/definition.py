"""What the report `trajectories` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, ReportColumn, ReportDefinition

TRAJECTORIES = ReportDefinition(
    key="trajectories",
    slug="trajecten",
    part="plans",
    title=_("Trajectories"),
    question=_("Which trajectories run, and where do they lead?"),
    meaning=_(
        "Counted are trajectories that run on the reference date, of people in follow-up on that day, by what they are "
        "about and by their goal: a level of this scale, half-levels apart, or keeping the level. A goal on another "
        "scale is named as such. Someone with two trajectories is one person and two trajectories; so persons may add "
        "up to more than the total."
    ),
    chart_title=_("Trajectories by kind and goal"),
    codes=("B-91", "B-67", "B-63", "G-14"),
    columns=(
        GROUP,
        ReportColumn("kind", _("Kind"), "", _("The code of the kind of trajectory."), "text", in_head=True),
        ReportColumn("kind_name", _("Kind of trajectory"), "", _("What the trajectory is about."), "text"),
        ReportColumn(
            "goal",
            _("Goal"),
            "",
            _(
                "The code of the level that the trajectory leads to; keep: the level is kept; other_scale: a level of "
                "another scale; empty: no goal was recorded."
            ),
            "text",
        ),
        ReportColumn("goal_name", _("Name of the goal"), "", _("The goal in words."), "text"),
        ReportColumn("clients", _("Clients"), "persons", _("People with such a trajectory."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people in follow-up."), "share"),
        ReportColumn("trajectories", _("Trajectories"), "trajectories", _("Trajectories that run."), "integer"),
    ),
    cell=("kind", "goal"),
)
