"""The own shares beside those of the municipality as published: exact beside an interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Profile, Split
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.released.share_tables import measure_name
from opstap.reporting.tables.released.shares import Measure, shares_of
from opstap.reporting.tables.released.sheets import sheets_of
from opstap.reporting.tables.results import Result

FEATURE_OF: Mapping[str, str] = {
    "growth": "growth",
    "instrument": "instrument",
    "integration": "integration",
    "low-literate": "low_literacy",
    "no-qualification": "no_qualification",
    "exempt": "exemption",
}
"""By share of a publication the feature of the report `profile` that is counted alike."""


@dataclass(frozen=True)
class Trait:
    """A share of the own people, and that of the municipality."""

    measure: Measure
    own: Split
    published: Estimate

    @property
    def key(self) -> str:
        """The feature of the report."""
        return FEATURE_OF[self.measure.key]


@dataclass(frozen=True)
class Traits:
    """The shares that a publication gives of everybody, beside the own ones."""

    rows: tuple[Trait, ...]
    own_name: str
    other_name: str

    def table(self) -> PageTable:
        """The own part and of how many, and the other share with its interval."""
        labels = (_("Of whom it is known"), self.own_name, _("Of"), self.other_name, _("Interval"))
        headings = tuple(Heading(label, "", is_figure=0 < at < len(labels) - 1) for at, label in enumerate(labels))
        rows = tuple(PageRow(tuple(_cells(one, labels)), is_total=False) for one in self.rows)
        foot = _("The share of the municipality follows from rounded numbers: it lies within the interval.")
        return PageTable(self._title, headings, rows, foot=foot)

    def content(self) -> Content:
        """The same for a file."""
        columns = [
            Column("share", _("Of whom it is known"), "text"),
            Column("own", self.own_name, "integer"),
            Column("own_of", _("Of"), "integer"),
            Column("own_share", f"{self.own_name} %", "share", 0),
            Column("published", f"{self.other_name} %", "share", 0),
            Column("low", _("From (%)"), "share", 0),
            Column("high", _("To (%)"), "share", 0),
        ]
        return Content(columns, [_row(one) for one in self.rows], self._title)

    def as_json(self) -> list[dict[str, str | int | None]]:
        """Numbers of the own people, and the percentage that is published."""
        return [
            {"trait": one.key, "own": one.own.yes, "own_known": one.own.known, "published": _percent(one.published)}
            for one in self.rows
        ]

    @property
    def _title(self) -> str:
        return _("What they have in common, beside the municipality")


def traits_beside(result: Result, released: Released, one: Publication) -> Traits | None:
    """Of the report `profile`; `None` where nothing of everybody is shown."""
    if not isinstance(result.figures, Profile):
        return None
    features = result.figures.overall.features
    shown = published_of_everybody(released, one.threshold)
    rows = tuple(
        Trait(measure, features[feature], estimate)
        for key, feature in FEATURE_OF.items()
        if feature in features and key in shown
        for measure, estimate in [shown[key]]
    )
    if not rows:
        return None
    own = _("Your people, {day}").format(day=day(result.question.on))
    return Traits(rows, own, _("the municipality, {day}").format(day=day(one.on)))


def published_of_everybody(released: Released, threshold: int) -> dict[str, tuple[Measure, Estimate]]:
    """The shares of everybody that follow from what is shown: of a table of one dimension, or of all levels."""
    return {measure.key: (measure, found) for measure, found in _of_everybody(released, threshold)}


def _of_everybody(released: Released, threshold: int) -> Iterator[tuple[Measure, Estimate]]:
    for sheet in sorted(sheets_of(released), key=lambda one: -len(one.table.dimensions)):  # the surest one last
        shares = shares_of(sheet, threshold)
        for line in shares.lines if shares else ():
            for measure in shares.measures if shares and not line.classes else ():
                found = line.found.get(measure.key)
                if found is not None and found.known:
                    yield measure, found


def _percent(found: Estimate) -> int | None:
    part = found.share(0)
    return None if part is None else int(part)


def _row(one: Trait) -> dict[str, Value]:
    low, high = one.published.bounds() or (None, None)
    return {
        "share": measure_name(one.measure),
        "own": one.own.yes,
        "own_of": one.own.known,
        "own_share": share(one.own.yes, one.own.known, 0),
        "published": one.published.share(0),
        "low": low,
        "high": high,
    }


def _cells(one: Trait, labels: tuple[str, ...]) -> Iterator[Cell]:
    own = share(one.own.yes, one.own.known, 0)
    yield Cell(measure_name(one.measure), labels[0], is_figure=False, is_key=True)
    beside = share_words(own, 0) if own is not None else ""
    yield Cell(str(number(one.own.yes)), labels[1], is_figure=True, is_key=True, beside=beside)
    yield Cell(str(number(one.own.known)), labels[2], is_figure=True, is_key=False)
    yield Cell(share_words(one.published.share(0), 0), labels[3], is_figure=True, is_key=True)
    said = between(one.published)
    yield Cell(said, labels[4], is_figure=False, is_key=False, is_silent=not said)
