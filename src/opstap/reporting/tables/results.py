"""A report's result: rows of values under columns, totals, and notes. What page, export and command show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from opstap.analytics.counted import Figures
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn, ReportDefinition

if TYPE_CHECKING:  # it is made of a result
    from opstap.reporting.tables.colleagues import Section

Value = str | int | Decimal | None
Address = Mapping[str, str]
R = TypeVar("R")


@dataclass(frozen=True)
class RowHead:
    """How a row is called on the page: its words, with the code of its level before them where it is about one."""

    text: str
    level: str | None = None


@dataclass(frozen=True)
class ResultRow:
    """A row: values by column key. `group` is the code as counted.

    `cells` has, for each column with people behind its figure, the words that choose them in an address. `silent`
    are columns that say nothing here, which is not "no observation". `shown` are the words that stand for a value
    where people read it, in a file and on a terminal. A `is_sparse` row has nobody and is left out on a terminal.
    `small` are shares of so few people that they say little.
    """

    values: Mapping[str, Value]
    head: RowHead
    is_total: bool = False
    group: str = ""
    cells: Mapping[str, Address] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    shown: Mapping[str, Value] = field(default_factory=dict)
    is_sparse: bool = False
    small: frozenset[str] = frozenset()


class RowsWhenShown(Sequence[ResultRow], Generic[R]):
    """Rows that are put in words when somebody looks at them: of a list of ten thousand a page shows fifty."""

    def __init__(self, rows: Sequence[R], made: Callable[[R], ResultRow]) -> None:
        self._rows = rows
        self._made = made

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> ResultRow: ...

    @overload
    def __getitem__(self, index: slice) -> list[ResultRow]: ...

    def __getitem__(self, index: int | slice) -> ResultRow | list[ResultRow]:
        if isinstance(index, slice):
            return [self._made(row) for row in self._rows[index]]
        return self._made(self._rows[index])


@dataclass(frozen=True)
class Signal:
    """What asks for a look, in a sentence, with what each period showed, and where that stands."""

    text: str
    periods: tuple[str, ...]
    url: str

    @property
    def whole(self) -> str:
        """All of it in one line, for files."""
        return " ".join((self.text, *self.periods))


@dataclass(frozen=True)
class Result:
    """Everything of an answered question.

    `json_keys` names the keys of a row in JSON where these are not those of the columns shown; `extras` are keys of
    the JSON beside rows and totals. `figures` is what was counted, for the charts and tables of the report itself;
    `beside` says how complete the placements behind it are. `own_notes` are those of this report alone, beside what
    every report says of a question; they stand among `notes` too. The page says them where they belong. `said` are the
    notes of the question where the report has other ones than all others. `signals` stand above everything,
    with in `untold` of which it can't be told whether they are one;
    `colleagues` is what is published of them, to stand beside it. `listed` is the answer of those alone whom the viewer
    can be shown by name, where that are not all: a figure of which it has nobody leads nowhere.
    """

    definition: ReportDefinition
    question: Question
    columns: tuple[ReportColumn, ...]
    rows: Sequence[ResultRow]
    total_rows: tuple[ResultRow, ...]
    totals: Mapping[str, Any]
    base: int
    notes: tuple[str, ...] = ()
    json_keys: tuple[str, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "persons"
    figures: Figures | None = None
    beside: str = ""
    own_notes: tuple[str, ...] = ()
    said: tuple[str, ...] | None = None
    signals: tuple[Signal, ...] = ()
    untold: str = ""
    colleagues: Section | None = None
    listed: Result | None = None

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


def references_in(result: Result) -> list[str]:
    """The clients whom its rows are about, of a report that lists people."""
    return [str(reference) for row in result.rows if (reference := row.values.get("reference"))]


def as_json(result: Result) -> dict[str, Any]:
    """The one object that `--format json` prints."""
    question = result.question
    keys = result.json_keys or tuple(column.key for column in result.columns)
    return {
        "report": result.definition.key,
        "on": question.on.isoformat(),
        "compared_with": question.compared_with.isoformat() if question.compared_with else None,
        "known_at": question.known_at.isoformat() if question.known_at else None,
        "scale": question.scale.key,
        "crosswalk": question.crosswalk.key if question.crosswalk else None,
        "base": result.base,
        "unit": result.unit,
        "rows": [{key: plain(row.values.get(key)) for key in keys} for row in result.rows],
        "totals": plain(result.totals),
        **{key: plain(value) for key, value in result.extras.items()},
        "notes": list(result.notes),
    }


def plain(value: Any) -> Any:
    """A value as JSON has it, whatever it holds: a share without decimals is a whole number."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    return value
