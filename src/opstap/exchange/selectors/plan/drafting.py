"""What the parts of a plan share while it is drawn up: terms, what is stored, and where findings are put."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from opstap.exchange.logic import ColumnMap, ParsedRow, Problem, Vocabulary
from opstap.exchange.logic.faults import Severity
from opstap.exchange.selectors.plan.caseloads import Caseloads
from opstap.exchange.selectors.plan.plans import Plan
from opstap.exchange.selectors.plan.stored import Stored
from opstap.exchange.selectors.terms import Terms
from opstap.ladder.logic import LevelPlace
from opstap.municipality.selectors import CodeOption


@dataclass
class Draft:
    """A plan in the making."""

    terms: Terms
    source: str
    columns: ColumnMap
    vocabulary: Vocabulary
    stored: Stored
    plan: Plan
    caseloads: Caseloads
    levels: dict[str, int]
    places: dict[int, LevelPlace]
    kinds: dict[str, CodeOption]
    follow_ups: dict[int, list[tuple[date, date | None]]] = field(default_factory=dict)
    births: dict[int, date | None] = field(default_factory=dict)
    standing: dict[tuple[int, int, date], int] = field(default_factory=dict)

    def say(self, row: ParsedRow, code: str, severity: Severity, *columns: str, value: str = "", **params: str) -> None:
        """A problem at the first of these columns that the file has."""
        self.plan.problems.append(Problem(row.number, self.columns.heading(*columns), value, code, severity, params))
