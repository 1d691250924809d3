"""Checking a file from beginning to end: columns, cells, rows among each other, and what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from opstap.audit.selectors import latest_recording
from opstap.exchange.enums import RowClass
from opstap.exchange.logic import ColumnMap, ParsedRow, Problem, parse, recognise
from opstap.exchange.logic.progress import Told, to_nobody
from opstap.exchange.selectors.collecting import collector_paused
from opstap.exchange.selectors.files import FileRead
from opstap.exchange.selectors.plan import Additions, Plan, make_plan
from opstap.exchange.selectors.terms import Terms
from opstap.exchange.selectors.vocabulary import vocabulary_of
from opstap.ladder.logic import Surroundings


@dataclass(frozen=True)
class Checked:
    """A file with what is wrong with it and what it would do. `found` are the problems of the file by itself."""

    file: FileRead
    columns: ColumnMap
    terms: Terms
    overrides: Mapping[str, str]
    rows: Sequence[ParsedRow]
    found: Sequence[Problem]
    plan: Plan

    @property
    def problems(self) -> list[Problem]:
        """All problems in the order of the file."""
        places = {heading: place for place, heading in enumerate(self.columns.headings)}
        both = [*self.found, *self.plan.problems]
        return sorted(both, key=lambda problem: (problem.row, places.get(problem.column, -1)))

    @property
    def usable(self) -> bool:
        """Whether the rows could be read at all."""
        return self.columns.usable

    def counts(self) -> dict[str, int]:
        """Rows in all and by class, and how many warnings there are. Without usable columns every row is refused."""
        warnings = sum(problem.severity == "warning" for problem in (*self.found, *self.plan.problems))
        if not self.usable:
            rows = len(self.file.rows)
            return {"rows": rows, "new": 0, "changed": 0, "unchanged": 0, "refused": rows, "warnings": warnings}
        return {"rows": len(self.rows), **self.plan.counts(), "warnings": warnings}

    def row_class(self, number: int) -> str:
        """The class of a row; empty for a row of totals."""
        found = RowClass.REFUSED if not self.usable else self.plan.classes.get(number)
        return found.value if found is not None else ""


def check_file(file: FileRead, *, terms: Terms, overrides: Mapping[str, str], told: Told = to_nobody) -> Checked:
    """Check a file, telling how far it is. ColumnsRefused when an override names what isn't there."""
    columns = recognise(file.headings, overrides=overrides, row=file.heading_row, off=terms.parts_off)
    if not columns.usable:
        plan = Plan(latest_recording(), Additions(), Surroundings({}, {}, {}, {}))
        return Checked(file, columns, terms, overrides, (), columns.problems, plan)
    with collector_paused():
        rows, problems = parse(file, columns, vocabulary_of(terms), told)
        found = [*columns.problems, *problems]
        plan = make_plan(rows, terms=terms, columns=columns, source=file.source, found=found, told=told)
    return Checked(file, columns, terms, overrides, rows, found, plan)


def planned_again(checked: Checked) -> Checked:
    """The same file against what is known now."""
    with collector_paused():
        plan = make_plan(
            checked.rows, terms=checked.terms, columns=checked.columns, source=checked.file.source, found=checked.found
        )
    return replace(checked, plan=plan)
