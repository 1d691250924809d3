"""Taking over a postcode table from a file: by page and command, whole or not at all, each fault with its way out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opstap.audit.selectors import latest_recording
from opstap.config.command import Refusal
from opstap.config.commands import districts_command
from opstap.foundation.spreadsheets.columns import Column
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.municipality.models import Municipality, PostcodeDistrict
from opstap.municipality.selectors import districts_on
from tests.factories.accounts import a_coordinator, a_functional_administrator
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
PAGE = "/beheer/wijken/"
SINCE = date(2020, 1, 1)
GOOD = "Postcode;Wijkcode;Wijk;Buurt\r\n9991 AB;WK01;Noord;Park\r\n9992;WK02;Zuid;\r\n9991ab;WK01;Noord;Park\r\n"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def administrator(town: Municipality, client: Client) -> Client:
    client.force_login(a_functional_administrator(town), backend="django.contrib.auth.backends.ModelBackend")
    return client


def offered(text: str | bytes, since: str = "2020-01-01", name: str = "wijken.csv") -> dict[str, object]:
    content = text.encode() if isinstance(text, str) else text
    return {"file": SimpleUploadedFile(name, content), "since": since}


def held(town: Municipality, day: date = SINCE) -> list[tuple[str, str, str]]:
    rows = districts_on(town.pk, day, recording=latest_recording())
    return sorted((row.postcode, row.district_name, row.neighbourhood_name) for row in rows)


@pytest.mark.covers("E-60", page="/beheer/wijken/")
def test_an_administrator_takes_a_table_over(town: Municipality, administrator: Client) -> None:
    assert "Nog geen wijken" in administrator.get(PAGE).content.decode()
    page = administrator.post(PAGE, offered(GOOD), follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    text = page.content.decode()
    assert "Vanaf 1 jan 2020 gelden 2 rijen: 2 nieuw of gewijzigd, 0 zoals het was, 0 beëindigd." in text
    assert "2 postcodes. Wijken: 2. Buurten: 1." in text
    assert held(town) == [("9991AB", "Noord", "Park"), ("9992", "Zuid", "")]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_workbook_is_read_too(town: Municipality, administrator: Client, file_format: FileFormat) -> None:
    columns = [Column("p", "Postcode", "integer"), Column("w", "Wijknaam", "text"), Column("x", "Inwoners", "integer")]
    rows: list[dict[str, str | int]] = [{"p": 9991, "w": "Noord", "x": 1200}, {"p": 9992, "w": "Zuid", "x": 800}]
    content = write_table(columns, rows, file_format=file_format, title="Wijken", notes=[])
    assert administrator.post(PAGE, offered(content, name=f"wijken.{file_format}")).status_code == 302
    assert held(town) == [("9991", "Noord", ""), ("9992", "Zuid", "")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("999A;WK01;Noord;;", "Dit is geen postcode. Schrijf vier cijfers (9991)"),
        ("0991;WK01;Noord;;", "Dit is geen postcode."),
        (";WK01;Noord;;", "Dit is geen postcode."),
        ("9993;WK01;;;", "De wijk is leeg. Vul de naam in, of haal de rij weg."),
        ("9993;WK01;" + 121 * "x" + ";;", "Dit is langer dan 120 tekens."),
        ("9993;WK01;Noord;31-02-2021;", "Dit is geen dag. Schrijf het als 31-12-2025."),
        ("9993;WK01;Noord;31-12-2019;", "Dit ligt vóór 1 jan 2020, de dag waarop de tabel ingaat."),
        ("9993;WK01;Noord;01-01-2021;01-01-2021", "De rij eindigt voor hij begint."),
        ("9991 AB;WK03;Oost;01-01-2025;", "Deze postcode staat ook in rij 2, met iets anders erbij."),
        ("9993;WK01;Zuid;;", "Deze code heeft in rij 2 een andere naam."),
    ],
)
def test_one_fault_and_nothing_is_saved(town: Municipality, administrator: Client, row: str, said: str) -> None:
    file = f"Postcode;Wijkcode;Wijk;Vanaf;Tot\r\n9991AB;WK01;Noord;;\r\n{row}\r\n"
    page = administrator.post(PAGE, offered(file))
    text = page.content.decode()
    assert page.status_code == 400
    assert said in text
    assert "Er is niets overgenomen" in text
    assert page.context["faults"][0].row == 3
    assert page.context["faults"][0].value == row.split(";")[_column_of(page.context["faults"][0].column)][:60]
    assert not PostcodeDistrict.objects.exists()


def _column_of(label: str) -> int:
    return ("Postcode", "Wijkcode", "Wijk", "Vanaf", "Tot").index(label)


def test_periods_of_one_postcode_may_follow_each_other(town: Municipality, administrator: Client) -> None:
    file = "Postcode;Wijk;Vanaf;Tot\r\n9991;Noord;;01-01-2023\r\n9991;Zuid;01-01-2023;\r\n"
    assert administrator.post(PAGE, offered(file)).status_code == 302
    assert held(town, date(2022, 12, 31)) == [("9991", "Noord", "")]
    assert held(town, date(2023, 1, 1)) == [("9991", "Zuid", "")]


def test_a_missing_column_is_named(administrator: Client) -> None:
    page = administrator.post(PAGE, offered("Postcode;Gebied\r\n9991;Noord\r\n"))
    assert (page.context["faults"][0].column, page.context["faults"][0].row) == ("Wijk", None)
    assert "Deze kolom ontbreekt." in page.content.decode()


def test_a_file_that_is_no_table_is_refused_on_the_field(administrator: Client) -> None:
    page = administrator.post(PAGE, offered(b"%PDF-1.7 iets", name="wijken.pdf"))
    assert page.status_code == 400
    assert "pdf-document" in str(page.context["form"].errors["file"])
    page = administrator.post(PAGE, {"since": ""})
    assert set(page.context["form"].errors) == {"file", "since"}


def test_outsiders_are_refused(town: Municipality, client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/aanmelden/?next=")
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, offered(GOOD)).status_code == 403
    assert not PostcodeDistrict.objects.exists()


def test_the_page_costs_few_queries_whatever_the_size_of_the_table(administrator: Client) -> None:
    rows = "".join(f"{number};Wijk {number % 7};\r\n" for number in range(9000, 9700))
    administrator.post(PAGE, offered("Postcode;Wijk;Buurt\r\n" + rows))
    with CaptureQueriesContext(connection) as captured:
        page = administrator.get(PAGE)
    assert page.context["page_obj"].paginator.count == 700
    assert len(captured) <= 15


def test_the_command_takes_it_over_or_says_why_not(
    town: Municipality, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wijken.csv"
    file.write_text(GOOD, encoding="utf-8")
    assert districts_command.run([str(file), "--since", "2020-01-01"]) == 0
    assert capsys.readouterr().out.startswith("Vanaf 1 jan 2020 gelden 2 rijen")
    assert len(held(town)) == 2
    file.write_text("Postcode;Wijk\r\n99;Noord\r\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"Rij 2, kolom Postcode: ‘99’\. Dit is geen postcode\."):
        districts_command.run([str(file)])
    with pytest.raises(Refusal, match="geen dag"):
        districts_command.run([str(file), "--since", "gisteren"])
    with pytest.raises(Refusal, match="kan niet gelezen worden"):
        districts_command.run([str(tmp_path / "weg.csv")])
