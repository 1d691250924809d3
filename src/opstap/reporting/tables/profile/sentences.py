"""The answer of the report `profile` in words, and the name of a cell."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.profile import INCOME, shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.profile.rows import estimates_of
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up


def lead(result: Result) -> str:
    """How many, how many stand on no level, and the share of each feature."""
    overall = result.figures.overall  # type: ignore[union-attr]  # the figures are those of a profile
    estimates = estimates_of(overall.features)
    said = []
    for key in shown_features(result.question):
        found = estimates[key]
        share = found.share(0)
        if share is not None:
            said.append(f"{str(FEATURES[key][0]).lower()} {share_words(share, 0)}")
    unplaced = sum(row.clients for row in overall.rows if row.level in {None, "0"})
    sentences = [f"{people_in_follow_up(result.base)}, {_nobody_or(unplaced)}."]
    if said:
        sentences.append(_("Of those of whom it is known: {shares}.").format(shares=", ".join(said)))
    return " ".join(sentences)


def _nobody_or(count: int) -> str:
    if not count:
        return _("all of them placed")
    return _("{n} of them not placed or not yet determined").format(n=number(count))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    having, answer = cell.get("having", ""), cell.get("answer", "yes")
    if not having:
        return level_cell_words(question, cell, language)
    if having.startswith(INCOME):
        group = question.words["income"].get(having.removeprefix(INCOME))
        name = _("income: {situation}").format(situation=group.label if group else having)
    else:
        name = str(FEATURES[having][0]).lower()
    if answer == "unknown":
        name = _("{feature}: not known").format(feature=name)
    elif answer == "no":
        name = _("{feature}: no").format(feature=name)
    where = {key: text for key, text in cell.items() if key in {"level", "group"} and text}
    return ", ".join([level_cell_words(question, where, language), name]) if where else name
