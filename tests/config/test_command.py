"""The `opstap` command as a program: exit codes, the data folder, keys, and words when it is used wrongly."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from opstap.accounts.models import RoleHolding, User
from opstap.audit.models import Access
from opstap.config.command import WrongUse, main
from opstap.config.commands import serve_command
from opstap.foundation.crypto.keys import as_stored, fresh_ring
from tests.config.programs import ROOT, SNEEK, ended, opstap
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality


def test_wrong_use_ends_with_two_and_names_the_right_words(tmp_path: Path) -> None:
    unknown = opstap("rapport", folder=tmp_path)
    assert unknown.returncode == 2
    assert "report" in unknown.stderr
    assert opstap(folder=tmp_path).returncode == 2
    assert opstap("report", "placement", "--maat", "3", folder=tmp_path).returncode == 2


def test_the_help_of_a_report_names_every_way_to_split(tmp_path: Path) -> None:
    said = opstap("report", "--help", folder=tmp_path)
    assert said.returncode == 0
    assert all(key in "".join(said.stdout.split()) for key in ("team", "worker", "household", "benefit-duration"))


WRONG = (
    (("report",), "placement, profile"),
    (("report", "placment"), "Bedoelt u placement?"),
    (("report", "placement", "--as", "CM1"), "CM01"),
    (("report", "placement", "--municipality", "Elders"), "Mijn gemeente"),
    (("report", "placement", "--format", "pdf"), "xlsx"),
    (("reports", "--format", "xml"), "json"),
    (("facts", "import"), "export"),
    (("facts", "export", "--known-at", "gisteren"), "2010-09-15"),
    (("serve", "--port", "65536"), "1 tot en met 65535"),
    (("serve", "--port", "http"), "1 tot en met 65535"),
    (("demo", "--port", "0"), "1 tot en met 65535"),
    (("serve", "--workers", "0"), "1 tot en met 64"),
    (("manage", "migrat"), "Bedoelt u migrate?"),
    (("user", "X", "--sign-in", "x", "--role", "team_leader"), "--team"),
)


@pytest.mark.django_db
def test_each_wrong_argument_ends_with_two_and_names_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(capsys, "import", str(SNEEK))[0] == 0
    for arguments, right in WRONG:
        code, said = ended(capsys, *arguments)
        assert code == 2, (arguments, said)
        assert right in said, (arguments, said)


def test_what_cant_be_written_or_read_is_refused_in_words(filled: Path) -> None:
    (filled / "bestand").touch()
    for arguments in (
        ("report", "placement", "--out", "nergens/plaatsing.txt"),
        ("facts", "export", "--out", "bestand"),
        ("manage", "loaddata", "bestaat-niet"),
    ):
        ran = opstap(*arguments, folder=filled)
        assert ran.returncode == 3, (arguments, ran)
        assert "Traceback" not in ran.stderr


def test_a_reader_that_leaves_early_is_no_failure(filled: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "opstap", "--data", str(filled / "data"), "facts", "export"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.readline()
        export.stdout.close()
        assert export.stderr.read() == ""
        assert export.wait() == 0


def test_without_a_municipality_a_report_says_what_to_do(tmp_path: Path) -> None:
    asked = opstap("report", "placement", folder=tmp_path)
    assert asked.returncode == 3
    assert "opstap import" in asked.stderr


@pytest.mark.covers("B-66")
def test_from_an_empty_folder_to_the_published_table(tmp_path: Path) -> None:
    assert opstap("import", str(SNEEK), folder=tmp_path).returncode == 0
    keys = tmp_path / "data" / "keys.json"
    assert keys.stat().st_mode & 0o077 == 0
    printed = opstap("report", "placement", "--on", "2010-09-15", "--decimals", "0", folder=tmp_path).stdout
    assert [line.split()[-6:] for line in printed.splitlines() if line.startswith("3 ")] == [
        ["285", "24", "86", "30", "199", "70"]
    ]
    assert opstap("check", folder=tmp_path).stdout == "Alles is in orde.\n"


def test_other_keys_than_those_of_the_database_are_refused(filled: Path) -> None:
    (filled / "data" / "keys.json").write_text(as_stored(fresh_ring()), encoding="utf-8")
    refused = opstap("import", str(SNEEK), folder=filled)
    assert refused.returncode == 3
    assert "hoort niet bij deze database" in refused.stderr


def test_a_row_that_points_at_nothing_is_found_by_check(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated / "data" / "opstap.sqlite3")) as database:
        database.execute(
            "INSERT INTO clients_trait (recording_id, withdrawn, starts_on, kind, value, client_id) "
            "VALUES (1, 0, '2020-01-01', 'integration', 'need', 999)"
        )
        database.commit()
    checked = opstap("check", folder=migrated)
    assert checked.returncode == 3
    assert "1 rijen in clients_trait verwijzen naar een client die er niet is." in checked.stdout


def test_a_missing_trigger_is_found_by_check(migrated: Path) -> None:
    drop = "from django.db import connection as c; c.cursor().execute('DROP TRIGGER ao_ladder_measurement_update')"
    assert opstap("manage", "shell", "--no-imports", "-c", drop, folder=migrated).returncode == 0
    checked = opstap("check", folder=migrated)
    assert checked.returncode == 3
    assert "ao_ladder_measurement_update" in checked.stdout
    assert opstap("migrate", folder=migrated).returncode == 0
    assert opstap("check", folder=migrated).returncode == 0


def test_facts_come_out_as_a_file_a_table_and_as_lines(filled: Path) -> None:
    lines = opstap("facts", "export", folder=filled).stdout.splitlines()
    assert sum('"table": "follow_ups"' in line for line in lines) == 1166
    assert opstap("facts", "export", "--out", "uit", folder=filled).returncode == 0
    first = (filled / "uit" / "measurements.csv").read_text(encoding="utf-8").splitlines()
    assert first[0].startswith("client,scale,level,expected_level,measured_on,growth")
    assert len(first) == 1163


def test_somebody_is_made_who_can_sign_in(filled: Path) -> None:
    made = opstap("user", "Co Ordinator", "--sign-in", "Co", "--role", "coordinator", folder=filled)
    assert made.returncode == 0
    password = made.stdout.split()[-1]
    check = (
        "from django.contrib.auth.backends import ModelBackend as B; "
        f"print(B().authenticate(None, username='CO', password='{password}'))"
    )
    assert "Co Ordinator" in opstap("manage", "shell", "--no-imports", "-c", check, folder=filled).stdout
    again = opstap("user", "Ander", "--sign-in", "co", "--role", "coordinator", folder=filled)
    assert again.returncode == 3
    assert "al een gebruiker" in again.stderr
    assert opstap("user", "X", "--sign-in", "x", "--role", "team_leader", folder=filled).returncode == 2
    assert opstap("user", "X", "--sign-in", "x", "--role", "baas", folder=filled).returncode == 2


@pytest.mark.django_db
def test_who_has_an_account_in_another_municipality_gets_a_role_here_by_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    noord, zuid = a_municipality("Noord"), a_municipality("Zuid")
    kim = a_case_manager(a_team(noord), name="Kim Smit")
    kim.sign_in_name = "kim"
    kim.save()
    password = kim.password
    given = ("user", "Kim", "--sign-in", "KIM", "--role", "coordinator", "--municipality")
    assert ended(capsys, *given, "Noord")[0] == 3
    assert main([*given, "Zuid"]) == 0
    assert "Kim Smit heeft al een account in Noord en kan nu ook in Zuid werken" in capsys.readouterr().out
    kim.refresh_from_db()
    assert (kim.password, kim.name, kim.municipality) == (password, "Kim Smit", noord)
    assert set(RoleHolding.objects.filter(user=kim, municipality=zuid).values_list("role", flat=True)) == {
        "coordinator"
    }
    logged = Access.objects.filter(why__contains=kim.reference)
    assert {one.municipality for one in logged} == {noord.pk, zuid.pk}
    code, said = ended(capsys, *given, "Zuid")
    assert (code, "al een gebruiker" in said) == (3, True)


@pytest.mark.django_db
def test_a_role_that_the_command_cant_give_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    a_municipality("Noord")
    code, said = ended(capsys, "user", "Sem", "--sign-in", "sem", "--role", "intern")
    assert (code, "kies met wie" in said) == (3, True), said
    assert not User.objects.filter(sign_in_name="sem").exists()


@pytest.mark.parametrize(("name", "value"), [("OPSTAP_LOG_YEARS", "vijf"), ("OPSTAP_MAIL", "mail.zeist.example")])
def test_a_setting_that_cant_be_read_is_told_in_words(tmp_path: Path, name: str, value: str) -> None:
    told = opstap("check", folder=tmp_path, **{name: value})
    assert (told.returncode, told.stderr.count("\n"), name in told.stderr) == (3, 1, True), told.stderr


def test_a_host_that_is_no_address_of_this_machine_is_refused_in_words() -> None:
    with pytest.raises(WrongUse, match=r"'bestaat.invalid' is geen adres van deze computer"):
        serve_command.refuse_taken("bestaat.invalid", 8000)
