"""Case managers by level: how many people stand on each, and how many of them have an instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import CaseMix
from opstap.ladder.enums import NO_COUNTERPART, UNDETERMINED
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.differences import BETWEEN, EXEMPTION, INSTRUMENT, Differences
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.differences.rows import in_order_of_names
from opstap.reporting.tables.differences.words import worker_label, worker_public
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.pages import PageTable, people_url
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import level_head


def level_tables(result: Result, query: str, figures: Differences) -> list[PageTable]:
    """Of each case manager how many stand on each level, and how many of these have an instrument."""
    everyone = by_level(figures.measures[EXEMPTION], having=False)
    made = [on_page(result, _matrix(result, query, _("People by level"), everyone, {}))]
    if INSTRUMENT in figures.measures:
        having = by_level(figures.measures[INSTRUMENT], having=True)
        cell = {"measure": INSTRUMENT, "answer": "yes"}
        made.append(on_page(result, _matrix(result, query, _("People with an instrument by level"), having, cell)))
    return made


def by_level(mix: CaseMix, *, having: bool) -> dict[str, Counter[str]]:
    """By group the persons on each level: all of them, or those who have it."""
    found: dict[str, Counter[str]] = {group: Counter() for group in mix.groups}
    for group, strata in mix.cells.items():
        for stratum, split in strata.items():
            found[group][stratum.partition(BETWEEN)[0]] += split.yes if having else sum(split)
    return found


def level_codes(question: Question, counts: Mapping[str, Counter[str]]) -> list[str]:
    """The whole levels in their order, code 0 and no counterpart where somebody has it, and who is not placed last."""
    used = {code for one in counts.values() for code, persons in one.items() if persons}
    whole = [one.code for one in question.scale.levels if one.parent_code is None]
    codes = [code for code in whole if code not in {UNDETERMINED, NO_COUNTERPART} or code in used]
    return [*codes, NOT_FILLED]


def _matrix(
    result: Result, query: str, caption: str, counts: Mapping[str, Counter[str]], cell: Mapping[str, str]
) -> Matrix:
    question = result.question
    codes = level_codes(question, counts)
    columns = [_column(question, code) for code in codes]
    everyone = Line("", RowHead(_("Total")), _("Everyone of this row."))

    def figures(found: Counter[str]) -> list[int]:
        return [*(found[code] for code in codes), found.total()]

    def url(extra: Mapping[str, str], level: str) -> str:
        return people_url(result, query, {**cell, **extra, **({"level": level} if level else {})})

    rows = [
        MatrixRow(
            Line(f"worker-{group}", RowHead(worker_label(question, group))),
            figures(counts[group]),
            partial(url, {"worker": worker_public(question, group)}),
        )
        for group in in_order_of_names(question, counts)
    ]
    together = sum(counts.values(), Counter[str]())
    rows.append(MatrixRow(everyone, figures(together), partial(url, {}), is_total=True))
    return Matrix(caption, _("Case manager"), [*columns, everyone], rows)


def _column(question: Question, code: str) -> Line:
    return Line(code, level_head(question, None if code == NOT_FILLED else code, get_language() or "nl"))
