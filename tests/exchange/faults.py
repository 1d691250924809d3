"""A caseload with forty planted faults, each at a known row and column: the Sneek example, spoilt on purpose."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import NamedTuple

SNEEK = Path(__file__).parents[1] / "examples" / "sneek-2010" / "clienten.csv"
_EXTRA = ("Einde uitkering", "Begin begeleiding", "Einde begeleiding", "Overleden op", "E-mail")
_STEP = 27

Line = dict[str, str]


class Planted(NamedTuple):
    """A fault: the row as in the file, the heading, and the code that must be reported there."""

    row: int
    column: str
    code: str


# Each is put in a whole row of its own: the column to look at, the code, and what the row then holds.
_IN_ONE_ROW: tuple[tuple[str, str, Line], ...] = (
    ("BSN", "bsn_check", {"BSN": "999986765"}),
    ("BSN", "bsn_lost_zero", {"BSN": "12345672"}),
    ("BSN", "bsn_shortened", {"BSN": "9,7E+08"}),
    ("BSN", "bsn_not_digits", {"BSN": "volgt nog"}),
    ("BSN", "bsn_length", {"BSN": "9999867641"}),
    ("Geboortedatum", "date_impossible", {"Geboortedatum": "31-02-1970"}),
    ("Datum meting", "date_impossible", {"Datum meting": "31-04-2010"}),
    ("Geboortedatum", "date_two_digit_year", {"Geboortedatum": "12-05-70"}),
    ("Geboortedatum", "date_only_year", {"Geboortedatum": "1970"}),
    ("Geboortedatum", "date_incomplete", {"Geboortedatum": "00-00-1970"}),
    ("Begin uitkering", "date_month_first", {"Begin uitkering": "12/31/2009"}),
    ("Begin uitkering", "date_out_of_range", {"Begin uitkering": "01-01-0209"}),
    ("Datum meting", "date_unreadable", {"Datum meting": "voorjaar"}),
    ("Trede", "level_unknown", {"Trede": "7"}),
    ("Trede", "level_no_half", {"Trede": "6+", "Groeipotentieel": "", "Doel": "6"}),
    ("Trede", "level_contradicts", {"Trede": "Trede 2 Onbetaald werk"}),
    ("Doel", "level_unknown", {"Doel": "9"}),
    ("Groeipotentieel", "yes_no_unreadable", {"Groeipotentieel": "misschien"}),
    ("Startkwalificatie", "yes_no_unreadable", {"Startkwalificatie": "mbo"}),
    ("Geslacht", "sex_unreadable", {"Geslacht": "K"}),
    ("Postcode", "postcode_unreadable", {"Postcode": "86O1 AM"}),
    ("Uitkering", "code_unknown", {"Uitkering": "kwijtschelding"}),
    ("Ontheffing", "code_unknown", {"Ontheffing": "vakantie"}),
    ("Achternaam", "formula_error", {"Achternaam": "#N/B"}),
    ("Team", "text_too_long", {"Team": "Team " + "Werk en Inkomen " * 9}),
    ("Klantnummer", "key_missing", {"Klantnummer": "", "BSN": ""}),
    ("Achternaam", "name_missing", {"Achternaam": ""}),
    ("Geboortedatum", "birth_in_future", {"Geboortedatum": "01-01-2150"}),
    ("Geboortedatum", "birth_too_early", {"Geboortedatum": "01-01-1870"}),
    ("Datum meting", "measured_in_future", {"Datum meting": "24-05-2150"}),
    ("Datum meting", "measured_before_birth", {"Datum meting": "24-05-1910"}),
    ("Trede", "level_without_date", {"Datum meting": ""}),
    ("Einde uitkering", "benefit_end_before_begin", {"Begin uitkering": "02-01-2010", "Einde uitkering": "01-01-2010"}),
    ("Begin uitkering", "benefit_far_ahead", {"Begin uitkering": "01-01-2150"}),
    ("Einde begeleiding", "follow_up_end_before_begin",
     {"Begin begeleiding": "01-03-2010", "Einde begeleiding": "28-02-2010"}),
)  # fmt: skip


def planted() -> tuple[bytes, list[Planted]]:
    """The file and its forty faults, in the order of the rows."""
    with SNEEK.open(encoding="utf-8-sig", newline="") as file:
        lines = [line | dict.fromkeys(_EXTRA, "") for line in csv.DictReader(file, delimiter=";")]
    faults: list[Planted] = []
    places = _complete(lines)
    for column, code, spoilt in _IN_ONE_ROW:
        place = next(places)
        lines[place] |= spoilt
        faults.append(Planted(place + 2, column, code))
    for column, code, line in _between_rows(lines, places):
        lines.append(line)
        faults.append(Planted(len(lines) + 1, column, code))
    return _as_file(lines), faults


def _complete(lines: list[Line]) -> Iterator[int]:
    """Rows far apart in which nothing is missing, so that each fault stands alone."""
    needed = ("Begin uitkering", "Datum meting", "Trede", "Groeipotentieel", "Doel")
    whole = [place for place, line in enumerate(lines) if all(line[column] for column in needed)]
    return iter(whole[5::_STEP])


def _between_rows(lines: list[Line], places: Iterator[int]) -> Iterator[tuple[str, str, Line]]:
    """Rows added below, each at odds with a row above."""
    first = lines[next(places)]
    yield "BSN", "bsn_two_numbers", first | {"Klantnummer": "S90001"}
    first = lines[next(places)]
    yield "Klantnummer", "number_two_bsns", first | {"BSN": "123456782"}
    first = lines[next(places)]
    level = "1-" if first["Trede"] != "1-" else "1+"
    yield "Trede", "two_placements_one_day", first | {"Trede": level}
    first = lines[next(places)]
    yield "Geboortedatum", "person_contradicts", first | {"Geboortedatum": "02-02-1951", "Datum meting": "01-09-2010"}
    first = lines[next(places)]
    later = _a_year_later(first["Begin uitkering"])
    yield "Begin uitkering", "benefit_overlap", first | {"Begin uitkering": later, "Datum meting": "02-09-2010"}


def _a_year_later(text: str) -> str:
    day, month, year = map(int, text.split("-"))
    return f"{date(year, month, day) + timedelta(days=365):%d-%m-%Y}"


def _as_file(lines: list[Line]) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")
