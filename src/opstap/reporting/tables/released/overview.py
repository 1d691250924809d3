"""The municipality in percentages: what the tables of one dimension give, together on top of a publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.indicators import REGISTRY
from opstap.analytics.targets import Status, status_of
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication
from opstap.reporting.tables.indicators.words import status_words, target_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.pages import AND_MORE, Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.released.complement import completed
from opstap.reporting.tables.released.share_tables import NOT_KNOWN, foot_of_all, measure_name, numbers_of
from opstap.reporting.tables.released.shares import Measure, ShareLine, ShareSheet, shares_of
from opstap.reporting.tables.released.sheets import sheets_of


@dataclass(frozen=True)
class Overview:
    """A share of everybody, with the table that it comes from."""

    shares: ShareSheet
    line: ShareLine
    measure: Measure

    @property
    def found(self) -> Estimate | None:
        """The share, unless a number that it needs is hidden."""
        return self.line.found[self.measure.key]

    @property
    def target(self) -> Decimal | None:
        """The target as it was when this was set down; of whom is counted in a municipality that has one."""
        kept = self.shares.sheet.released.made_with.get("targets", {}).get(self.measure.indicator)
        return Decimal(kept) if kept is not None else None

    @property
    def status(self) -> Status | None:
        """How it stands to the target, by its interval; `None` without a target, or without a share."""
        indicator = REGISTRY.get(self.measure.indicator)
        if self.target is None or self.found is None or indicator is None or not indicator.better:
            return None
        return status_of(self.found, self.target, indicator.better)


def overview_of(released: Released, threshold: int, key: str = "") -> list[Overview]:
    """One for each measure of each table of one dimension, or of the one with this key."""
    alone = (one for one in sheets_of(released) if len(one.table.dimensions) == 1 and key in {"", one.table.key})
    sheets = (completed(shares, threshold) for sheet in alone if (shares := shares_of(sheet, threshold)))
    return [
        Overview(shares, line, measure)
        for shares in sheets
        for line in shares.lines
        for measure in shares.measures
        if measure.key in line.found
    ]


def overview_table(released: Released, threshold: int, key: str = "") -> PageTable | None:
    """A row for each share: of how many, its interval, and of how many it is known; `None` where all of it is hidden
    and no target waits for it.
    """
    found = overview_of(released, threshold, key)
    if all(one.found is None and one.target is None for one in found):
        return None
    facts: tuple[int, ...]
    headings: tuple[Heading, ...] = (
        Heading(_("Share"), "", is_figure=False),
        Heading(_("People"), "", is_figure=True),
        Heading(_("Of"), "", is_figure=True),
        Heading(_("Of whom"), "", is_figure=False),
        Heading("%", _("Of those."), is_figure=True),
        Heading(_("Interval"), "", is_figure=False),
        Heading(_("Known of"), "", is_figure=True),
    )
    foot, facts = foot_of_all([one.shares for one in found]), (4, 5)
    rows = tuple(PageRow(_cells(one, headings), is_total=False) for one in found)
    if any(one.target is not None for one in found):
        aimed = (Heading(_("Target"), "", is_figure=True), Heading(_("Status"), "", is_figure=False))
        headings, facts = (*headings, *aimed), (4, 5, 8)
        rows = tuple(
            replace(row, cells=(*row.cells, *_aimed(one, aimed))) for row, one in zip(rows, found, strict=True)
        )
        foot += " " + _(
            "A target is reached when the whole interval lies on the right side of it, and not reached when all of it "
            "lies on the wrong side."
        )
    return PageTable(_("The municipality in percentages"), headings, rows, foot=foot, facts=facts)


def overview_content(one: Publication) -> Content:
    """The same for a file."""
    columns = [
        Column("share", _("Share"), "text"),
        Column("people", _("People"), "integer"),
        Column("of", _("Of"), "integer"),
        Column("among", _("Of whom"), "text"),
        Column("percent", "%", "share"),
        Column("low", _("From (%)"), "share"),
        Column("high", _("To (%)"), "share"),
        Column("known", _("Known of"), "share"),
        Column("target", _("Target"), "share", 1),
        Column("status", _("Status"), "text"),
    ]
    rows = [_row(line) for line in overview_of(Released.of(one.figures), one.threshold)]
    return Content(columns, rows, _("The municipality in percentages"))


def overview_json(one: Publication) -> list[dict[str, Any]]:
    """Codes and numbers; `null` where a number that is needed is hidden, and where there is no target."""
    found = overview_of(Released.of(one.figures), one.threshold)
    return [
        {"share": line.measure.key, **numbers_of(line.line, line.measure), **_target(line)}
        for line in found
        if line.found is not None or line.target is not None
    ]


def _target(line: Overview) -> dict[str, str | None]:
    return {"target": str(line.target) if line.target is not None else None, "status": line.status}


def _row(line: Overview) -> dict[str, Value]:
    found, status = line.found, line.status
    row: dict[str, Value] = {"share": measure_name(line.measure), "target": line.target, "among": str(line.measure.of)}
    row["known"] = line.line.known.get(line.measure.key)
    row["status"] = status_words(status) if status else NOT_KNOWN if line.target is not None else ""
    if found is None:
        return {**row, "percent": NOT_KNOWN}
    low, high = found.bounds() or (None, None)
    percent, of = (found.share(0), found.known) if not found.beyond else (NOT_KNOWN, _("hidden"))
    return {**row, "people": found.part, "of": of, "percent": percent, "low": low, "high": high}


def _aimed(one: Overview, headings: tuple[Heading, ...]) -> tuple[Cell, Cell]:
    target, status = one.target, one.status
    said = target_words(target) if target is not None else ""
    stands = status_words(status) if status else NOT_KNOWN if target is not None else ""
    return (
        Cell(said, headings[0].label, is_figure=True, is_key=False, is_silent=not said),
        Cell(stands, headings[1].label, is_figure=False, is_key=False, is_silent=stands in {"", NOT_KNOWN}),
    )


def _ends(found: Estimate) -> str:
    """Where no percentage follows but two ends do, these."""
    low, high = found.bounds() or (Decimal(0), Decimal(100))
    return f"{low}\N{EN DASH}{share_words(high, 0)}"


def _cells(one: Overview, headings: tuple[Heading, ...]) -> tuple[Cell, ...]:
    labels = [heading.label for heading in headings]
    head = Cell(measure_name(one.measure), labels[0], is_figure=False, is_key=True)
    found, known = one.found, one.line.known.get(one.measure.key)
    is_part = found is not None and found.beyond > 0
    if found is None:
        people, whole, share, interval = *[NOT_KNOWN] * 3, ""
    else:
        people, interval = number(found.part), between(found)
        whole = f"{number(found.known)}{AND_MORE}" if found.beyond else number(found.known)
        share = _ends(found) if found.beyond else share_words(found.share(0), 0)
    last = share_words(known, 0) if known is not None else NOT_KNOWN if one.measure.tells_known else ""
    return (
        head,
        Cell(people, labels[1], is_figure=True, is_key=False, is_silent=found is None),
        Cell(whole, labels[2], is_figure=True, is_key=False, is_hidden=is_part, is_silent=found is None),
        Cell(str(one.measure.of), labels[3], is_figure=False, is_key=False),
        Cell(share, labels[4], is_figure=True, is_key=True, is_silent=share == NOT_KNOWN),
        Cell(interval, labels[5], is_figure=False, is_key=False, is_silent=not interval, in_one=True),
        Cell(last, labels[6], is_figure=True, is_key=False, is_silent=last in {"", NOT_KNOWN}),
    )
