"""What the report `coverage` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import ReportColumn, ReportDefinition

SHARE = _("Share of the people of the row.")
COVERAGE = ReportDefinition(
    key="coverage",
    slug="dekking",
    title=_("Coverage"),
    question=_("Of how many people do we know where they stand?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, by the placements on this scale up to that "
        "date. Not yet determined (code 0) is no placement; never determined is who has nothing but that. A second "
        "placement is one on another day, also when the level stayed the same. Second assessments by another worker "
        "don't count. Lately is within the months after which the municipality calls a placement old, 12 unless it set "
        "another number."
    ),
    chart_title=_("People by how lately they were placed"),
    codes=("A-12", "A-18", "B-47", "B-28", "G-3", "G-14"),
    columns=(
        ReportColumn("group", _("Group"), "", _("The group of the dimension; empty for everyone together."), "text"),
        ReportColumn("base", _("People"), "persons", _("People in follow-up on the reference date."), "integer"),
        ReportColumn(
            "placed",
            _("Ever placed"),
            "persons",
            _("Of them with a placement on a level, however long ago."),
            "integer",
        ),
        ReportColumn("placed_share", "%", "percent", SHARE, "share", share_of="placed"),
        ReportColumn(
            "placed_last_year",
            _("Placed lately"),
            "persons",
            _("Of them placed in the months before the reference date after which a placement is old."),
            "integer",
        ),
        ReportColumn("placed_last_year_share", "%", "percent", SHARE, "share", share_of="placed_last_year"),
        ReportColumn(
            "placed_twice", _("Twice or more"), "persons", _("Of them placed on two days or more."), "integer"
        ),
        ReportColumn("placed_twice_share", "%", "percent", SHARE, "share", share_of="placed_twice"),
        ReportColumn(
            "not_determined",
            _("Never determined"),
            "persons",
            _("Of them with code 0 only: looked at, no level chosen yet."),
            "integer",
        ),
        ReportColumn("not_determined_share", "%", "percent", SHARE, "share", share_of="not_determined"),
        ReportColumn("not_placed", _("No placement"), "persons", _("Of them nothing is recorded."), "integer"),
        ReportColumn("not_placed_share", "%", "percent", SHARE, "share", share_of="not_placed"),
    ),
    cell=("having",),
)
