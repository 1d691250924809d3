"""`opstap import` from beginning to end: the Sneek example, faults, trial runs, undoing, and wrong use."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from opstap.audit.models import Recording
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.config.commands import import_command
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations import stage_file
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on
from tests.exchange.faults import SNEEK, planted
from tests.exchange.imports import Opstap, facts_by_number, held, lines, people_by_number, town

pytestmark = pytest.mark.django_db
KEYS = ["rows", "new", "changed", "unchanged", "refused", "warnings", "problems"]


@pytest.fixture
def opstap(capsys: pytest.CaptureFixture[str]) -> Opstap:
    return Opstap(capsys)


def test_a_file_that_is_no_spreadsheet_is_one_object_too(opstap: Opstap, tmp_path: Path) -> None:
    file = tmp_path / "brief.xlsx"
    file.write_bytes(b"%PDF-1.7 geen werkblad")
    ran = opstap(file, "--dry-run", "--format", "json")
    assert (ran.code, list(ran.object)) == (3, KEYS)
    (problem,) = ran.object["problems"]
    assert (problem["row"], problem["severity"]) == (None, "error")
    assert problem["message"]
    assert problem["fix"]


@pytest.mark.parametrize(("name", "code"), [("weg.xlsx", "file_missing"), ("", "file_is_folder")])
def test_a_file_that_is_not_there_is_one_object_too(opstap: Opstap, tmp_path: Path, name: str, code: str) -> None:
    ran = opstap(tmp_path / name, "--dry-run", "--format", "json")
    assert (ran.code, list(ran.object), ran.object["problems"][0]["code"]) == (3, KEYS, code)


@pytest.mark.parametrize(("arguments", "left"), [([], 0), (["--dry-run"], 2)])
def test_each_import_empties_what_stood_waiting_too_long(
    opstap: Opstap, tmp_path: Path, arguments: list[str], left: int
) -> None:
    municipality = town()
    content = lines("Klantnummer;Achternaam;Begin uitkering", "K1;Bakker;01-01-2020", "K2;Visser;fout")
    batch = stage_file(by=command_line(), municipality=municipality, content=content, file_name="oud.csv")
    ImportBatch.objects.filter(pk=batch.pk).update(made_at=dates.now() - timedelta(days=31))
    path = tmp_path / "nieuw.csv"
    path.write_bytes(content)
    assert opstap(path, *arguments).code == 3
    assert StagedRow.objects.count() == left


@pytest.mark.covers("B-66")
def test_sneek_is_loaded_and_the_same_file_again_changes_nothing(opstap: Opstap) -> None:
    first = opstap(SNEEK, "--format", "json")
    assert (first.code, list(first.object)) == (0, KEYS)
    assert [first.object[key] for key in KEYS[:6]] == [1166, 1166, 0, 0, 0, 644]
    municipality = Municipality.objects.get()
    assert municipality.name == "Mijn gemeente"
    assert setting_on(municipality.pk, "default_scale", date(2010, 1, 1)) == "vng"
    facts, people = facts_by_number(municipality), people_by_number(municipality)
    assert len(people) == 1166
    assert Measurement.objects.count() == 1162
    again = opstap(SNEEK, "--format", "json")
    assert [again.object[key] for key in KEYS[:5]] == [1166, 0, 0, 1166, 0]
    assert "niets veranderd" in again.err
    assert (facts_by_number(municipality), people_by_number(municipality)) == (facts, people)


def test_long_work_shows_how_far_it_is(opstap: Opstap, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "van 1.166" not in opstap(SNEEK, "--dry-run").err
    monkeypatch.setattr(import_command, "LONG", 1_000)
    said = opstap(SNEEK).err.splitlines()
    assert said[:4] == [
        "1166 rijen controleren …", "  rijen gelezen: 1.000 van 1.166", "  cliënten vergeleken: 1.000 van 1.166",
        "vastleggen …",
    ]  # fmt: skip


def test_on_a_terminal_the_count_stays_on_one_line(opstap: Opstap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_command, "on_terminal", lambda: True)
    said = opstap(SNEEK, "--dry-run").err
    assert "\r\x1b[K  rijen gelezen: 1.000 van 1.166\r\x1b[K  cliënten vergeleken: 1.000 van 1.166" in said
    assert "1.166\n" not in said


def test_a_trial_run_writes_nothing(opstap: Opstap) -> None:
    before = latest_recording()
    ran = opstap(SNEEK, "--dry-run", "--format", "json")
    assert (ran.code, ran.object["new"]) == (0, 1166)
    assert latest_recording() == before
    assert not Municipality.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("trial", [["--dry-run"], []])
def test_forty_faults_come_out_at_their_place_and_change_nothing(
    opstap: Opstap, tmp_path: Path, trial: list[str]
) -> None:
    content, faults = planted()
    path = tmp_path / "fouten.csv"
    path.write_bytes(content)
    before = latest_recording()
    ran = opstap(path, "--format", "json", *trial)
    assert ran.code == 3
    wrong = [one for one in ran.object["problems"] if one["severity"] == "error"]
    found = sorted((one["row"], one["column"], one["code"]) for one in wrong)
    assert found == sorted(map(tuple, faults))
    assert ran.object["refused"] == 40
    assert all(one["message"] and one["fix"] for one in ran.object["problems"])
    assert "--skip-refused" in ran.err
    assert latest_recording() == before
    assert not Client.objects.exists()


def test_skipping_refused_rows_takes_the_others(opstap: Opstap, tmp_path: Path) -> None:
    path = tmp_path / "fouten.csv"
    path.write_bytes(planted()[0])
    ran = opstap(path, "--skip-refused", "--format", "json")
    assert ran.code == 0
    assert ran.object["refused"] == 40
    assert len(people_by_number(Municipality.objects.get())) == ran.object["new"] == 1166 - 35


def test_undo_brings_back_what_held_and_the_file_can_come_again(opstap: Opstap) -> None:
    opstap(SNEEK)
    municipality = Municipality.objects.get()
    facts, people = facts_by_number(municipality), people_by_number(municipality)
    reference = ImportBatch.objects.get().reference
    undone = opstap("--undo", reference)
    assert (undone.code, "Teruggedraaid" in undone.out) == (0, True)
    assert all(not rows for rows in facts_by_number(municipality).values())
    assert people_by_number(municipality) == {}
    assert opstap("--undo", reference).code == 3
    again = opstap(SNEEK, "--format", "json")
    assert again.object["new"] == 1166
    assert (facts_by_number(municipality), people_by_number(municipality)) == (facts, people)
    assert Client.objects.count() == 1166


def test_people_without_benefit_are_followed_too(opstap: Opstap) -> None:
    opstap(SNEEK)
    rows = facts_by_number(Municipality.objects.get())
    assert sum("'ground': 'nugger'" in row for row in rows["follow_ups"]) == 20
    assert sum("'value': 'duty'" in row for row in rows["traits"]) == 141


def test_history_comes_in_by_import(opstap: Opstap, tmp_path: Path) -> None:
    path = tmp_path / "historie.csv"
    path.write_bytes(
        lines(
            "Klantnummer;Achternaam;Begin uitkering;Uitkering;Datum meting;Trede",
            "K1;Bakker;01-01-2008;WWB;01-06-2010;3",
            "K1;Bakker;01-01-2008;WWB;01-06-2008;1",
            "K1;Bakker;01-01-2008;WWB;01-06-2009;2+",
        )
    )
    assert opstap(path, "--format", "json").object["new"] == 3
    assert held(Measurement, "measured_on", "level__code") == [
        (date(2008, 6, 1), "1"), (date(2009, 6, 1), "2+"), (date(2010, 6, 1), "3"),
    ]  # fmt: skip


def test_a_mapping_overrides_and_is_remembered(opstap: Opstap, tmp_path: Path) -> None:
    path = tmp_path / "eigen.csv"
    path.write_bytes(lines("Klantnummer;Achternaam;Stand;Gemeten op", "K1;Bakker;2+;01-06-2010"))
    trial = opstap(path, "--dry-run", "--map", "stand=level", "--format", "json")
    assert trial.object["warnings"] == 0
    assert opstap(path, "--map", "stand=level").code == 0
    assert held(Measurement, "level__code") == ["2+"]
    path.write_bytes(lines("Stand;Klantnummer;Achternaam;Gemeten op", "3;K2;Visser;01-07-2010"))
    assert opstap(path).code == 0
    assert held(Measurement, "level__code") == ["2+", "3"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--map", "Trede=levl"], "level"),
        (["--map", "Tree=level"], "Trede"),
        (["--map", "Trede"], "KOLOM=veld"),
        (["--scale", "vgn"], "vng"),
        (["--reference-date", "31-02-2010"], "31-12-2026"),
        (["--formaat", "json"], "--format"),
        (["--undo", "abc"], "--undo"),
    ],
)
def test_wrong_use_names_the_right_words(opstap: Opstap, arguments: list[str], named: str) -> None:
    ran = opstap(SNEEK, *arguments)
    assert ran.code == 2
    assert named in ran.err
    assert not Client.objects.exists()


def test_a_file_that_is_not_there_or_no_spreadsheet(opstap: Opstap, tmp_path: Path) -> None:
    missing = opstap(tmp_path / "weg.csv")
    assert (missing.code, "bestaat niet" in missing.err) == (3, True)
    picture = tmp_path / "foto.xlsx"
    picture.write_bytes(b"%PDF-1.7 " + bytes(100))
    refused = opstap(picture)
    assert (refused.code, "pdf" in refused.err.casefold()) == (3, True), refused.err
    assert opstap(tmp_path).code == 3
    assert opstap().code == 2


def test_columns_that_cant_be_used_say_how(opstap: Opstap, tmp_path: Path) -> None:
    path = tmp_path / "zonder.csv"
    path.write_bytes(lines("Achternaam;Trede", "Bakker;2"))
    ran = opstap(path, "--format", "json")
    assert (ran.code, ran.object["refused"], ran.object["problems"][0]["code"]) == (3, 1, "key_column_missing")
    assert "--map" in ran.err


def test_several_municipalities_must_be_named(opstap: Opstap, tmp_path: Path) -> None:
    town("Noordstad")
    south = town("Zuidstad")
    path = tmp_path / "klein.csv"
    path.write_bytes(lines("Klantnummer;Achternaam;Begin uitkering", "K1;Bakker;01-01-2020"))
    ran = opstap(path)
    assert (ran.code, "Noordstad, Zuidstad" in ran.err) == (2, True)
    assert opstap(path, "--municipality", "zuidstad").code == 0
    assert Client.objects.get().municipality == south


def test_scale_and_reference_date_stand_in_where_the_file_is_silent(opstap: Opstap, tmp_path: Path) -> None:
    path = tmp_path / "stand.csv"
    path.write_bytes(lines("Klantnummer;Achternaam;Trede", "K1;Bakker;7"))
    assert opstap(path, "--scale", "vng", "--dry-run").code == 3
    ran = opstap(path, "--scale", "groningen", "--reference-date", "2021-04-01")
    assert ran.code == 0
    assert held(Measurement, "scale__key", "level__code", "measured_on") == [("groningen", "7", date(2021, 4, 1))]
    assert setting_on(Municipality.objects.get().pk, "default_scale", date(2021, 1, 1)) == "groningen"


def test_nothing_of_the_rows_stays_behind(opstap: Opstap) -> None:
    opstap(SNEEK)
    assert not StagedRow.objects.exists()
    assert Recording.objects.get(number=latest_recording()).source == "command"
