"""What the report `current-expected` says of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import GROUP, MATRIX_PARAMETERS, NAME, ReportColumn, ReportDefinition

CURRENT_EXPECTED = ReportDefinition(
    key="current-expected",
    slug="nu-en-verwacht",
    title=_("Current and expected level"),
    question=_("Where do people stand, where do we expect them, and who is expected to shift?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale, by its level and by the expected level recorded with it. Half-levels count under their whole "
        "level. Unknown: no placement, or no expected level. A higher or lower expectation is judged on whole levels "
        "unless the scale counts half-levels. Both mean levels are over the same people: those whose current and "
        "expected level are known, code 0 left out. Whole levels count 1, 2, 3 … from low to high, and an upper "
        "half-level a half more. A scale without order has no mean."
    ),
    chart_title=_("People by current and by expected level"),
    codes=("A-11", "A-12", "A-13", "A-16", "A-19", "G-14"),
    columns=(
        GROUP,
        ReportColumn(
            "level",
            _("Level"),
            "",
            _("The code of the level; empty: unknown."),
            "text",
            grouping_label=_("Client group"),
        ),
        NAME,
        ReportColumn("current", _("Now"), "persons", _("People whose last placement is on this level."), "integer"),
        ReportColumn("current_share", "%", "percent", _("Share of all people counted."), "share", share_of="current"),
        ReportColumn("expected", _("Expected"), "persons", _("People of whom this level is expected."), "integer"),
        ReportColumn("expected_share", "%", "percent", _("Share of all people counted."), "share", share_of="expected"),
    ),
    cell=("current", "expected", "shift"),
    parameters=MATRIX_PARAMETERS,
)
