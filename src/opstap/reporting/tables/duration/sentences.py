"""The answer of the report `duration` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.uncertainty import apart
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.duration import NO_BENEFIT, NOT_KNOWN, long_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.crosstab import figures_of
from opstap.reporting.tables.duration.rows import long_estimates
from opstap.reporting.tables.duration.shape import long_words, shape_of
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import level_name, people_in_follow_up


def lead(result: Result) -> str:
    """How many are on benefit, how many of them for long, and on which level that is clearly most."""
    question, part = result.question, figures_of(result).overall
    columns = part.columns
    on_benefit = part.clients - columns[NO_BENEFIT] - columns[NOT_KNOWN]
    first = _("{people}: {on} on benefit on this day and {none} without.")
    if columns[NOT_KNOWN]:
        first = _(
            "{people}: {on} on benefit on this day, {none} without, and of {unknown} nothing is recorded about it."
        )
    said = [
        first.format(
            people=people_in_follow_up(part.clients),
            on=number(on_benefit),
            none=number(columns[NO_BENEFIT]),
            unknown=number(columns[NOT_KNOWN]),
        )
    ]
    (found,) = long_estimates(question, [columns])
    if found.share(0) is not None:
        words = _("Of all of them {share} have been on benefit for {long}.")
        if not found.is_exact:
            words = _("Of those of whom it is known, {share} have been on benefit for {long} ({sure}).")
        long = long_words(long_of(question)[0])
        said.append(words.format(share=share_words(found.share(0), 0), long=long, sure=between(found)))
        said.append(_highest(part, question))
    return " ".join(sentence for sentence in said if sentence)


def _highest(part: CrosstabPart, question: Question) -> str:
    """The level on which the share is greatest, when that is more than chance beside all others together."""
    rows = [row for row in part.rows if row.level not in {None, "0"}]
    estimates = long_estimates(question, [row.columns for row in rows])
    judged = [(one, row) for one, row in zip(estimates, rows, strict=True) if one.known and not one.is_small]
    if len(judged) < 2:
        return ""
    greatest, row = max(judged, key=lambda pair: pair[0].part / pair[0].known)
    others = {code: count - row.columns[code] for code, count in part.columns.items()}
    (rest,) = long_estimates(question, [others])
    if rest.is_small or apart(rest, greatest, len(judged)).sign <= 0:
        return ""
    text = _("On level {level} {name} they are most: {share}.")
    if not question.scale.is_ladder:
        text = _("In group {level} {name} they are most: {share}.")
    name = level_name(question, row.level, get_language() or "nl")
    return text.format(level=row.level, name=name, share=share_words(greatest.share(0), 0))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    asked = cell.get("duration", "")
    name = next((one.label for one in shape_of(question).across if one.key == asked), "")
    where = {key: text for key, text in cell.items() if key in {"level", "group"} and text}
    if name and not where:
        return name
    return ", ".join(part for part in (level_cell_words(question, where, language), name) if part)
