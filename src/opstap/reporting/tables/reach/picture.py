"""The chart of how many levels were expected and how many came: two bars a line."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from opstap.foundation.charts import pairs
from opstap.foundation.charts.colours import RISEN
from opstap.foundation.charts.pairs import Pair, PairChart
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.selectors.realised import year_ends_on
from opstap.reporting.tables.level_charts import colour_of
from opstap.reporting.tables.reach.figures import ReachVerdict, average
from opstap.reporting.tables.reach.page import ReachLine
from opstap.reporting.tables.reach.words import mean_words, verdict_words
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result


def reach_picture(
    result: Result, lines: Mapping[str, ReachLine], judged: Mapping[str, ReachVerdict], prefix: str
) -> Picture | None:
    """Of those of whom it is known, with the verdict on who differs from the others. Nothing where that is nobody, or
    where others may have been among any of them.
    """
    shown = {key: line for key, line in lines.items() if line.reach.known and not line.is_total}
    if not shown or any(line.beyond for line in lines.values()):
        return None
    subtitle = _("{earlier} to {later}, n = {base} of whom it is known").format(
        earlier=day(result.question.compared_with),
        later=day(year_ends_on(result.question)),
        base=number(sum(line.reach.known for line in shown.values())),
    )
    title = _("Levels expected and reached within a year, on average")
    drawn = [_pair(result, line, judged.get(key)) for key, line in shown.items()]
    chart = PairChart(title, subtitle, _("reached"), _("expected"), drawn, prefix)
    return Picture(title, pairs.render(chart))


def _pair(result: Result, line: ReachLine, verdict: ReachVerdict | None) -> Pair:
    reached, expected = (average(total, line.reach.known) or 0 for total in (line.reach.reached, line.reach.expected))
    level, people = line.head.level, f"n = {number(line.reach.known)}"
    return Pair(
        label=level or line.head.text,
        sublabel=line.head.text if level else "",
        first=float(reached),
        second=float(expected),
        first_note=people,
        second_note=verdict_words(verdict) if verdict in {ReachVerdict.TOO_FAR, ReachVerdict.TOO_SHORT} else "",
        colour=colour_of(result.question, level) if level else RISEN,
        first_text=mean_words(average(line.reach.reached, line.reach.known)),
        second_text=mean_words(average(line.reach.expected, line.reach.known)),
    )
