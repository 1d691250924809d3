"""Between what the own shares of who rose, stayed and fell lie, beside those of the municipality as published.

Of whom that is: who was placed again, on both sides. Not here: the sides where nobody was handed over (`own`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.analytics.transitions import NOT_MEASURED_AGAIN, HandedOver
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.logic.released import FALLEN, OTHER, RISEN, SAME
from opstap.reporting.models import Publication
from opstap.reporting.selectors.colleagues import Colleagues
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.colleagues.own import WAYS
from opstap.reporting.tables.colleagues.traits import published_of_everybody
from opstap.reporting.tables.handed import handed_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.movement.rows import figures_of
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.results import Result

MEASURE_OF: Mapping[str, str] = {RISEN: "risen", SAME: "same", FALLEN: "fallen", OTHER: "moved"}
"""The share of a publication that says the same."""


@dataclass(frozen=True)
class Moved:
    """What became of people: between what the own share lies, and that of the municipality; `None` is hidden."""

    key: str
    own: Estimate
    published: Estimate | None


@dataclass(frozen=True)
class MovedBeside:
    """A row for each of them. No bar: an own share with people handed over has no length."""

    rows: tuple[Moved, ...]
    own_name: str
    other_name: str

    def table(self) -> PageTable:
        """The own bounds, the other share and its interval."""
        labels = (_("Of who was placed again"), self.own_name, self.other_name, _("Interval of the municipality"))
        headings = tuple(Heading(label, "", is_figure=place in {1, 2}) for place, label in enumerate(labels))
        rows = tuple(PageRow(tuple(_cells(one, labels)), is_total=False) for one in self.rows)
        foot = _("The share of the municipality follows from rounded numbers: it lies within the interval.")
        if any(one.published is None for one in self.rows):
            foot += " " + _("× is hidden: too few people, or needed to keep those hidden.")
        return PageTable(_title(), headings, rows, foot=foot)

    def picture(self) -> None:
        """Nothing is drawn."""

    def content(self) -> Content:
        """The same for a file."""
        columns = [
            Column("row", _("Of who was placed again"), "text"),
            Column("own_low", _("{name}, from (%)").format(name=self.own_name), "share", 0),
            Column("own_high", _("{name}, to (%)").format(name=self.own_name), "share", 0),
            Column("published", f"{self.other_name} %", "share", 0),
            Column("low", _("From (%)"), "share", 0),
            Column("high", _("To (%)"), "share", 0),
        ]
        return Content(columns, [_row(one) for one in self.rows], _title())

    def as_json(self) -> list[dict[str, str | int | None]]:
        """In whole percents, as what is published is rounded."""
        return [_json(one) for one in self.rows]


def movement_beside(result: Result, found: Colleagues, one: Publication) -> MovedBeside:
    """Of the report `movement`, where people were handed over."""
    figures = figures_of(result)
    counts, handed = figures.overall.totals.outcomes, figures.handed.persons
    again = sum(count for key, count in counts.items() if key in WAYS)
    whole = again + counts.get(NOT_MEASURED_AGAIN, 0)
    shown = published_of_everybody(found.released, one.threshold)
    rows = []
    for key in (key for key in counts if key in WAYS):
        (own,) = estimated([(counts[key], again, whole, handed)])
        _measure, published = shown.get(MEASURE_OF[WAYS[key]], (None, None))
        rows.append(Moved(key, own, published))
    own_name = _("Your people, {day}").format(day=day(result.question.on))
    return MovedBeside(tuple(rows), own_name, _("the municipality, {day}").format(day=day(one.on)))


def said_of_moved(handed: HandedOver, question: Question) -> str:
    """Why the own people have bounds there."""
    said = _(
        "So of your people stands between what it lies: the lowest if it is so of none of them, the highest if it is "
        "so of all. The municipality stands here as it was published, over a year, your people included."
    )
    return f"{handed_words(handed, question)} {said}"


def _title() -> str:
    return _("Your people beside the whole municipality")


def _cells(one: Moved, labels: tuple[str, ...]) -> Iterator[Cell]:
    yield Cell(outcome_of(one.key).words, labels[0], is_figure=False, is_key=True)
    yield Cell(between(one.own), labels[1], is_figure=True, is_key=True)
    is_hidden = one.published is None
    share = "" if one.published is None else share_words(one.published.share(0), 0)
    yield Cell(share, labels[2], is_figure=True, is_key=True, is_hidden=is_hidden)
    said = "" if one.published is None else between(one.published)
    yield Cell(said, labels[3], is_figure=False, is_key=False, is_silent=not said)


def _row(one: Moved) -> dict[str, Value]:
    own_low, own_high = one.own.bounds() or (None, None)
    low, high = (one.published.bounds() if one.published else None) or (None, None)
    return {
        "row": outcome_of(one.key).words,
        "own_low": own_low,
        "own_high": own_high,
        "published": one.published.share(0) if one.published else _("hidden"),
        "low": low,
        "high": high,
    }


def _json(one: Moved) -> dict[str, str | int | None]:
    ends = {"own": one.own.bounds(), "published": one.published.bounds() if one.published else None}
    found: dict[str, str | int | None] = {"row": WAYS[one.key]}
    for side, bounds in ends.items():
        low, high = bounds or (None, None)
        found |= {f"{side}_low": None if low is None else int(low), f"{side}_high": None if high is None else int(high)}
    return found
