"""The chart of the report `coverage`: for each group one bar, from lately placed to not at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import UNKNOWN, level_colours, lighter
from opstap.foundation.ui.templatetags.ui_format import share
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.coverage.sentences import placed_lately
from opstap.reporting.tables.level_charts import subtitle
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result, ResultRow

COLOUR = level_colours(6)[3]


def pictures(result: Result) -> Sequence[Picture]:
    """One chart."""
    chart = BarChart(
        title=str(result.definition.chart_title),
        subtitle=subtitle(result),
        bars=[_bar(result, row) for row in result.rows],
        value_label=_("clients"),
        id_prefix=result.definition.key,
        names_in_key=True,
    )
    return [Picture(result.definition.title, render(chart))]


def _bar(result: Result, row: ResultRow) -> Bar:
    part = row.values["placed_share"]
    return Bar(
        label=row.head.text,
        segments=[
            Segment(value, label, colour, hatched=hatched)
            for key, value, label, colour, hatched in _parts(result.question, row)
            if any(_part(other, key) for other in result.rows)
        ],
        note=share(part, result.question.decimals) if isinstance(part, Decimal) else "",
    )


def _parts(question: Question, row: ResultRow) -> list[tuple[str, int, str, str, bool]]:
    """The parts of a bar in their order, which is that of the key."""
    words = (
        ("placed_last_year", placed_lately(question), COLOUR, False),
        ("placed_before", _("placed before that"), lighter(COLOUR), False),
        ("not_determined", _("never determined"), UNKNOWN, True),
        ("not_placed", _("no placement"), UNKNOWN, False),
    )
    return [(key, _part(row, key), label, colour, hatched) for key, label, colour, hatched in words]


def _part(row: ResultRow, key: str) -> int:
    if key == "placed_before":
        return _count(row, "placed") - _count(row, "placed_last_year")
    return _count(row, key)


def _count(row: ResultRow, key: str) -> int:
    value = row.values[key]
    return value if isinstance(value, int) else 0
