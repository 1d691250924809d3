"""What the report `differences` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import PARAMETERS, ReportColumn, ReportDefinition
from opstap.reporting.tables.reach.columns import REACH_COLUMNS

DIFFERENCES = ReportDefinition(
    key="differences",
    slug="verschillen-in-het-team",
    title=_("Differences within the team"),
    question=_("What do case managers do differently, and is that more than coincidence?"),
    meaning=_(
        "Counted are people in follow-up on the reference date, by the case manager who has them that day; of rising, "
        "people placed on the earlier day, and of growth realised those of them in whom growth potential was seen, by "
        "the case manager of that day. Expected is the number that there would be if each of them did as all people "
        "counted here on the same level and as long on benefit: so a case manager with harder cases is compared "
        "with harder cases. By coincidence alone the number lies within the limits 19 "
        "times out of 20 (95%), and 998 times out of 1,000 (99.8%). Outside the first is more or less than "
        "coincidence, outside the second clearly so. A difference is no judgement: it asks for a conversation. How "
        "far was expected beside how far it came is told as in the report on growth. Of "
        "who was not placed again it is not known whether they have risen, and who left has not; how many these are "
        "stands beside it. Who was handed over since need not be like the others: where there are any whom you may not "
        "see, a case manager by name is held beside coincidence by what became of people only where it comes out the "
        "same whatever became of them, and no percentage is given but between which it lies."
    ),
    chart_title=_("Differences within the team"),
    codes=("B-37", "B-38", "B-39", "B-40", "B-43", "B-51", "B-57"),
    columns=(
        ReportColumn(
            "measure", _("Subject"), "",
            _("Growth potential, an instrument, an exemption, rising since, or growth realised within the year."),
            "text",
        ),
        ReportColumn(
            "worker", _("Case manager"), "", _("Who has them in the caseload; only where names may be shown."), "text"
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People that this is about."), "integer"),
        ReportColumn("known", _("Known of"), "persons", _("Of so many of them it is known."), "integer"),
        ReportColumn("having", _("Have it"), "persons", _("So many have it, or have risen."), "integer"),
        ReportColumn(
            "share", "%", "percent", _("Share of those of whom it is known."), "share"
        ),
        ReportColumn(
            "handed_over", _("Handed over to another"), "persons",
            _("In this caseload on the earlier day, with somebody else since: not counted in the others."), "integer",
        ),
        ReportColumn(
            "low", _("at least %"), "percent",
            _("Where people were handed over: the share when none of them has it, with the least of the others."),
            "share",
        ),
        ReportColumn(
            "high", _("at most %"), "percent", _("The share when all of them have it, with the most of the others."),
            "share",
        ),
        ReportColumn(
            "expected_share", _("expected %"), "percent",
            _("The share that would be expected with these people: on their levels, as long on benefit."), "share",
        ),
        ReportColumn(
            "standardised_share", _("comparable %"), "percent",
            _("The share if everyone had the same mix of people: observed over expected, times the share of all."),
            "share",
        ),
        ReportColumn(
            "near_low", _("by coincidence at least"), "persons", _("The least number within coincidence, at 95%."),
            "integer",
        ),
        ReportColumn(
            "near_high", _("by coincidence at most"), "persons", _("The greatest number within coincidence, at 95%."),
            "integer",
        ),
        ReportColumn(
            "far_low", _("at least, 99.8%"), "persons", _("The least number within coincidence, at 99.8%."),
            "integer",
        ),
        ReportColumn(
            "far_high", _("at most, 99.8%"), "persons", _("The greatest number within coincidence, at 99.8%."),
            "integer",
        ),
        ReportColumn("verdict", _("Verdict"), "", _("What the number is beside coincidence."), "text"),
        ReportColumn(
            "left", _("Out of follow-up"), "persons", _("No longer in follow-up on the later day."), "integer"
        ),
        ReportColumn(
            "not_measured_again", _("Not placed again"), "persons", _("In follow-up, without a placement since."),
            "integer",
        ),
        ReportColumn(
            "no_counterpart", _("Not to compare"), "persons",
            _("Through a crosswalk: placed again, but a level has no counterpart on this scale."), "integer",
        ),
        ReportColumn(
            "workers", _("Case managers"), "", _("Those with ten people or more of whom it is known."), "integer"
        ),
        ReportColumn("much_less", _("clearly less"), "", _("Of them below the limits of 99.8%."), "integer"),
        ReportColumn("less", _("less than coincidence"), "", _("Of them below the limits of 95%, not far."), "integer"),
        ReportColumn("within", _("within coincidence"), "", _("Of them within the limits."), "integer"),
        ReportColumn("more", _("more than coincidence"), "", _("Of them above the limits of 95%, not far."), "integer"),
        ReportColumn("much_more", _("clearly more"), "", _("Of them above the limits of 99.8%."), "integer"),
        ReportColumn("least", _("lowest %"), "percent", _("The least comparable share of a case manager."), "share"),
        ReportColumn("middle", _("middle %"), "percent", _("Half of them lie below it."), "share"),
        ReportColumn(
            "greatest", _("highest %"), "percent", _("The greatest comparable share of a case manager."), "share"
        ),
        *REACH_COLUMNS,
        ReportColumn(
            "steps_least", _("lowest levels apart"), "levels",
            _("The least mean difference between reached and expected of a case manager, with one decimal."), "decimal",
        ),
        ReportColumn("steps_middle", _("middle levels apart"), "levels", _("Half of them lie below it."), "decimal"),
        ReportColumn(
            "steps_greatest", _("highest levels apart"), "levels", _("The greatest one of a case manager."), "decimal"
        ),
        ReportColumn(
            "too_far", _("expect further than it comes"), "",
            _("Of how many case managers it lies clearly further from what comes than with the others."), "integer",
        ),
    ),
    cell=("measure", "answer", "level", "worker", "reach"),
    parameters=(PARAMETERS[0], "compared-with", *(key for key in PARAMETERS[1:] if key != "by"), "table"),
)  # fmt: skip
