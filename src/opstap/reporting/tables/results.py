"""A report's result: rows of values under columns, totals, and notes. What page, export and command show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn, ReportDefinition

Value = str | int | Decimal | None


@dataclass(frozen=True)
class ResultRow:
    """A row: values by column key; a total row names itself in `name`. `group` is the code as counted."""

    values: Mapping[str, Value]
    is_total: bool = False
    group: str = ""
    without_split: bool = False

    @property
    def level(self) -> str:
        """The level as an address names it; `none` for people without one."""
        return str(self.values.get("level") or "none")


@dataclass(frozen=True)
class Result:
    """Everything of an answered question."""

    definition: ReportDefinition
    question: Question
    columns: tuple[ReportColumn, ...]
    rows: tuple[ResultRow, ...]
    total_rows: tuple[ResultRow, ...]
    totals: Mapping[str, Any]
    base: int
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def all_rows(self) -> tuple[ResultRow, ...]:
        """Rows, with the totals of each group behind its rows and the totals of all at the end."""
        shown: list[ResultRow] = []
        for number, row in enumerate(self.rows):
            shown.append(row)
            following = self.rows[number + 1] if number + 1 < len(self.rows) else None
            if row.group and (following is None or following.group != row.group):
                shown.extend(total for total in self.total_rows if total.group == row.group)
        shown.extend(total for total in self.total_rows if not total.group)
        return tuple(shown)


def as_json(result: Result) -> dict[str, Any]:
    """The one object that `--format json` prints."""
    question = result.question
    keys = [column.key for column in result.definition.columns if question.by or column.key != "group"]
    if not any(level.band_nl for level in question.scale.levels):
        keys.remove("band")
    return {
        "report": result.definition.key,
        "on": question.on.isoformat(),
        "compared_with": None,
        "known_at": question.known_at.isoformat() if question.known_at else None,
        "scale": question.scale.key,
        "base": result.base,
        "unit": "persons",
        "rows": [{key: plain(row.values.get(key)) for key in keys} for row in result.rows],
        "totals": {key: _plain_deep(value) for key, value in result.totals.items()},
        "notes": list(result.notes),
    }


def plain(value: Value) -> str | int | float | None:
    """A value as JSON has it: a share without decimals is a whole number."""
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    return value


def _plain_deep(value: Any) -> Any:
    if isinstance(value, list):
        return [{key: plain(item) for key, item in entry.items()} for entry in value]
    return plain(value)
