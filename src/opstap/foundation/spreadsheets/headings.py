"""From a sheet as it lies in the file to a table: where the heading is, which columns count, what is left out."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from operator import is_not

from opstap.foundation.spreadsheets.tables import Cell, Grid, Limits, Note, Refusal, Row, SpreadsheetRefused, Table

HeadingScore = Callable[[Sequence[str]], int]

_HEADING_ROWS = 30
_LAST_ROWS = 5
_ALPHABET = 26
_TOTALS = {"totaal", "totalen", "eindtotaal", "subtotaal", "total", "totals", "grand total", "subtotal"}
_TOTAL_STARTS = ("totaal ", "total ", "totaal:", "total:")


def find_heading(grid: Grid, heading_score: HeadingScore | None) -> tuple[int, int]:
    """Position among the rows and score of the row that is most like a heading; the first of equals."""
    score = heading_score or _filled_texts
    scores = [score([_text(cell) for cell in row]) for row in grid.rows[:_HEADING_ROWS]]
    best = max(scores, default=0)
    return (scores.index(best), best) if scores else (0, 0)


def to_table(grid: Grid, heading_at: int, limits: Limits) -> Table:
    _refuse_width(grid, limits)
    notes = []
    if heading_at:
        notes.append(Note("title_rows_skipped", {"rows": heading_at, "heading_row": grid.numbers[heading_at]}))
    rows = list(zip(grid.numbers[heading_at + 1 :], grid.rows[heading_at + 1 :], strict=True))
    total = _total_row(rows)
    if total is not None:
        notes.append(Note("total_row_left_out", {"row": rows.pop(total)[0]}))
    if not rows:
        raise SpreadsheetRefused(Refusal.NO_ROWS, {"row": grid.numbers[heading_at]})
    if len(rows) > limits.rows:
        raise SpreadsheetRefused(Refusal.TOO_MANY_ROWS, {"limit": limits.rows})
    columns = _columns_in_use(grid.rows[heading_at], [row for _, row in rows])
    if len(columns) < 2:
        raise SpreadsheetRefused(Refusal.SINGLE_COLUMN)
    headings, about_headings = _named(grid, grid.rows[heading_at], columns)
    return Table(headings, _selected(rows, columns), grid.name, notes + about_headings)


def is_single_column(grid: Grid) -> bool:
    return len(_filled(grid.rows)) < 2


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _filled_texts(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if text and not text.replace(",", "").replace(".", "").isdigit())


def _filled(rows: Sequence[list[Cell]]) -> set[int]:
    filled: set[int] = set()
    for row in rows:
        filled.update(compress(range(len(row)), map(is_not, row, repeat(None))))
    return filled


def _refuse_width(grid: Grid, limits: Limits) -> None:
    if grid.width > limits.columns:
        columns = len(_filled(grid.rows))
        if columns > limits.columns:
            raise SpreadsheetRefused(Refusal.TOO_MANY_COLUMNS, {"columns": columns, "limit": limits.columns})


def _total_row(rows: list[tuple[int, list[Cell]]]) -> int | None:
    """Position of a row of totals among the last rows: its first words say so."""
    for position in range(len(rows) - 1, max(len(rows) - 1 - _LAST_ROWS, -1), -1):
        first = next(cell for cell in rows[position][1] if cell is not None)
        words = _text(first).casefold()
        if words.rstrip(": ") in _TOTALS or words.startswith(_TOTAL_STARTS):
            return position
    return None


def _columns_in_use(heading: list[Cell], rows: list[list[Cell]]) -> list[int]:
    """Columns with a heading, and columns without one that hold something."""
    named = {position for position, cell in enumerate(heading) if cell is not None}
    if len(named) == max(map(len, [heading, *rows])):
        return sorted(named)
    return sorted(named | _filled(rows))


def _named(grid: Grid, heading: list[Cell], columns: list[int]) -> tuple[tuple[str, ...], list[Note]]:
    headings: list[str] = []
    notes: list[Note] = []
    seen: Counter[str] = Counter()
    texts = {position: _text(heading[position]) if position < len(heading) else "" for position in columns}
    taken = set(texts.values())
    for position in columns:
        letter = _letter(grid.first_column + position)
        text = texts[position]
        if not text:
            text = f"[{letter}]"
            notes.append(Note("unnamed_column", {"column": letter, "heading": text}))
        seen[text] += 1
        if seen[text] > 1:
            renamed = _free_name(text, seen, taken)
            notes.append(Note("duplicate_heading", {"heading": text, "renamed": renamed, "column": letter}))
            text = renamed
        headings.append(text)
    return tuple(headings), notes


def _free_name(text: str, seen: Counter[str], taken: set[str]) -> str:
    while (name := f"{text} ({seen[text]})") in taken:
        seen[text] += 1
    taken.add(name)
    return name


def _letter(position: int) -> str:
    """The column as a spreadsheet program names it: A, B, … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def _selected(rows: list[tuple[int, list[Cell]]], columns: list[int]) -> list[Row]:
    width = columns[-1] + 1
    whole = len(columns) == width
    selected = []
    for number, row in rows:
        if len(row) < width:
            row.extend(repeat(None, width - len(row)))
        selected.append(Row(number, tuple(row) if whole else tuple([row[position] for position in columns])))
    return selected


def fill_merged(grid: Grid, heading_at: int) -> int:
    """Below the heading, a cell merged over several rows holds for each of them; returns how many were filled."""
    places = {number: place for place, number in enumerate(grid.numbers)}
    filled = 0
    for top, bottom, left in grid.merged:
        column, first = left - grid.first_column, places.get(top)
        if first is None or first <= heading_at or not 0 <= column < len(grid.rows[first]):
            continue
        for number in range(top + 1, bottom + 1):
            row = grid.rows[places[number]] if number in places else None
            if row is not None:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = grid.rows[first][column]
                filled += 1
    return filled
