"""What the report `realised` says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import (
    CLOSING_PARAMETERS,
    GROUP,
    NAME,
    ReportColumn,
    ReportDefinition,
    Words,
)
from opstap.reporting.tables.reach.columns import REACH_COLUMNS

SHARE = _("Share of all in this row.")
OUTCOMES: Mapping[str, tuple[Words, Words]] = {
    "reached": (
        _("Expected level or higher"),
        _(
            "Placed again, on the level that was expected or above. Where no higher level was expected: on any higher "
            "level."
        ),
    ),
    "risen": (_("Risen, less far"), _("Placed again, on a higher level, but not on the one that was expected.")),
    "stayed": (_("Stayed level"), _("Placed again, on the same level or a half-level of it.")),
    "fallen": (_("Fallen"), _("Placed again, on a lower level.")),
    "same": (_("In the same group"), _("Placed again, in the same group.")),
    "moved": (_("In another group"), _("Placed again, in another group.")),
    "no_counterpart": (
        _("Not to compare"),
        _("Placed again, but a level, or the one that was expected, has no counterpart on this scale."),
    ),
    "left": (_("Out of follow-up"), _("No longer in follow-up on the later day.")),
    "not_measured_again": (_("Not placed again"), _("In follow-up, without a placement since.")),
}
"""What can have become of people by the later day."""


def _columns(key: str, label: Words, meaning: Words) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(key, label, "persons", meaning, "integer"),
        ReportColumn(f"{key}_share", "%", "percent", SHARE, "share", share_of=key),
    )


YEAR_COLUMNS = (
    ReportColumn(
        "known",
        _("Known after a year"),
        "persons",
        _("Of them placed again within a year after the earlier day: of the others it is not known."),
        "integer",
    ),
    ReportColumn(
        "higher",
        _("On a higher level within the year"),
        "persons",
        _("Of those of whom it is known, who stood on a higher level at the end of a month of that year."),
        "integer",
    ),
    ReportColumn(
        "realised",
        _("Realised within the year"),
        "persons",
        _(
            "Of those with growth potential of whom it is known, who stood on the expected level or above at the end "
            "of a month of that year."
        ),
        "integer",
    ),
    ReportColumn(
        "realised_share",
        "%",
        "percent",
        _("Realised growth: share of those with growth potential of whom it is known."),
        "share",
        share_of="realised",
    ),
    ReportColumn(
        "realised_low",
        _("at least %"),
        "percent",
        _("Where it is not known of everybody: the least share that all of them together may have, at 95%."),
        "share",
        share_of="realised",
        off_page=True,
    ),
    ReportColumn(
        "realised_high",
        _("at most %"),
        "percent",
        _("The greatest share that they may have."),
        "share",
        share_of="realised",
        off_page=True,
    ),
    *REACH_COLUMNS,
)
"""They are there when a full year can be observed."""

REALISED = ReportDefinition(
    key="realised",
    slug="groei-gerealiseerd",
    title=_("What became of the growth?"),
    question=_("In whom was growth potential seen, how far did they come, and what of those with an instrument?"),
    meaning=_(
        "Counted are people who were in follow-up on the earlier day, on a level of this scale on which there can be "
        "growth potential: not code 0, nor the highest. By the later day they came as far as was expected or higher, "
        "rose less far, stayed level, fell, left follow-up, or were not placed again; together these are all who were "
        "counted. What was expected is the expected level of the earlier day; where none was recorded, or one that is "
        "no higher, it is any higher level. Growth is judged on whole levels, unless the scale counts half-levels. "
        "Realised growth looks at the year after the earlier day alone: who, with growth potential, stood on the "
        "expected level or above at the end of a month of that year, or on its last day. The formula of the field "
        "(G-6) divides by everybody with growth potential of whom a full year was observed. Here it is divided by "
        "those of them who were placed again within the year, also where they left after that. Of the others, who "
        "stayed or left without a new placement, it is not known, as leaving is no level: they do not count as not "
        "realised. Where it is not known of everybody, the interval says between which shares that of all with growth "
        "potential lies, 19 times out of 20, if the others are like them. How far was expected beside how far it came "
        "is told of those of whom a higher level was expected, in levels above that of the earlier day: expected, and "
        "reached at most at those same days. Half-levels are halves where the scale counts them. The mean difference "
        "is over those of whom both are known, with its interval where these are not all. By case manager it is held "
        "beside that of the others on the same levels, with more caution the more of them are compared. As long as "
        "the year is not over nothing is said of it. Groups are those of the earlier day. Who was in your caseload or "
        "team then and was handed over since need not be like them: with them no percentage is given but between "
        "which it lies, from none of them to all of them. Both days are as known at the same moment."
    ),
    chart_title=_("What became of those with growth potential"),
    codes=("B-42", "B-43", "B-48", "B-53", "G-6"),
    columns=(
        GROUP,
        ReportColumn(
            "level", _("Level"), "", _("The code of the level on the earlier day; empty for all levels together."),
            "text", grouping_label=_("Client group"),
        ),
        NAME,
        ReportColumn(
            "growth", _("Growth potential"), "",
            _("Whether it was seen on the earlier day, or not known; empty for all together."),
            "text",
            values=(("with", _("Growth potential")), ("without", _("No growth potential")), ("unknown", _("unknown"))),
        ),
        ReportColumn(
            "instrument", _("Instrument"), "",
            _("Whether one was in use on the earlier day, or not known; empty for all together."), "text",
            part="plans", values=(("yes", _("yes")), ("no", _("no")), ("unknown", _("unknown"))),
        ),
        ReportColumn("clients", _("Clients"), "persons", _("People on that level on the earlier day."), "integer"),
        *(column for key, words in OUTCOMES.items() for column in _columns(key, *words)),
        *YEAR_COLUMNS,
    ),
    cell=("level", "growth", "outcome", "year", "instrument", "reach"),
    parameters=(CLOSING_PARAMETERS[0], "compared-with", *CLOSING_PARAMETERS[1:]),
)  # fmt: skip
