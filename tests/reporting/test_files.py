"""What files hold beside the table: the way from level to level on a sheet of its own, and as a CSV of its own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from opstap.config.command import Refusal, WrongUse
from opstap.config.commands import report_command
from opstap.foundation.dates import clock_at
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in as browser_of
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
EARLY, LATE, ON = date(2024, 1, 10), date(2024, 5, 10), date(2024, 6, 1)


@pytest.fixture
def town() -> Municipality:
    """Two on level 2: one expected on 3 and risen to it, one of whom nothing is expected, not placed again."""
    town = a_municipality()
    first, second, third = (a_client(town, number=f"K{number}") for number in (1, 2, 3))
    placed(first, "2", on=EARLY, expected="4")
    placed(first, "3", on=LATE, expected="4")
    placed(second, "2", on=EARLY)
    placed(third, "5", on=LATE, expected="6")
    a_trajectory(first, "work", goal="4")
    return town


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_has_what_is_expected_from_level_to_level(
    town: Municipality, signed_in: SignedIn, kind: str
) -> None:
    content = signed_in(town, "coordinator").get(f"/rapporten/nu-en-verwacht/bestand/{kind}/?on={ON}").content
    found = sheets(content)
    assert list(found) == ["Huidige en verwachte trede", "Van trede naar trede", "Toelichting"]
    head, *rows = found["Van trede naar trede"]
    assert head[0] == "Nu"
    assert head[-2:] == ["Onbekend", "Totaal"]
    cells = {(row[0][0], name[0]): count for row in rows for name, count in zip(head[1:], row[1:], strict=True)}
    assert (cells["3", "4"], cells["2", "O"], cells["5", "6"], cells["3", "T"]) == (1, 1, 1, 1)
    assert rows[-1][0] == "Totaal"
    assert rows[-1][-1] == 3.0


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_has_the_movement_from_level_to_level(town: Municipality, signed_in: SignedIn, kind: str) -> None:
    path = f"/rapporten/beweging/bestand/{kind}/?on={ON}&compared_with=2024-02-01"
    found = sheets(signed_in(town, "coordinator").get(path).content)
    head, *rows = found["Van trede naar trede"]
    by_name = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}
    two = next(row for name, row in by_name.items() if name.startswith("2 "))
    assert {name: count for name, count in two.items() if count} == {
        "3 Deelname aan georganiseerde activiteiten": 1.0,
        "Niet opnieuw geplaatst": 1.0,
        "Totaal": 2.0,
    }
    assert by_name["Nieuw op de ladder (los daarvan)"]["Totaal"] == 1.0
    assert by_name["Nieuw op de ladder (los daarvan)"]["Uit begeleiding"] == ""


def test_csv_holds_one_table_and_the_other_is_a_file_of_its_own(town: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(town, "coordinator")
    page = client.get(f"/rapporten/nu-en-verwacht/?on={ON}").content.decode()
    link = f"/rapporten/nu-en-verwacht/bestand/csv/?on={ON}&amp;table=matrix"
    assert f'href="{link}">CSV, van trede naar trede</a>' in page
    answer = client.get(link.replace("&amp;", "&"))
    assert answer["Content-Disposition"] == f'attachment; filename="nu-en-verwacht-matrix-{ON}.csv"'
    rows = read_csv(answer.content)
    assert rows[0][0] == "Nu"
    assert rows[-1] == ["Totaal", "0", "0", "0", "1", "0", "1", "1", "3"]
    assert read_csv(client.get(f"/rapporten/nu-en-verwacht/bestand/csv/?on={ON}").content)[0][0] == "Trede"
    assert client.get(f"/rapporten/plaatsing/bestand/csv/?on={ON}&table=matrix").status_code == 404
    assert "table=matrix" not in client.get(f"/rapporten/plaatsing/?on={ON}").content.decode()


def test_the_command_writes_the_table_that_is_named(
    town: Municipality, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["movement", "--on", str(ON), "--compared-with", "2024-02-01", "--municipality", town.name]
    file = tmp_path / "matrix.csv"
    assert report_command.run([*asked, "--table", "matrix", "--format", "csv", "--out", str(file)]) == 0
    assert read_csv(file.read_bytes())[0][:2] == ["Van", "1 Geïsoleerd"]
    capsys.readouterr()
    assert report_command.run([*asked, "--table", "matrix"]) == 0
    shown = capsys.readouterr().out
    assert "Nieuw op de ladder (los daarvan)" in shown
    assert "Vergeleken met: 1 feb 2024" in shown


def test_a_report_without_that_table_says_which_there_are(town: Municipality) -> None:
    with pytest.raises(WrongUse, match=r"heeft geen tabel 'matrix'. Er zijn: whole"):
        report_command.run(["placement", "--on", str(ON), "--municipality", town.name, "--table", "matrix"])


def test_people_read_the_name_of_a_trajectory_and_programs_its_code(
    town: Municipality, signed_in: SignedIn, capsys: pytest.CaptureFixture[str]
) -> None:
    content = signed_in(town, "coordinator").get(f"/rapporten/trajecten/bestand/csv/?on={ON}").content
    head, row, *_rest = read_csv(content)
    assert (head[0], row[0]) == ("Soort traject", "naar werk")
    assert "work" not in row
    asked = ["trajectories", "--on", str(ON), "--municipality", town.name]
    assert report_command.run(asked) == 0
    assert "work" not in capsys.readouterr().out
    assert report_command.run([*asked, "--format", "json"]) == 0
    assert '"kind": "work"' in capsys.readouterr().out


def test_the_command_draws_a_chart_in_a_file(
    town: Municipality, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked = ["movement", "--on", str(ON), "--compared-with", "2024-02-01", "--municipality", town.name]
    drawn = tmp_path / "beweging.png"
    assert report_command.run([*asked, "--chart", "2", "--format", "png", "--out", str(drawn)]) == 0
    assert drawn.read_bytes().startswith(b"\x89PNG")
    capsysbinary.readouterr()
    viewer = a_coordinator(town)
    with clock_at(datetime(2024, 6, 1, 12, tzinfo=UTC)):
        assert report_command.run([*asked, "--as", viewer.name, "--format", "svg"]) == 0
    address = f"/rapporten/beweging/grafiek/1/svg/?on={ON}&compared_with=2024-02-01"
    of_the_page = browser_of(viewer).get(address)
    assert of_the_page["Content-Disposition"] == f'attachment; filename="beweging-grafiek-1-{ON}.svg"'
    first = capsysbinary.readouterr().out.decode()
    assert f"Opstap, {town.name}, peildatum 1 jun 2024, gemaakt 1 jun 2024, 14:00" in first
    own, other = (re.sub("(gemaakt|Bekend op:) [^<]*", "", one) for one in (first, of_the_page.content.decode()))
    assert own == other


@pytest.mark.parametrize(
    ("report", "words", "said"),
    [
        ("movement", ["--chart", "3", "--format", "svg"], r"geen grafiek 3\. Er zijn: 1 \(Gestegen, .*\), 2 \(Waar "),
        ("movement", ["--chart", "0", "--format", "png"], r"geen grafiek 0"),
        ("movement", ["--chart", "1", "--format", "csv"], "een grafiek heeft --format svg of png nodig"),
        ("movement", ["--chart", "1"], "een grafiek heeft --format svg of png nodig"),
        ("caseload", ["--format", "svg"], "rapport caseload heeft met deze vraag geen grafiek"),
    ],
)
def test_the_command_says_which_charts_there_are(town: Municipality, report: str, words: list[str], said: str) -> None:
    of_two_days = ["--compared-with", "2024-02-01"] if report == "movement" else []
    with pytest.raises((WrongUse, Refusal), match=said):
        report_command.run([report, "--on", str(ON), "--municipality", town.name, *of_two_days, *words])
