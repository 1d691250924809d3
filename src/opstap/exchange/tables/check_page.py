"""The check of a file as its page shows it: problems grouped by kind, each with its row, value and way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.exchange.logic import Problem
from opstap.exchange.logic.cells import Cell
from opstap.exchange.models import ImportBatch
from opstap.exchange.selectors.staging import StagedLine
from opstap.exchange.tables.problem_texts import describe, describe_code

SHOWN_PER_KIND = 10


@dataclass(frozen=True)
class ProblemView:
    """One problem, with the cell to correct in place where there is one."""

    row: int
    column: str
    value: str
    message: str
    fix: str
    can_edit: bool
    suggestion: str

    @property
    def both(self) -> str:
        """What is wrong and the way out, after each other."""
        return f"{self.message} {self.fix}"


@dataclass
class ProblemKind:
    """Problems of one kind."""

    code: str
    is_error: bool
    count: int = 0
    problems: list[ProblemView] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The message of the one problem, or what they all have in common."""
        if self.count == 1:
            return self.problems[0].message
        return describe_code(self.code, {}).message.replace("….", "…")

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.problems)


def problem_kinds(batch: ImportBatch, lines: Iterable[StagedLine]) -> list[ProblemKind]:
    """Kinds of problems of these rows, errors first, then by how often they occur."""
    kinds: dict[tuple[str, str], ProblemKind] = {}
    headings = set(batch.headings)
    for line in lines:
        for problem in line.problems:
            told = describe(problem)
            key = (problem.severity, problem.code)
            kind = kinds.setdefault(key, ProblemKind(problem.code, problem.severity == "error"))
            kind.count += 1
            if len(kind.problems) < SHOWN_PER_KIND:
                kind.problems.append(_view(problem, told.message, told.fix, headings))
    return sorted(kinds.values(), key=lambda kind: (not kind.is_error, -kind.count, kind.code))


def column_problems(batch: ImportBatch) -> list[ProblemView]:
    """Problems of the headings."""
    found = [Problem(**stored) for stored in batch.result.get("column_problems", [])]
    return [_view(problem, describe(problem).message, describe(problem).fix, set()) for problem in found]


@dataclass(frozen=True)
class RowView:
    """A row of the file with what is said of it."""

    number: int
    cells: list[tuple[str, str]]
    told: list[str]


def row_view(batch: ImportBatch, line: StagedLine) -> RowView:
    """The cells under their headings, and each problem with its way out."""
    cells = list(zip(batch.headings, texts_of(line.cells), strict=False))
    told = [describe(problem) for problem in line.problems]
    return RowView(line.number, cells, [f"{one.message} {one.fix}" for one in told])


@dataclass(frozen=True)
class KeptCell:
    """What somebody filled in of a cell that could not be changed, with what stands there now."""

    row: int
    heading: str
    value: str
    now: str


def kept_cell(batch: ImportBatch, line: StagedLine, heading: str, value: str) -> KeptCell:
    """The cell of a row below a heading of the file."""
    now = dict(zip(batch.headings, texts_of(line.cells), strict=False)).get(heading, "")
    return KeptCell(line.number, heading, value, now)


def cell_text(cell: Cell) -> str:
    """A cell as people write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year}"
    return str(cell)


def texts_of(cells: Sequence[Cell]) -> list[str]:
    """All cells of a row."""
    return [cell_text(cell) for cell in cells]


def _view(problem: Problem, message: str, fix: str, headings: set[str]) -> ProblemView:
    return ProblemView(
        row=problem.row,
        column=problem.column,
        value=problem.value,
        message=message,
        fix=fix,
        can_edit=problem.column in headings,
        suggestion=str(problem.params.get("suggestion", problem.value)),
    )
