"""Report `placement` as rows and totals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Placement, PlacementPart, PlacementRow
from opstap.analytics.shares import share
from opstap.ladder.enums import UNDETERMINED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import PLACEMENT
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, Value
from opstap.reporting.tables.words import band_name, group_label, group_public, in_order, level_name

SPLIT = ("without_growth", "with_growth", "unknown_growth")


def placement_result(counted: Counted[Placement], question: Question, language: str) -> Result:
    """Words, shares and totals for the figures."""
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else (figures.overall,)
    rows = tuple(_row(row, part, question, language) for part in parts for row in part.rows)
    groups = [total for part in in_order(question, figures.groups) for total in _total_rows(part, question)]
    unknown = figures.overall.totals.unknown_growth
    columns = tuple(
        column
        for column in PLACEMENT.columns
        if (column.key != "group" or question.by)
        and (column.key != "band" or any(level.band_nl for level in question.scale.levels))
        and (not column.key.startswith("unknown_growth") or unknown)
    )
    return Result(
        definition=PLACEMENT,
        question=question,
        columns=columns,
        rows=rows,
        total_rows=(*groups, *_total_rows(figures.overall, question)),
        totals=_totals(figures, question),
        base=counted.base,
        notes=notes_of(question),
    )


def _row(row: PlacementRow, part: PlacementPart, question: Question, language: str) -> ResultRow:
    decimals = question.decimals
    values: dict[str, Value] = {
        "group": group_public(question, row.group),
        "level": row.level,
        "name": level_name(question, row.level, language),
        "band": band_name(question, row.level, language),
        "clients": row.clients,
        "share": share(row.clients, part.totals.clients, decimals),
    }
    for key in SPLIT:
        count: int | None = getattr(row, key)
        values[key] = count
        values[f"{key}_share"] = None if count is None else share(count, row.clients, decimals)
    return ResultRow(values, group=row.group or "", without_split=row.without_growth is None)


def _total_rows(part: PlacementPart, question: Question) -> list[ResultRow]:
    totals, decimals, group = part.totals, question.decimals, part.group or ""
    split = [row.level for row in part.rows if row.without_growth is not None]
    values: dict[str, Value] = {
        "group": group_public(question, part.group),
        "name": _split_label(split, is_ladder=question.scale.is_ladder),
        "clients": totals.with_level_below_top,
    }
    for key in SPLIT:
        count = int(getattr(totals, key))
        values[key] = count
        values[f"{key}_share"] = share(count, totals.with_level_below_top, decimals)
    bands = [
        ResultRow({**values_of_band, "group": values["group"]}, is_total=True, group=group, without_split=True)
        for values_of_band in _bands(part, question)
    ]
    name = _("Total") if not part.group else _("Total {group}").format(group=group_label(question, part.group))
    everyone: dict[str, Value] = {
        "group": values["group"],
        "name": name,
        "clients": totals.clients,
    }
    return [
        *bands,
        ResultRow(values, is_total=True, group=group),
        ResultRow(everyone, is_total=True, group=group, without_split=True),
    ]


def _bands(part: PlacementPart, question: Question) -> list[dict[str, Value]]:
    counts: dict[str, int] = {}
    for row in part.rows:
        if row.band:
            counts[row.band] = counts.get(row.band, 0) + row.clients
    return [
        {
            "name": _("Distance {band}").format(band=band),
            "band": band,
            "clients": count,
            "share": share(count, part.totals.clients, question.decimals),
        }
        for band, count in counts.items()
    ]


def _split_label(codes: list[str | None], *, is_ladder: bool) -> str:
    if not is_ladder or not codes:
        return _("Total in a group")
    return _("Total {first}–{last}").format(first=codes[0], last=codes[-1])


def _totals(figures: Placement, question: Question) -> dict[str, Any]:
    totals = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)}
            for part in in_order(question, figures.groups)
        ]
    bands = _bands(figures.overall, question)
    if bands:
        totals["bands"] = [{key: band[key] for key in ("band", "clients", "share")} for band in bands]
    return totals


def _part_totals(part: PlacementPart, question: Question) -> dict[str, Any]:
    totals, decimals = part.totals, question.decimals
    below = totals.with_level_below_top
    found: dict[str, Any] = {
        "clients": totals.clients,
        "placed": totals.clients - sum(row.clients for row in part.rows if row.level in {None, UNDETERMINED}),
        "with_level_below_top": below,
        "with_level_below_top_share": share(below, totals.clients, decimals),
    }
    for key in SPLIT:
        found[key] = getattr(totals, key)
        found[f"{key}_share"] = share(int(getattr(totals, key)), below, decimals)
    return found
