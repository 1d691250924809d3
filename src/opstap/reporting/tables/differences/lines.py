"""Tables of which each line has people, who of them has it, and what is expected: by case manager, or the own alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed

from django.utils.translation import gettext as _

from opstap.analytics.distribution import CaseMix, Split
from opstap.analytics.transitions import HANDED_OVER
from opstap.analytics.uncertainty import SMALL, Standardised, Verdict
from opstap.facts.selectors.dimensions import UNKNOWN as NO_WORKER
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Seen
from opstap.reporting.selectors.differences import KNOWN, RISEN
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.tables.differences.comparing import as_percentage, figures_of
from opstap.reporting.tables.differences.words import by_coincidence, measure_words, verdict_words
from opstap.reporting.tables.handed import bounds_foot, no_verdict_words, own_words, untold_words
from opstap.reporting.tables.intervals import between, small_note
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url
from opstap.reporting.tables.results import Result


@dataclass(frozen=True)
class Line:
    """A measure of one group (of everyone where none is named), with the words that choose its people in an address."""

    key: str
    mix: CaseMix
    group: str | None = None
    name: str = ""
    cell: Mapping[str, str] = field(default_factory=dict)
    beside: Standardised | None = None
    ended: Mapping[str, int] = field(default_factory=dict)
    is_total: bool = False
    has_people: bool = True

    @property
    def is_worker(self) -> bool:
        """Whether it is somebody's caseload."""
        return self.group not in {None, WITHIN, NO_WORKER}

    @property
    def split(self) -> Split:
        """Who has it, who has not, and of whom it is not known."""
        return self.mix.split_of(self.group)


def measure_table(result: Result, query: str, key: str, lines: Sequence[Line]) -> PageTable:
    """A line a case manager."""
    figures = figures_of(result)
    endings, beyond = figures.endings if key == RISEN else (), figures.is_beyond(key)
    words, has_unknown = measure_words(key), any(line.split.unknown for line in lines)
    told = figures.whatever.get(key, {})
    headings = [
        Heading(_("Case manager"), "", is_figure=False),
        Heading(_("People"), _("People {which}, of whom it is known.").format(which=words.people), is_figure=True),
        *([Heading(_("Not known"), _("Of how many it is not."), is_figure=True)] if has_unknown else []),
        Heading(words.having, _("How many of them."), is_figure=True),
        *([] if beyond else [Heading("%", _("Share of those of whom it is known."), is_figure=True)]),
        *([] if beyond else _beside_headings()),
        *(_ending_headings(endings)),
        *([_handed_heading(), _sure_heading()] if beyond else []),
        *([_beside_headings()[-1]] if told else []),
    ]
    rows = []
    for line in lines:
        cells = [
            Cell(line.name, "", is_figure=False, is_key=True),
            *_plain(result, query, line, has_unknown=has_unknown)[: -1 if beyond else None],
        ]
        cells += [] if beyond else _beside(result, line)
        cells += [_people(result, query, line, line.ended.get(ending, 0), ending) for ending in endings]
        cells += _handed(result, line) if beyond else []
        cells += [_whatever(line, told)] if told else []
        rows.append(PageRow(_labelled(cells, headings), line.is_total))
    said = [own_words(figures.handed)] if beyond else []
    said[:0] = [no_verdict_words(figures.handed, result.question, told=bool(told))] if beyond else []
    return _table(words.name, headings, rows, " ".join(part for part in said if part))


def own_lines(result: Result, query: str, caption: str, lines: Sequence[Line]) -> PageTable:
    """A line a measure, of one caseload. With people handed over between what the share lies stands where it would."""
    figures, with_beside = figures_of(result), any(line.beside for line in lines)
    beyond = [line.key for line in lines if figures.is_beyond(line.key)]
    handed = [_handed_heading()] if beyond else []
    headings = [
        Heading(_("Subject"), "", is_figure=False),
        Heading(_("People"), _("People of whom it is known."), is_figure=True),
        Heading(_("Not known"), _("Of how many it is not."), is_figure=True),
        Heading(_("Have it"), _("How many of them."), is_figure=True),
        *handed,
        Heading("%", _("Share of those of whom it is known."), is_figure=True),
        *(_beside_headings() if with_beside else []),
    ]
    rows = []
    for line in lines:
        shown = changed(line, has_people=line.group is None)
        cells = [Cell(measure_words(line.key).name, "", is_figure=False, is_key=True)]
        *counts, part = _plain(result, query, shown, has_unknown=True)
        cells += [*counts, *_own_handed(result, line, part, with_handed=bool(handed))]
        cells += _beside(result, line) if with_beside else []
        rows.append(PageRow(_labelled(cells, headings), is_total=False))
    said = [_ended_words(result, line) for line in lines if line.key == RISEN and line.ended]
    if beyond:
        others = figures.seen == Seen.SPREAD
        said.append(
            untold_words(figures.handed, result.question) if others else bounds_foot(figures.handed, result.question)
        )
    return _table(caption, headings, rows, " ".join(said))


