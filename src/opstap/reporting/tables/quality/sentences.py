"""The answer of the report `data-quality` in words, and the name of a cell."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.quality import QualityPart
from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Aspect
from opstap.reporting.selectors.quality.counting import ANY
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.quality.words import check_name
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label


def lead(result: Result) -> str:
    """Of how many there is something to look at, and in which respect."""
    overall: QualityPart = result.figures.overall  # type: ignore[union-attr]  # the figures are those of the checks
    found = overall.checks[ANY].concerned
    people = ngettext("Of {n} person in follow-up", "Of {n} people in follow-up", result.base)
    people = people.format(n=number(result.base))
    if not found:
        return _("{people} nothing stands out.").format(people=people)
    counts = {aspect: number(overall.checks[aspect.value].concerned) for aspect in Aspect}
    text = _(
        "{people}, something needs a look with {found} ({share}): with {timely} something is not timely, with "
        "{correct} perhaps not correct, with {complete} not complete."
    )
    return text.format(
        people=people,
        found=number(found),
        share=share_words(share(found, result.base, 0), 0),
        timely=counts[Aspect.TIMELY],
        correct=counts[Aspect.CORRECT],
        complete=counts[Aspect.COMPLETE],
    )


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    del language
    key, group = cell.get("check", ""), cell.get("group", "")
    parts = [group_label(question, group) if group else "", check_name(question, key) if key else ""]
    return ", ".join(part for part in parts if part) or _("everyone")
