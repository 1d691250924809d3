"""Report `placement` as rows and totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Placement, PlacementPart, PlacementRow
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import SMALL, Estimate, estimated
from opstap.ladder.enums import NO_COUNTERPART, UNDETERMINED
from opstap.reporting.enums import CAN_GROW, NOT_FILLED, Growth
from opstap.reporting.selectors.placement import count_placement
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.placement.definition import PLACEMENT
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import (
    band_name,
    columns_for,
    group_public,
    in_order,
    level_head,
    level_name,
    total_name,
)

SPLIT = {
    "without_growth": Growth.WITHOUT,
    "with_growth": Growth.WITH,
    "unknown_growth": Growth.UNKNOWN,
}
GROWTH_COLUMNS = frozenset([*SPLIT, *(f"{key}_share" for key in SPLIT)])


def placement_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_placement(question)
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else (figures.overall,)
    rows = tuple(row for part in parts for row in _rows(part, question, language))
    groups = [total for part in in_order(question, figures.groups) for total in _total_rows(part, question)]
    unknown = figures.overall.totals.unknown_growth
    columns = columns_for(PLACEMENT, question)
    return Result(
        definition=PLACEMENT,
        question=question,
        columns=tuple(one for one in columns if unknown or not one.key.startswith("unknown_growth")),
        json_keys=tuple(one.key for one in columns),
        rows=rows,
        total_rows=(*groups, *_total_rows(figures.overall, question)),
        totals=_totals(figures, question),
        base=counted.base,
        notes=notes_of(question),
    )


def growth_of(totals: Mapping[str, Any]) -> Estimate:
    """The share with growth potential of those of whom it is known, on the levels that can have it."""
    known = int(totals["with_growth"]) + int(totals["without_growth"])
    return estimated([(int(totals["with_growth"]), known, int(totals["with_level_below_top"]))])[0]


def _rows(part: PlacementPart, question: Question, language: str) -> list[ResultRow]:
    shares = shares_of([row.clients for row in part.rows], question)
    return [_row(row, of_all, question, language) for row, of_all in zip(part.rows, shares, strict=True)]


def _row(row: PlacementRow, of_all: Decimal | None, question: Question, language: str) -> ResultRow:
    decimals = question.decimals
    values: dict[str, Value] = {
        "group": group_public(question, row.group),
        "level": row.level,
        "name": level_name(question, row.level, language),
        "band": band_name(question, row.level, language),
        "clients": row.clients,
        "share": of_all,
    }
    for key in SPLIT:
        count: int | None = getattr(row, key)
        values[key] = count
        values[f"{key}_share"] = None if count is None else share(count, row.clients, decimals)
    level = row.level or NOT_FILLED
    return ResultRow(
        values,
        level_head(question, row.level, language),
        group=row.group or "",
        cells={
            "clients": {"level": level},
            **{key: {"level": level, "growth": growth.value} for key, growth in SPLIT.items()},
        },
        silent=GROWTH_COLUMNS if row.without_growth is None else frozenset(),
        shown={"level": "–"} if row.level in {None, NO_COUNTERPART} else {},
        small=_small(row.clients),
    )


def _small(people: int) -> frozenset[str]:
    """Which shares say little, of so few."""
    return frozenset(f"{key}_share" for key in SPLIT) if people < SMALL else frozenset()


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
    bands = [_total_row({**band, "group": values["group"]}, group) for band in _bands(part, question)]
    everyone: dict[str, Value] = {
        "group": values["group"],
        "name": total_name(question, part.group),
        "clients": totals.clients,
    }
    below = {"level": CAN_GROW}
    growing = {key: {**below, "growth": growth.value} for key, growth in SPLIT.items()}
    split_row = replace(
        _total_row(values, group, split=True),
        cells={"clients": below, **growing},
        small=_small(totals.with_level_below_top),
    )
    return [*bands, split_row, replace(_total_row(everyone, group), cells={"clients": {}})]


def _total_row(values: Mapping[str, Value], group: str, *, split: bool = False) -> ResultRow:
    silent = frozenset({"share"}) if split else frozenset({"share"}) | GROWTH_COLUMNS
    return ResultRow(values, RowHead(str(values["name"])), is_total=True, group=group, silent=silent)


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
    growing = growth_of(found)
    low, high = growing.bounds(decimals) or (None, None)
    return found | {"growth_of_known_share": growing.share(decimals), "growth_low": low, "growth_high": high}