def _ended_words(result: Result, line: Line) -> str:
    """What else became of who was placed on the earlier day."""
    counts = [f"{number(line.ended.get(key, 0))} {outcome_of(key).label.lower()}" for key in figures_of(result).endings]
    return _("Of who was placed on the earlier day: {counts}.").format(counts=", ".join(counts))


def _table(caption: str, headings: Sequence[Heading], rows: Sequence[PageRow], said: str = "") -> PageTable:
    small = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    foot = " ".join(part for part in (said, small) if part)
    return PageTable(caption, tuple(headings), tuple(rows), foot=foot, close=True)


def _labelled(cells: Sequence[Cell], headings: Sequence[Heading]) -> tuple[Cell, ...]:
    """Each cell with the heading that a phone shows beside it."""
    first, *others = (changed(cell, label=heading.label) for cell, heading in zip(cells, headings, strict=True))
    return changed(first, label=""), *others


def _plain(result: Result, query: str, line: Line, *, has_unknown: bool) -> list[Cell]:
    split, decimals = line.split, result.question.decimals
    part = figures_of(result).estimate(line.key, line.group).share(decimals)
    cells = [_people(result, query, line, split.known, KNOWN if split.unknown else "")]
    if has_unknown:
        cells.append(_people(result, query, line, split.unknown, "unknown"))
    return [
        *cells,
        changed(_people(result, query, line, split.yes, "yes"), is_key=True),
        Cell(
            "" if figures_of(result).is_beyond(line.key) else share_words(part, decimals),
            "",
            is_figure=True,
            is_key=True,
            is_silent=part is None,
            is_small=part is not None and split.known < SMALL,
        ),
    ]


def _people(result: Result, query: str, line: Line, count: int, answer: str) -> Cell:
    """A number that leads to its people."""
    extra = {**line.cell, "measure": line.key, **({"answer": answer} if answer else {})}
    return figure_cell(count, "", url=people_url(result, query, extra) if line.has_people else "")


def _beside_headings() -> list[Heading]:
    return [
        Heading(
            _("Expected"), _("What would be expected with these people: on their levels, as long on benefit."), True
        ),
        Heading(
            _("comparable %").capitalize(),
            _("The share if everyone had the same mix of people: observed over expected, times the share of all."),
            is_figure=True,
        ),
        Heading(
            _("By coincidence"),
            _("How many have it if there is nothing but coincidence, 19 times out of 20."),
            is_figure=True,
        ),
        Heading(_("Verdict"), _("What the number is beside coincidence."), is_figure=False),
    ]


def _beside(result: Result, line: Line) -> list[Cell]:
    found, decimals = line.beside, result.question.decimals
    if found is None:
        return [Cell("", "", is_figure=shown, is_key=False, is_silent=True) for shown in (True, True, True, False)]
    comparable = as_percentage(found.share_of(found.having), decimals)
    expected = share_words(as_percentage(found.expected_share, decimals), decimals)
    return [
        Cell(expected, "", is_figure=True, is_key=False),
        Cell(share_words(comparable, decimals), "", is_figure=True, is_key=False, is_silent=comparable is None),
        Cell(by_coincidence(*found.near), "", is_figure=True, is_key=False),
        Cell(verdict_words(found.verdict), "", is_figure=False, is_key=True),
    ]


def _whatever(line: Line, told: Mapping[str, Verdict]) -> Cell:
    """The verdict that holds whatever became of who was handed over, or that there is none."""
    if not line.is_worker:
        return Cell("", "", is_figure=False, is_key=False, is_silent=True)
    verdict = told.get(line.group or "")
    said = _("? can't be said") if verdict is None else verdict_words(verdict)
    return Cell(said, "", is_figure=False, is_key=verdict is not None)


def _handed_heading() -> Heading:
    handed = outcome_of(HANDED_OVER)
    return Heading(handed.label, handed.meaning, is_figure=True)


def _sure_heading() -> Heading:
    return Heading(_("How sure"), _("From none of those handed over to all of them."), is_figure=False)


def _own_handed(result: Result, line: Line, part: Cell, *, with_handed: bool) -> list[Cell]:
    """The share; with people handed over how many these are, and between what the share of all of them lies."""
    if not with_handed:
        return [part]
    if figures_of(result).is_beyond(line.key):
        handed, sure = _handed(result, line)
        return [handed, changed(sure, is_figure=True)]
    return [Cell("", "", is_figure=True, is_key=False, is_silent=True), part]


def _handed(result: Result, line: Line) -> list[Cell]:
    """How many were handed over, and between what the share of all of them lies."""
    found = figures_of(result).estimate(line.key, line.group)
    handed = Cell("", "", is_figure=True, is_key=False, is_silent=True)
    return [
        handed if line.group == WITHIN else figure_cell(found.beyond, ""),
        Cell(between(found), "", is_figure=False, is_key=True),
    ]


def _ending_headings(endings: Sequence[str]) -> list[Heading]:
    return [Heading(outcome_of(key).label, outcome_of(key).meaning, is_figure=True) for key in endings]
