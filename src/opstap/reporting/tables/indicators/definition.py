"""What the report `indicators` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, PARAMETERS, ReportColumn, ReportDefinition

TARGET, STATUS = "target", "status"
INDICATORS = ReportDefinition(
    key="indicators",
    slug="indicatoren",
    title=_("Indicators"),
    question=_("How do we stand on each indicator, and how sure is that?"),
    meaning=_(
        "Each indicator is a share of the people it is about, of whom it is known. Where it is not known of "
        "everybody, the interval says between which shares that of all of them lies, 19 times out of 20, if those not "
        "known are like the others. Indicators about two days follow the people of the earlier day, always the same "
        "on both sides. Of who was not placed again it is not known whether they have risen or fallen; who left has "
        "not. Risen and fallen of those placed again leave out who left as well. Growth realised looks at the year "
        "after the earlier day alone: of who was not placed again in it, it is not known. Who was handed over since "
        "need not be like the others: with them no percentage is given but between which it lies, from none of them "
        "to all of them."
    ),
    chart_title=_("The share of each indicator"),
    codes=("A-12", "B-10", "B-42", "B-50", "B-72", "B-80", "G-3", "G-5", "G-6", "G-14"),
    columns=(
        GROUP,
        ReportColumn("indicator", _("Indicator"), "", _("The key of the indicator in the registry."), "text"),
        ReportColumn("name", _("Name"), "", _("The name of the indicator."), "text", in_head=True),
        ReportColumn("whole", _("About"), "persons", _("The people whom the indicator is about."), "integer"),
        ReportColumn("known", _("Known of"), "persons", _("Of how many of them it is known."), "integer"),
        ReportColumn("has", _("So of"), "persons", _("Of how many of these it is so."), "integer"),
        ReportColumn(
            "handed_over",
            _("Handed over to another"),
            "persons",
            _("In this caseload on the earlier day, with somebody else since: not counted in the others."),
            "integer",
        ),
        ReportColumn("share", "%", "percent", _("Share of those of whom it is known."), "share"),
        ReportColumn(
            "low",
            _("at least %"),
            "percent",
            _("Where it is not known of everybody: the least share that all of them together may have, at 95%."),
            "share",
            off_page=True,
        ),
        ReportColumn(
            "high", _("at most %"), "percent", _("The greatest share that they may have."), "share", off_page=True
        ),
        ReportColumn(
            "sure",
            _("How sure"),
            "",
            _("Between which shares that of all of them lies, 19 times out of 20."),
            "text",
        ),
        ReportColumn("better", _("Better"), "", _("Whether more or less of it is better, where either is."), "text"),
        ReportColumn(
            "source",
            _("Source"),
            "",
            _("The codes of the field that it comes from, or that the municipality composed it."),
            "text",
            off_page=True,
        ),
        ReportColumn(
            TARGET,
            _("Target"),
            "percent",
            _("What the municipality aims at in the year of the reference date, for these people."),
            "share",
        ),
        ReportColumn(
            STATUS,
            _("Status"),
            "",
            _(
                "Reached when the whole interval lies on the right side of the target, not reached when all of it lies "
                "on the wrong side; else it can't be said. An exact share is its own interval."
            ),
            "text",
        ),
    ),
    cell=("indicator", "answer"),
    parameters=("on", "compared-with", *PARAMETERS[1:]),
)
