"""The tables of the report `data-quality` on its page: a table for each thing asked, and by groups one of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.quality import NOBODY, Found, QualityPart
from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Aspect
from opstap.reporting.selectors.quality.checks import Check, checks_of
from opstap.reporting.selectors.quality.counting import ANY
from opstap.reporting.tables.intervals import small_note
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url
from opstap.reporting.tables.quality.rows import is_small, left_out
from opstap.reporting.tables.quality.words import ASPECTS, NOT, check_meaning, check_name
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, in_order

MOST_BESIDE, MOST_ACROSS = 6, 10
"""So many groups have room for their shares beside their counts, and so many for a column each."""
FACTS = (1, 3)
"""On a telephone the line of a check has these columns: how many it concerns, and their share."""


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """Everyone together: each check with how it counts. By groups: who has findings, each check, and how it counts."""
    if result.question.by:
        groups = len(_parts(result)) - 1
        across = [_across(result, query, aspect) for aspect in Aspect] if groups <= MOST_ACROSS else []
        made = [_by_group(result, query), *(across or [_group_after_group(result, query)]), _meanings(result)]
    else:
        made = [_of_aspect(result, query, aspect) for aspect in Aspect]
    feet = [made[-1].foot, *left_out(result.question)]
    return [*made[:-1], replace(made[-1], foot=" ".join(foot for foot in feet if foot))]


def _of_aspect(result: Result, query: str, aspect: Aspect) -> PageTable:
    question, overall = result.question, _parts(result)[0]
    headings = (Heading(_("Check"), "", is_figure=False), *_figure_headings(), _how())
    rows = [
        PageRow(
            (
                _name(check_name(question, check.key)),
                *_figures(result, query, overall, check.key),
                Cell(check_meaning(question, check.key), _how().label, is_figure=False, is_key=False),
            ),
            is_total=False,
        )
        for check in _checks(result, aspect)
    ]
    last = (_name(check_name(question, aspect.value)), *_figures(result, query, overall, aspect.value))
    silent = Cell("", _how().label, is_figure=False, is_key=False, is_silent=True)
    rows.append(PageRow((*last, silent), is_total=True))
    shown = [overall.checks[check.key] for check in _checks(result, aspect)]
    foot = small_note() if any(map(is_small, shown)) else ""
    return PageTable(str(ASPECTS[aspect.value]), headings, tuple(rows), foot=foot, lined=True, facts=FACTS)


def _by_group(result: Result, query: str) -> PageTable:
    """How many of each group have a finding, in all and of each kind."""
    question = result.question
    asked = [*(aspect.value for aspect in Aspect), ANY]
    labels = [
        *(str(NOT[aspect.value]) for aspect in Aspect),
        check_name(question, ANY),
    ]
    headings = [Heading(question.dimension_name(question.by or "").capitalize(), "", is_figure=False)]
    headings.append(Heading(_("Clients"), "", is_figure=True))
    for label in labels:
        headings += [Heading(label, "", is_figure=True), Heading("%", _("Share of the group."), is_figure=True)]
    overall, *groups = _parts(result)
    rows = []
    for part in (*groups, overall):
        cells = [_name(group_label(question, part.group) if part.group is not None else _("Everyone together"))]
        cells.append(figure_cell(part.clients, headings[1].label, url=people_url(result, query, {}, part.group or "")))
        for key, label in zip(asked, labels, strict=True):
            found = part.checks[key]
            cells.append(_count(result, query, part, key, label))
            cells.append(_share(result, found, f"% {label}"))
        rows.append(PageRow(tuple(cells), is_total=part.group is None))
    few = any(is_small(part.checks[ANY]) for part in groups)
    last = (len(headings) - 2, len(headings) - 1)
    return PageTable(_("Who has a finding"), tuple(headings), tuple(rows), foot=small_note() if few else "", facts=last)


def _across(result: Result, query: str, aspect: Aspect) -> PageTable:
    """Each check with how many it concerns in each group; with the share beside it where there is room for it."""
    question = result.question
    overall, *groups = _parts(result)
    beside = len(groups) <= MOST_BESIDE
    labels = [_("Everyone together"), *(group_label(question, part.group) for part in groups)]
    headings = [Heading(_("Check"), "", is_figure=False), *(Heading(label, "", is_figure=True) for label in labels)]
    rows = [
        PageRow(
            (
                _name(check_name(question, key)),
                *(
                    _count(result, query, part, key, label, beside=beside)
                    for part, label in zip((overall, *groups), labels, strict=True)
                ),
            ),
            is_total=key == aspect.value,
        )
        for key in (*(check.key for check in _checks(result, aspect)), aspect.value)
    ]
    foot = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    return PageTable(str(ASPECTS[aspect.value]), tuple(headings), tuple(rows), foot=foot, scrolls=True)


def _group_after_group(result: Result, query: str) -> PageTable:
    """Of each group the checks that concern somebody in it."""
    question = result.question
    rows = []
    for part in _parts(result)[1:]:
        found = [check.key for check in checks_of(question) if part.checks[check.key].concerned]
        for place, key in enumerate(found):
            cells = (_name(check_name(question, key)), *_figures(result, query, part, key))
            rows.append(PageRow(cells, is_total=False, group_head="" if place else group_label(question, part.group)))
    foot = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    headings = (Heading(_("Check"), "", is_figure=False), *_figure_headings())
    caption = _("What was found, group by group")
    return PageTable(caption, headings, tuple(rows), foot=foot, lined=True, facts=FACTS)


def _meanings(result: Result) -> PageTable:
    question = result.question
    rows = [
        PageRow(
            (
                _name(check_name(question, check.key)),
                Cell(check_meaning(question, check.key), _how().label, is_figure=False, is_key=False),
            ),
            is_total=False,
        )
        for check in checks_of(question)
    ]
    headings = (Heading(_("Check"), "", is_figure=False), _how())
    return PageTable(_("What each check counts"), headings, tuple(rows), folded=True)


def _parts(result: Result) -> list[QualityPart]:
    """Everyone, then the groups in their order."""
    figures = result.figures
    overall: QualityPart = figures.overall  # type: ignore[union-attr]  # the figures are those of the checks
    groups: Sequence[QualityPart] = figures.groups  # type: ignore[union-attr]
    return [overall, *in_order(result.question, groups)]


def _checks(result: Result, aspect: Aspect) -> list[Check]:
    return [check for check in checks_of(result.question) if check.aspect == aspect]


def _figure_headings() -> tuple[Heading, ...]:
    return (
        Heading(_("Concerns"), _("How many people it concerns: the work list."), is_figure=True),
        Heading(_("Of people"), _("Of how many people it can be judged."), is_figure=True),
        Heading("%", _("Share of those of whom it can be judged."), is_figure=True),
    )


def _how() -> Heading:
    return Heading(_("How it counts"), "", is_figure=False)


def _name(text: str) -> Cell:
    return Cell(text, "", is_figure=False, is_key=True)


def _figures(result: Result, query: str, part: QualityPart, key: str) -> list[Cell]:
    count, judged, of_them = _figure_headings()
    found = part.checks.get(key, NOBODY)
    return [
        _count(result, query, part, key, count.label),
        Cell(number(found.judged), judged.label, is_figure=True, is_key=False),
        _share(result, found, of_them.label),
    ]


def _count(result: Result, query: str, part: QualityPart, key: str, label: str, *, beside: bool = False) -> Cell:
    """How many it concerns, with the way to exactly them; nothing where it can be judged of nobody."""
    found = part.checks.get(key, NOBODY)
    if not found.judged:
        return Cell("–", label, is_figure=True, is_key=True, is_silent=True)
    url = people_url(result, query, {"check": key}, part.group or "")
    cell = figure_cell(found.concerned, label, url=url, is_key=True)
    return replace(cell, beside=_percent(result, found), is_small=is_small(found)) if beside else cell


def _share(result: Result, found: Found, label: str) -> Cell:
    if not found.judged:
        return Cell("", label, is_figure=True, is_key=False, is_silent=True)
    return Cell(_percent(result, found), label, is_figure=True, is_key=False, is_small=is_small(found))


def _percent(result: Result, found: Found) -> str:
    decimals = result.question.decimals
    return share_words(share(found.concerned, found.judged, decimals), decimals)
