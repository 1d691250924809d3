"""How far was expected and how far it came, level by level or group by group."""

from __future__ import annotations

from collections.abc import Callable

from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.reach.figures import verdicts_of
from opstap.reporting.tables.reach.page import ReachLine, reach_table
from opstap.reporting.tables.realised.rows import figures_of
from opstap.reporting.tables.realised.year import Line, corner_of, lines_of
from opstap.reporting.tables.results import Result

EVERYONE = ""


def far_lines(result: Result, query: str) -> dict[str, ReachLine]:
    """By level, or by the code of the group; everyone together last."""
    return {
        EVERYONE if line.is_total else (line.level or line.part.group or "–"): ReachLine(
            line.head, line.part.reach(line.level), _leading(result, query, line), line.beyond, line.is_total
        )
        for line in lines_of(result)
    }


def far_table(result: Result, query: str) -> PageTable:
    """The table, with a verdict on each case manager where it is by them."""
    judged = verdicts_of(figures_of(result), result.question)
    return reach_table(result, corner_of(result), far_lines(result, query), judged)


def _leading(result: Result, query: str, line: Line) -> Callable[[str], str]:
    def url(reach: str) -> str:
        return line.url(result, query, growth="with", **({"reach": reach} if reach else {}))

    return url
