"""What a file says of people comes out in the reports: the standard set, target groups, history, and other grounds."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from opstap.audit.permissions import command_line
from opstap.clients.logic import MembershipRow
from opstap.clients.models import Client as Followed
from opstap.clients.operations import create_programme, record_memberships
from opstap.config.commands import import_command, report_command
from opstap.municipality.models import Municipality
from tests.reporting.conftest import SNEEK, Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2010-09-15")


def in_the_file(column: str) -> Counter[str]:
    with SNEEK.open(encoding="utf-8-sig", newline="") as stream:
        return Counter(row[column] for row in csv.DictReader(stream, delimiter=";"))


def by(report: Report, dimension: str) -> dict[str, int]:
    groups = report("placement", *ON, "--by", dimension)["totals"]["groups"]
    return {group["group"]: group["clients"] for group in groups}


@pytest.mark.covers("B-11", "B-13")
def test_the_standard_set_of_a_file_is_counted_in_every_trait(sneek: Municipality, report: Report) -> None:
    literate, qualified, exempt = (in_the_file(one) for one in ("Laaggeletterd", "Startkwalificatie", "Ontheffing"))
    integration = in_the_file("Inburgering")
    assert by(report, "low-literacy") == {
        "yes": literate["ja"], "no": literate["nee"], "unknown": literate["onbekend"],
    }  # fmt: skip
    assert by(report, "basic-qualification") == {"yes": qualified["ja"], "no": qualified["nee"]}
    assert by(report, "exemption") == {"yes": 1166 - exempt[""], "unknown": exempt[""]}
    assert by(report, "integration") == {
        "none": integration["geen"], "duty": integration["plicht"], "need": integration["behoefte"],
    }  # fmt: skip


@pytest.mark.covers("B-62")
def test_the_target_groups_of_the_start_are_counted_apart(sneek: Municipality, report: Report) -> None:
    kinds = in_the_file("Uitkering")
    assert by(report, "benefit") == {
        "wwb": kinds["WWB"], "bbz": kinds["BBZ"], "ioaw": kinds["IOAW"], "ioaz": kinds["IOAZ"], "nugger": kinds["Nug"],
    }  # fmt: skip
    assert report("placement", *ON, "--where", "integration=duty")["base"] == in_the_file("Inburgering")["plicht"]


@pytest.mark.covers("A-09")
def test_history_that_a_file_brings_is_counted_on_its_own_days(db: None, tmp_path: Path, report: Report) -> None:
    file = tmp_path / "historie.csv"
    file.write_text(
        "Klantnummer;Achternaam;Begin uitkering;Uitkering;Datum meting;Trede\n"
        "K1;Bakker;01-01-2008;WWB;01-06-2010;3\n"
        "K1;Bakker;01-01-2008;WWB;01-06-2008;1\n"
        "K1;Bakker;01-01-2008;WWB;01-06-2009;2+\n"
    )
    assert import_command.run([str(file)]) == 0
    days = {"2008-05-31": None, "2008-06-01": "1", "2009-05-31": "1", "2009-06-01": "2", "2010-06-01": "3"}
    for day, level in days.items():
        rows = report("placement", "--on", day)["rows"]
        assert {row["level"]: row["clients"] for row in rows if row["clients"]} == {level: 1}, day


@pytest.mark.covers("B-04", page="/rapporten/plaatsing/mensen/")
def test_who_is_followed_for_another_law_stands_on_the_ladder_with_the_day_of_it(
    db: None, tmp_path: Path, report: Report, signed_in: Callable[..., Client]
) -> None:
    """The Wmo as a programme; position and since when are what the statistic on re-integration asked of each person."""
    file = tmp_path / "wmo.csv"
    file.write_text(
        "Klantnummer;Achternaam;Begin begeleiding;Uitkering;Datum meting;Trede\n"
        "W1;Bakker;01-03-2010;geen;01-06-2010;2\n"
        "P1;Visser;01-03-2010;;01-06-2010;4\n"
    )
    assert import_command.run([str(file)]) == 0
    town = Municipality.objects.get()
    programme = create_programme(by=command_line(), municipality=town, name="Wmo-dagbesteding")
    row = MembershipRow(Followed.objects.get(number="W1").pk, programme.pk, date(2010, 3, 1))
    record_memberships(by=command_line(), rows=[row])
    assert by(report, "programme") == {"Wmo-dagbesteding": 1, "unknown": 1}
    coordinator = signed_in(town, "coordinator")
    people = coordinator.get(f"/rapporten/plaatsing/mensen/?on=2010-09-15&where=programme={programme.reference}")
    assert [(one.number, one.level, one.measured_on) for one in people.context["people"]] == [
        ("W1", "2", date(2010, 6, 1))
    ]
    assert "1 jun 2010" in people.content.decode()


@pytest.mark.parametrize(
    ("day", "called"),
    [
        ("2025-12-31", "sociale activering"),
        ("2026-01-01", "sociale activering of maatschappelijke participatie"),
        ("2026-12-31", "sociale activering of maatschappelijke participatie"),
        ("2027-01-01", "maatschappelijke participatie"),
    ],
)
def test_a_report_uses_the_word_that_the_law_has_on_its_day(
    db: None, tmp_path: Path, day: str, called: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "traject.csv"
    file.write_text(
        "Klantnummer;Achternaam;Begin uitkering;Uitkering;Datum meting;Trede;Traject\n"
        "K1;Bakker;01-01-2025;Pw;01-02-2025;2;sociale activering\n"
    )
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC)):  # of a day to come there is no report
        assert import_command.run([str(file)]) == 0
        capsysbinary.readouterr()
        assert report_command.run(["placement", "--on", day, "--by", "trajectory"]) == 0
    printed = capsysbinary.readouterr().out.decode().splitlines()
    groups = {line.split("  ")[0] for line in printed if "  2 " in line}
    assert groups == {called}
