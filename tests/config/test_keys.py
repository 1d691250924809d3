"""`opstap keys` as programs: new keys while others work, killed at it, and the old ones away once they seal nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opstap.accounts.selectors.links import LASTS
from opstap.config.commands.keys_command import NAMES
from tests.config.installed import Installed

# Does the background work, and ends as `kill -9` does while it seals the n-th row anew.
KILLED = """
import os, signal, sys, django
django.setup()
from opstap.audit.operations import sealing
from opstap.config.command import main
left, whole = [int(sys.argv[1])], None
def counted(table, row):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(table, row)
whole, sealing._sealed_anew = sealing._sealed_anew, counted
sys.exit(main(["work", "--once"]))
"""
# A page that is served all the while: it seals, and opens what it is given, each time it is asked.
SERVING = """
import sys, django
django.setup()
from opstap.clients.selectors.bsn import bsn_cipher
for line in sys.stdin:
    print(bsn_cipher().key_id, bsn_cipher().decrypt(bytes.fromhex(line)), flush=True)
"""
SAID = "SELECT client_id, bsn_key, hex(bsn_encrypted) FROM clients_person WHERE bsn_encrypted IS NOT NULL"


def done(town: Installed, *arguments: str) -> str:
    ran = town.opstap(*arguments)
    assert ran.returncode == 0, ran
    return ran.stdout


def work(town: Installed) -> None:
    """As the background does, until nothing is ready."""
    for _time in range(2):
        done(town, "work", "--once")


def age(town: Installed, passed: timedelta) -> None:
    path = town.folder / "keys.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    for entry in stored.values():
        for former in entry.get("former", ()):
            former["until"] = (datetime.fromisoformat(former["until"]) - passed).isoformat()
    path.write_text(json.dumps(stored), encoding="utf-8")


def keys_in_use(town: Installed) -> set[object]:
    return {key for _client, key, _sealed in town.asked(SAID)}


def test_new_keys_from_beginning_to_end(town: Installed, tmp_path: Path) -> None:
    backup, before = town.backup(str(tmp_path / "voor.backup")), town.keys()
    shutil.copy(town.folder / "keys.json", tmp_path / "keys-voor.json")
    assert "Er zijn geen oude sleutels" in done(town, "keys", "status")
    assert town.opstap("keys", "retire").returncode == 3
    said = done(town, "keys", "rotate")
    assert "Bewaar het sleutelbestand nu opnieuw" in said
    assert "Start de server nu opnieuw" in said
    assert "Reservekopieën van voor dit moment hebben de oude sleutels nodig" in said
    again = town.opstap("keys", "rotate")
    assert (again.returncode, "er loopt al een sleutelwissel" in again.stderr) == (3, True)
    assert "2 BSN's nog met een oude sleutel" in done(town, "keys", "status")
    assert keys_in_use(town) == {before["bsn"]["id"]}
    work(town)
    assert keys_in_use(town) == {town.keys()["bsn"]["id"]}
    assert "Geen rij is nog met een oude sleutel" in done(town, "keys", "status")
    age(town, max(LASTS.values()) - timedelta(hours=1))
    early = town.opstap("keys", "retire")
    assert (early.returncode, "kunnen pas weg vanaf" in early.stderr) == (3, True)
    age(town, timedelta(hours=1))
    said = done(town, "keys", "retire")
    assert "gaat alleen nog open met een sleutelbestand van toen" in said
    assert "Start de server nu opnieuw" in said
    assert all("former" not in entry for entry in town.keys().values())
    assert done(town, "check").endswith("Alles is in orde.\n")
    assert json.loads(done(town, "privacy", "access", "999900006"))
    assert town.opstap("import", str(town.folder / "mensen.csv")).returncode == 0
    refused = town.opstap("restore", str(backup), "--replace")
    assert (refused.returncode, "Zet OPSTAP_KEYS_FILE op het sleutelbestand van toen" in refused.stderr) == (3, True)
    assert json.loads(done(town, "privacy", "access", "999900006")), "nothing is changed"
    shutil.copy(tmp_path / "keys-voor.json", town.folder / "keys.json")
    done(town, "restore", str(backup), "--replace", "--no-ledger")
    assert json.loads(done(town, "privacy", "access", "999900006"))
    assert done(town, "check").endswith("Alles is in orde.\n")


def test_the_old_keys_stay_while_anything_needs_them(town: Installed) -> None:
    done(town, "keys", "rotate")
    age(town, max(LASTS.values()))
    refused = town.opstap("keys", "retire")
    assert (refused.returncode, "2 rijen zijn nog niet met de nieuwe sleutels" in refused.stderr) == (3, True)
    assert "former" in town.keys()["bsn"]


def test_killed_again_and_again_under_a_writer_it_comes_to_an_end(town: Installed, tmp_path: Path) -> None:
    many = [f"M{number};{bsn(number)};Jansen;1970-01-01;01-01-2020;01-03-2020;2" for number in range(60)]
    heading = (town.folder / "mensen.csv").read_text(encoding="utf-8").splitlines()[0]
    first, second = tmp_path / "eerst.csv", tmp_path / "daarna.csv"
    first.write_text("\n".join([heading, *many[:30]]), encoding="utf-8")
    second.write_text("\n".join([heading, *many[30:]]), encoding="utf-8")
    done(town, "import", str(first))
    done(town, "keys", "rotate")
    environment = {**town.environment, "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    command = [sys.executable, "-m", "opstap", "import", str(second)]
    with subprocess.Popen(command, env=town.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        for at in (1, 5, 20):
            killed = subprocess.run([sys.executable, "-c", KILLED, str(at)], env=environment, check=False)
            assert killed.returncode == -signal.SIGKILL
        said, fault = writer.communicate(timeout=120)
        assert writer.returncode == 0, (said, fault)
    while "BSN's nog met" in done(town, "keys", "status"):
        done(town, "manage", "shell", "-v", "0", "-c", "from opstap.audit.tasks import *; seal_by_new_keys.enqueue()")
        work(town)
    assert keys_in_use(town) == {town.keys()["bsn"]["id"]}
    assert len(town.asked(SAID)) == 62
    assert town.asked("SELECT COUNT(*) FROM clients_bsnholder") == [(62,)]
    assert town.asked("SELECT COUNT(*) FROM audit_permittedrow") == [(0,)]
    age(town, max(LASTS.values()))
    done(town, "keys", "retire")
    again = town.opstap("import", str(first))
    assert "nieuw 0, gewijzigd 0, ongewijzigd 30, geweigerd 0" in again.stdout


def bsn(number: int) -> str:
    """A number of the range 9999xxxxx that passes the 11-test."""
    start = 99991000 + number * 10
    for digits in range(start, start + 10):
        rest = sum(int(one) * weight for one, weight in zip(str(digits), range(9, 1, -1), strict=True)) % 11
        if rest < 10:
            return f"{digits}{rest}"
    raise AssertionError


def test_a_program_that_runs_already_seals_by_the_new_key(town: Installed) -> None:
    environment = {**town.environment, "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    (_client, old, sealed), *_others = town.asked(SAID)
    command = [sys.executable, "-c", SERVING]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdin is not None
        assert served.stdout is not None

        def asked() -> list[str]:
            assert served.stdin is not None
            assert served.stdout is not None
            served.stdin.write(f"{sealed}\n")
            served.stdin.flush()
            return served.stdout.readline().split()

        assert asked() == [old, "999900006"]
        done(town, "keys", "rotate")
        assert asked() == [town.keys()["bsn"]["id"], "999900006"]
        served.stdin.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_key_file_that_may_not_be_written_is_said(town: Installed) -> None:
    town.folder.chmod(0o500)
    refused = town.opstap("keys", "rotate")
    town.folder.chmod(0o700)
    assert refused.returncode == 3
    assert "Traceback" not in refused.stderr


@pytest.mark.django_db
def test_every_sealed_table_has_a_name_in_words() -> None:
    from opstap.audit.selectors.sealed import sealed_tables  # noqa: PLC0415 - filled when the apps are loaded

    assert set(sealed_tables.keys()) == set(NAMES)
