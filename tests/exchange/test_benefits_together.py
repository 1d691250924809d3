"""Benefits beside each other, ends that come later, and details of a placement that are filled in afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from opstap.clients.models import BenefitSpell
from opstap.config.commands import import_command
from opstap.ladder.models import Measurement

pytestmark = pytest.mark.django_db
HEAD = "Klantnummer;Achternaam;Uitkering;Begin uitkering;Einde uitkering;Datum meting;Trede;Verwacht op"


def load(folder: Path, *rows: str) -> None:
    file = folder / "bestand.csv"
    file.write_text("\r\n".join([HEAD, *rows]), encoding="utf-8")
    assert import_command.run([str(file), "--map", "Verwacht op=expected_by"]) == 0


def spells() -> set[tuple[str, date, date | None]]:
    return set(BenefitSpell.objects.current().values_list("kind", "starts_on", "ends_on"))


def test_sheltered_employment_goes_on_beside_assistance(tmp_path: Path) -> None:
    load(tmp_path, "1;Bakker;Wsw;01-01-2005;;;;", "1;Bakker;WWB;01-01-2008;31-12-2009;;;")
    assert spells() == {("wsw", date(2005, 1, 1), None), ("wwb", date(2008, 1, 1), date(2010, 1, 1))}


def test_one_kind_of_assistance_ends_the_other(tmp_path: Path) -> None:
    load(tmp_path, "1;Bakker;WWB;01-01-2005;;;;")
    load(tmp_path, "1;Bakker;IOAW;01-03-2009;;;;")
    assert spells() == {("wwb", date(2005, 1, 1), date(2009, 3, 1)), ("ioaw", date(2009, 3, 1), None)}


def test_an_end_is_taken_over_also_where_the_begin_differs(tmp_path: Path) -> None:
    load(tmp_path, "1;Bakker;WWB;01-01-2005;;;;")
    load(tmp_path, "1;Bakker;WWB;01-03-2005;31-05-2010;;;")
    assert spells() == {("wwb", date(2005, 1, 1), date(2010, 6, 1))}


def test_the_day_of_an_expectation_can_be_filled_in_later(tmp_path: Path) -> None:
    load(tmp_path, "1;Bakker;WWB;01-01-2005;;01-02-2010;2;")
    load(tmp_path, "1;Bakker;WWB;01-01-2005;;01-02-2010;2;01-02-2011")
    assert [row.expected_by for row in Measurement.objects.current()] == [date(2011, 2, 1)]
