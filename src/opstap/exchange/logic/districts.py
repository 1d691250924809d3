"""A postcode table from a file: its columns, its rows, and what is wrong with them, by row, column and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.exchange.logic.cells import Cell, TableLike, as_text, is_blank
from opstap.exchange.logic.values.dates import read_date
from opstap.municipality.logic import DistrictRow

HEADINGS: Mapping[str, frozenset[str]] = {
    "postcode": frozenset({"postcode", "postcodes", "pc", "pc4", "pc6", "postcode4", "postcode6", "pc6code"}),
    "district": frozenset({"wijk", "wijknaam", "naamwijk", "district"}),
    "district_code": frozenset({"wijkcode", "wkcode", "wijknummer", "wijknr", "districtcode"}),
    "neighbourhood": frozenset({"buurt", "buurtnaam", "naambuurt", "neighbourhood"}),
    "neighbourhood_code": frozenset({"buurtcode", "bucode", "buurtnummer", "buurtnr", "neighbourhoodcode"}),
    "from": frozenset({"vanaf", "geldigvanaf", "ingangsdatum", "begindatum", "from"}),
    "until": frozenset({"tot", "geldigtot", "until"}),
}
NEEDED = ("postcode", "district")
LONGEST = {"district": 120, "neighbourhood": 120, "district_code": 20, "neighbourhood_code": 20}
_POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")


@dataclass(frozen=True)
class DistrictFault:
    """Something wrong: a code, and where it stands."""

    code: str
    row: int | None = None
    column: str = ""
    value: str = ""
    other_row: int | None = None


class DistrictsRefused(Exception):
    """A postcode table that can't be taken over; nothing was written."""

    def __init__(self, faults: Sequence[DistrictFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.code for fault in faults[:10]))


@dataclass
class _Seen:
    """Rows read so far: by postcode, and the first name and row of each code."""

    by_postcode: dict[str, list[tuple[int, DistrictRow]]] = field(default_factory=dict)
    names: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)


def known_headings(headings: Sequence[str]) -> dict[str, int]:
    """Which column stands where; a heading that is no column of the table is passed over."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        plain = re.sub(r"[^a-z0-9]", "", heading.casefold())
        for name, words in HEADINGS.items():
            if plain in words:
                places.setdefault(name, place)
    return places


def heading_score(texts: Sequence[str]) -> int:
    """How many columns a row of texts names, so that titles above the table are passed over."""
    return len(known_headings(texts))


def read_districts(table: TableLike, municipality_id: int, since: date) -> list[DistrictRow]:
    """Every row once. DistrictsRefused with all that is wrong: the table is taken over whole or not at all."""
    places = known_headings(table.headings)
    missing = [DistrictFault("column_missing", column=name) for name in NEEDED if name not in places]
    if missing:
        raise DistrictsRefused(missing)
    faults: list[DistrictFault] = []
    rows: dict[DistrictRow, None] = {}
    seen = _Seen()
    for line in table.rows:
        cells = {name: line.cells[place] if place < len(line.cells) else None for name, place in places.items()}
        wrong = list(_cell_faults(line.number, cells))
        if not wrong:
            row = _row(cells, municipality_id, since)
            wrong = [*_period_faults(line.number, cells, row, since), *_clashes(line.number, cells, row, seen)]
            rows[row] = None
        faults.extend(wrong)
    if faults:
        raise DistrictsRefused(faults)
    return list(rows)


def _postcode(cell: Cell) -> str:
    return re.sub(r"\s", "", as_text(cell)).upper()


def _cell_faults(number: int, cells: Mapping[str, Cell]) -> Iterator[DistrictFault]:
    if not _POSTCODE.fullmatch(_postcode(cells["postcode"])):
        yield DistrictFault("postcode_unreadable", number, "postcode", as_text(cells["postcode"]))
    if is_blank(cells["district"]):
        yield DistrictFault("district_missing", number, "district")
    for name, longest in LONGEST.items():
        text = as_text(cells.get(name))
        if len(text) > longest:
            yield DistrictFault("text_too_long", number, name, text)
    for name in ("from", "until"):
        cell = cells.get(name)
        if not is_blank(cell) and read_date(cell).value is None:
            yield DistrictFault("day_unreadable", number, name, as_text(cell))


def _row(cells: Mapping[str, Cell], municipality_id: int, since: date) -> DistrictRow:
    def text(name: str) -> str:
        return "" if is_blank(cells.get(name)) else as_text(cells.get(name))

    return DistrictRow(
        municipality_id=municipality_id,
        postcode=_postcode(cells["postcode"]),
        district_name=text("district"),
        district_code=text("district_code"),
        neighbourhood_name=text("neighbourhood"),
        neighbourhood_code=text("neighbourhood_code"),
        starts_on=_day(cells.get("from")) or since,
        ends_on=_day(cells.get("until")),
    )


def _day(cell: Cell) -> date | None:
    return None if is_blank(cell) else read_date(cell).value


def _period_faults(number: int, cells: Mapping[str, Cell], row: DistrictRow, since: date) -> Iterator[DistrictFault]:
    if row.starts_on < since:
        yield DistrictFault("starts_too_early", number, "from", as_text(cells.get("from")))
    if row.ends_on is not None and row.ends_on <= row.starts_on:
        yield DistrictFault("ends_before_it_starts", number, "until", as_text(cells.get("until")))


def _clashes(number: int, cells: Mapping[str, Cell], row: DistrictRow, seen: _Seen) -> Iterator[DistrictFault]:
    """One postcode in two places at once, or one code with two names."""
    earlier = seen.by_postcode.setdefault(row.postcode, [])
    for other_number, other in earlier:
        if other != row and _overlap(row, other):
            yield DistrictFault("postcode_twice", number, "postcode", as_text(cells["postcode"]), other_number)
            break
    earlier.append((number, row))
    for column, code, name in (
        ("district_code", row.district_code, row.district_name),
        ("neighbourhood_code", row.neighbourhood_code, row.neighbourhood_name),
    ):
        first_name, first_row = seen.names.setdefault((column, code), (name, number))
        if code and first_name != name:
            yield DistrictFault("code_with_two_names", number, column, code, first_row)


def _overlap(one: DistrictRow, other: DistrictRow) -> bool:
    return one.starts_on < (other.ends_on or date.max) and other.starts_on < (one.ends_on or date.max)
