"""The columns of how far was expected and how far it came, in files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import ReportColumn

MEANS = (
    ReportColumn(
        "expected_steps", _("Levels expected"), "levels",
        _("On average, of those of whom it is known how far they came: how many levels higher was expected."),
        "decimal", off_page=True,
    ),
    ReportColumn(
        "reached_steps", _("Levels reached"), "levels",
        _("On average, of the same people: how many levels higher the highest one was within the year."),
        "decimal", off_page=True,
    ),
    ReportColumn(
        "steps_apart", _("Levels apart"), "levels",
        _("On average, reached less expected: below 0 less came than was expected."),
        "decimal", off_page=True,
    ),
    ReportColumn(
        "steps_low", _("apart at least"), "levels",
        _("Where it is not known of everybody: the least that it may be of all of them together, at 95%."),
        "decimal", off_page=True,
    ),
    ReportColumn(
        "steps_high", _("apart at most"), "levels", _("The most that it may be."), "decimal", off_page=True
    ),
)  # fmt: skip
VERDICT = ReportColumn(
    "reach_verdict", _("Beside the others"), "",
    _("By case manager: whether what is expected lies further from what comes than with others on the same levels."),
    "text", off_page=True,
    values=(
        ("too_far", _("expects further than it comes")),
        ("too_short", _("expects less far than it comes")),
        ("alike", _("no different")),
        ("few", _("known of too few people to say")),
    ),
)  # fmt: skip
REACH_COLUMNS = (
    ReportColumn(
        "aimed", _("A higher level expected"), "persons",
        _("Of those with growth potential, of whom a higher level was recorded as expected."), "integer",
        off_page=True,
    ),
    ReportColumn(
        "aim_known", _("Known how far"), "persons",
        _("Of them placed again within the year: of the others it is not known how far they came."), "integer",
        off_page=True,
    ),
    ReportColumn("less_far", _("Less far"), "persons", _("Came less far than was expected."), "integer", off_page=True),
    ReportColumn("as_far", _("As far"), "persons", _("Came as far as was expected."), "integer", off_page=True),
    ReportColumn("further", _("Further"), "persons", _("Came further than was expected."), "integer", off_page=True),
    *MEANS,
    VERDICT,
)  # fmt: skip
