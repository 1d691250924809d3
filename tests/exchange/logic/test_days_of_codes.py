"""A code is asked of the day that its row is about: the begin, the end, the day after the last, or the day measured."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.exchange.logic import CodeWord, Vocabulary, parse, recognise
from opstap.exchange.logic.cells import Cell
from tests.exchange.logic.sheets import sheet
from tests.exchange.logic.vocabularies import CODES, TODAY, vng_levels

FIRST, GONE = date(2015, 1, 1), date(2020, 1, 1)  # can be chosen from the first on, from the other on no more
WHOLE: dict[str, Cell] = {"Klantnummer": "K1", "Achternaam": "Boer", "Datum meting": "01-03-2018", "Trede": "2"}
DATED = {
    "benefit_kind": "soort", "entry_reason": "in", "exit_reason": "uit", "exemption_ground": "vrij",
    "instrument_kind": "middel", "instrument_result": "klaar", "trajectory_kind": "weg", "activity_kind": "daad",
}  # fmt: skip


def words(key: str) -> dict[str, CodeWord]:
    """One code that holds for five years, and one that holds always."""
    dated = CodeWord("dated", label=f"{DATED[key].capitalize()} vijf jaar", valid_from=FIRST, valid_until=GONE)
    return {DATED[key]: dated, "altijd": CodeWord("always", label="Altijd")}


def said(change: dict[str, Cell], reference_date: date | None = None) -> list[tuple[str, str, str, dict[str, str]]]:
    row = WHOLE | change
    known = Vocabulary(vng_levels(), CODES | {key: words(key) for key in DATED}, TODAY, reference_date)
    _, problems = parse(sheet(tuple(row), list(row.values())), recognise(tuple(row)), known)
    return [(one.column, one.code, one.severity, one.params) for one in problems]


BENEFIT = {"Begin uitkering": "01-01-2010", "Uitkering": "altijd"}
YET = {"day": "31-12-2014", "begin": "01-01-2015"}
OVER = {"day": "01-01-2020", "last": "31-12-2019"}


@pytest.mark.parametrize(
    ("change", "column", "code", "severity", "days"),
    [
        ({"Begin uitkering": "31-12-2014", "Reden instroom": "in"}, "Reden instroom", "code_not_yet", "warning", YET),
        ({"Begin uitkering": "01-01-2020", "Reden instroom": "in"}, "Reden instroom", "code_ended", "warning", OVER),
        (BENEFIT | {"Einde uitkering": "30-12-2014", "Reden uitstroom": "uit"}, "Reden uitstroom", "code_not_yet",
         "warning", YET | {"day": "30-12-2014"}),
        (BENEFIT | {"Einde uitkering": "01-01-2020", "Reden uitstroom": "uit"}, "Reden uitstroom", "code_ended",
         "warning", OVER),
        ({"Begin uitkering": "01-01-2020", "Uitkering": "soort"}, "Uitkering", "code_ended", "warning", OVER),
        ({"Begin uitkering": "31-12-2014", "Einde uitkering": "31-12-2014", "Uitkering": "soort"}, "Uitkering",
         "code_not_yet", "warning", YET),
        ({"Ontheffing": "vrij", "Datum meting": "31-12-2014"}, "Ontheffing", "code_not_yet", "warning", YET),
        ({"Ontheffing": "vrij", "Datum meting": "01-01-2020"}, "Ontheffing", "code_ended", "warning", OVER),
        ({"Instrument": "middel", "Begin instrument": "31-12-2014"}, "Instrument", "kind_not_yet", "error", YET),
        ({"Instrument": "middel", "Begin instrument": "01-01-2020"}, "Instrument", "kind_ended", "error", OVER),
        ({"Instrument": "altijd", "Begin instrument": "01-01-2014", "Einde instrument": "30-12-2014",
          "Resultaat instrument": "klaar"}, "Resultaat instrument", "kind_not_yet", "error", YET),
        ({"Instrument": "altijd", "Begin instrument": "01-01-2014", "Einde instrument": "31-12-2019",
          "Resultaat instrument": "klaar"}, "Resultaat instrument", "kind_ended", "error", OVER),
        ({"Traject": "weg", "Begin traject": "31-12-2014"}, "Traject", "kind_as_name", "warning",
         {"day": "31-12-2014"}),
        ({"Traject": "weg", "Datum meting": "01-01-2020"}, "Traject", "kind_as_name", "warning",
         {"day": "01-01-2020"}),
        ({"Traject": "weg", "Datum meting": None, "Trede": None, "Instrument": "altijd",
          "Begin instrument": "31-12-2014"}, "Traject", "kind_as_name", "warning", {"day": "31-12-2014"}),
        ({"Activiteit": "daad", "Begin traject": "01-01-2020", "Traject": "altijd"}, "Activiteit", "kind_as_name",
         "warning", {"day": "01-01-2020"}),
    ],
)  # fmt: skip
def test_outside_its_days_it_is_said(
    change: dict[str, Cell], column: str, code: str, severity: str, days: dict[str, str]
) -> None:
    ((*where, params),) = said(change)
    assert where == [column, code, severity]
    assert days.items() <= params.items()
    assert "Altijd" in params["known"]
    assert "vijf jaar" not in params["known"]


@pytest.mark.parametrize(
    "change",
    [
        {"Begin uitkering": "01-01-2015", "Reden instroom": "in"},
        {"Begin uitkering": "31-12-2019", "Reden instroom": "in"},
        BENEFIT | {"Einde uitkering": "01-01-2015", "Reden uitstroom": "uit"},
        BENEFIT | {"Einde uitkering": "31-12-2019", "Reden uitstroom": "uit"},
        {"Begin uitkering": "31-12-2014", "Uitkering": "soort"},
        {"Begin uitkering": "31-12-2014", "Einde uitkering": "01-01-2015", "Uitkering": "soort"},
        {"Ontheffing": "vrij"},
        {"Instrument": "middel", "Begin instrument": "31-12-2019"},
        {"Instrument": "altijd", "Begin instrument": "01-01-2014", "Einde instrument": "31-12-2014",
         "Resultaat instrument": "klaar"},
        {"Instrument": "altijd", "Begin instrument": "01-01-2014", "Einde instrument": "30-12-2019",
         "Resultaat instrument": "klaar"},
        {"Traject": "weg", "Begin traject": "01-01-2015"},
    ],
)  # fmt: skip
def test_on_its_days_nothing_is_said(change: dict[str, Cell]) -> None:
    assert said(change) == []
