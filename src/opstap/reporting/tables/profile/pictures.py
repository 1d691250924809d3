"""The charts of the report `profile`: people by level, and of each feature who has it, who has not, and who knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Split
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import UNKNOWN, level_colours, lighter
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.profile import shown_features
from opstap.reporting.tables.level_charts import level_pictures, subtitle
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.profile.rows import estimates_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result

COLOUR = level_colours(6)[1]


def pictures(result: Result) -> Sequence[Picture]:
    """The levels; then the features, of everyone together."""
    overall = result.figures.overall  # type: ignore[union-attr]  # the figures are those of a profile
    features: dict[str, Split] = {key: overall.features[key] for key in shown_features(result.question)}
    estimates = estimates_of(features)
    title = _("Who has what")
    chart = BarChart(
        title=title,
        subtitle=subtitle(result),
        bars=[
            Bar(
                label=str(FEATURES[key][0]),
                segments=_segments(split),
                note=share_words(estimates[key].share(result.question.decimals), result.question.decimals),
            )
            for key, split in features.items()
        ],
        value_label=_("clients"),
        id_prefix=f"{result.definition.key}-features",
        names_in_key=True,
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [*level_pictures(result), Picture(title, render(chart), render(narrow))]


def _segments(split: Split) -> list[Segment]:
    """All three, also where nobody is in one: so the key keeps its order."""
    return [
        Segment(split.yes, _("yes"), COLOUR),
        Segment(split.no, _("no"), lighter(COLOUR, 0.75)),
        Segment(split.unknown, _("not known"), UNKNOWN, hatched=True),
    ]
