"""What the report `traits-changed` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, ReportColumn, ReportDefinition

POINTS = _("In percentage points of those of whom it is known on both days; below 0 when fewer have it.")

TRAITS_CHANGED = ReportDefinition(
    key="traits-changed",
    slug="kenmerken-veranderd",
    title=_("Traits that changed"),
    question=_("Are there fewer without a basic qualification, low-literate or with an integration duty?"),
    meaning=_(
        "Counted are people who were in follow-up on both days, the same people on both sides. Who left between them "
        "is a column of its own; together they are all of the earlier day. Who came between them is not counted. Of "
        "each trait it says who had it and has it still, who no longer has it, who has it now and had not, and who "
        "has it on neither day. Of whom it is not known on one of the days, nothing can be said: they are a column of"
        " their own. The change is that of those of whom it is known on both days; where that is not everybody, the "
        "interval says what it may be of all of them, 19 times out of 20, if the others are like them. A change is "
        "called one only when its whole interval lies on one side of none; where several are judged together, each "
        "interval is as much wider. Who was in your caseload or team then and was handed over since need not be like "
        "the others: with them no percentage is given, and of a change only between what it lies. Groups are those of"
        " the earlier day. Both days are as known at the same moment."
    ),
    chart_title=_("What became of each trait"),
    codes=("B-44", "G-14"),
    columns=(
        GROUP,
        ReportColumn("trait", _("Trait"), "", _("The trait that it is about."), "text"),
        ReportColumn("kept", _("Still"), "persons", _("They had it, and have it still."), "integer"),
        ReportColumn("gone", _("No longer"), "persons", _("They had it, and have it no longer."), "integer"),
        ReportColumn("new", _("New"), "persons", _("They have it now, and had not."), "integer"),
        ReportColumn("neither", _("Never"), "persons", _("They have it on neither of the days."), "integer"),
        ReportColumn(
            "unknown", _("Not known"), "persons", _("It is not known on one of the days, or on both."), "integer"
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People in follow-up on both days."), "integer"),
        ReportColumn(
            "left",
            _("Out of follow-up"),
            "persons",
            _("In follow-up on the earlier day, and no longer on the later one."),
            "integer",
        ),
        ReportColumn(
            "earlier",
            _("Clients of the earlier day"),
            "persons",
            _("People in follow-up on the earlier day: those of both days, and those out of follow-up."),
            "integer",
            off_page=True,
        ),
        ReportColumn(
            "then_share", _("Then %"), "percent", _("Who had it, of those of whom it is known on both days."), "share"
        ),
        ReportColumn(
            "now_share", _("Now %"), "percent", _("Who has it, of those of whom it is known on both days."), "share"
        ),
        ReportColumn("change", _("Change in points"), "percentage points", POINTS, "share", off_page=True),
        ReportColumn("change_low", _("Points at least"), "percentage points", POINTS, "share", off_page=True),
        ReportColumn("change_high", _("Points at most"), "percentage points", POINTS, "share", off_page=True),
    ),
    cell=("trait", "way"),
    parameters=("on", "compared-with", "known-at", "by", "where", "decimals", "as", "format"),
)
