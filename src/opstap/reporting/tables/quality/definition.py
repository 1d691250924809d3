"""What the report `data-quality` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, ReportColumn, ReportDefinition

QUALITY = ReportDefinition(
    key="data-quality",
    slug="kwaliteit-van-gegevens",
    title=_("Quality of what is recorded"),
    question=_("Is what we recorded timely, correct and complete, and whose dossiers need a look?"),
    meaning=_(
        "Counted are people in follow-up on the reference date, by what holds on that day and by the last placement up "
        "to it on this scale. Each check says of how many it can be judged: a share is of those. One person can have "
        "several findings, so they do not add up. Of who died one thing is asked: whether the follow-up ended. Of who "
        "left in the twelve months before, it is asked why; they are in no total. A finding asks for a look and says "
        "nothing of the person or the worker: what stands there may be right."
    ),
    chart_title=_("What concerns most people"),
    codes=("B-65", "B-72", "B-28", "B-47", "G-14"),
    columns=(
        GROUP,
        ReportColumn("aspect", _("Kind of check"), "", _("Timely, correct or complete."), "text"),
        ReportColumn("check", _("Check"), "", _("What was looked at."), "text"),
        ReportColumn(
            "concerned", _("Concerns"), "persons", _("How many people it concerns: the work list."), "integer"
        ),
        ReportColumn("judged", _("Of people"), "persons", _("Of how many people it can be judged."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of those of whom it can be judged."), "share"),
    ),
    cell=("check",),
)
