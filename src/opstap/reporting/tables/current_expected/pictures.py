"""The charts of the report `current-expected`: two bars a level, and the streams between them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.charts import alluvial, pairs
from opstap.foundation.charts.alluvial import Alluvial, Stream
from opstap.foundation.charts.pairs import Pair, PairChart
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.tables.current_expected.rows import figures_of, known_name
from opstap.reporting.tables.level_charts import colour_of, is_hatched, level_bands, subtitle
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.shares import shares_of


def pictures(result: Result) -> Sequence[Picture]:
    """Of everyone, also where the table is by groups."""
    return [_pairs(result), _streams(result)]


def _pairs(result: Result) -> Picture:
    question, part = result.question, figures_of(result).overall
    language = get_language() or "nl"

    def notes(counts: Sequence[int]) -> list[str]:
        return [share_words(one, question.decimals) for one in shares_of(counts, question)]

    current, expected = notes([row.current for row in part.rows]), notes([row.expected for row in part.rows])
    lines = [
        Pair(
            label="–" if row.level in {None, NO_COUNTERPART} else str(row.level),
            sublabel=known_name(question, row.level, language),
            first=row.current,
            second=row.expected,
            first_note=first,
            second_note=second,
            colour=colour_of(question, row.level),
            hatched=is_hatched(row.level),
        )
        for row, first, second in zip(part.rows, current, expected, strict=True)
    ]
    title = str(result.definition.chart_title)
    chart = PairChart(title, subtitle(result), _("now"), _("expected"), lines, "current-expected-pairs")
    return Picture(title, pairs.render(chart))


def _streams(result: Result) -> Picture:
    question, part = result.question, figures_of(result).overall
    codes = [row.level for row in part.rows if row.level is not None]
    if question.scale.is_ladder:
        codes.reverse()
    ordered: list[str | None] = [*codes, None]
    places = {code: place for place, code in enumerate(ordered)}
    title = _("From the current level to the expected one")
    chart = Alluvial(
        title=title,
        subtitle=subtitle(result),
        left_title=_("Now"),
        right_title=_("Expected"),
        left=level_bands(question, ordered),
        right=level_bands(question, ordered),
        streams=[Stream(places[one.origin], places[one.destination], one.clients) for one in part.shifts],
        id_prefix="current-expected-streams",
    )
    return Picture(title, alluvial.render(chart))
