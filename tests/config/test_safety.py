"""What `opstap serve` refuses and `opstap check` names, each with its way out; a demo of one's own just starts."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from opstap.config.backups.installation import Store
from opstap.config.safety.databases import POSTGRES, SQLITE, faults_of_durability
from opstap.config.safety.serving import mail_faults
from opstap.foundation.disks import network_disk_among
from opstap.foundation.mail.address import mail_settings
from opstap.foundation.snapshots import Place
from tests.config.installed import Installed
from tests.journeys.conftest import free_port, wait_for

OWN_SETTINGS = "from opstap.config.settings import *\nfrom opstap.config.settings import DATABASES, env\n"
SLACK = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF"
LOCAL = ["overlay / overlay rw 0 0", "/dev/sda1 /srv ext4 rw 0 0", "proc /proc proc rw 0 0"]


def refused(town: Installed, *arguments: str) -> str:
    """What a start says; it must not get as far as listening."""
    said = town.opstap("serve", "--port", str(free_port()), *arguments)
    assert said.returncode == 3, said
    assert "Traceback" not in said.stderr
    return said.stderr


def with_settings(town: Installed, folder: Path, *lines: str) -> Installed:
    """The same, under settings of somebody's own."""
    (folder / "own_settings.py").write_text(OWN_SETTINGS + "\n".join(lines), encoding="utf-8")
    path = f"{folder}{os.pathsep}{town.environment['PYTHONPATH']}"
    return Installed(town.folder, DJANGO_SETTINGS_MODULE="own_settings", PYTHONPATH=path)


def test_debug_is_refused(town: Installed, tmp_path: Path) -> None:
    own = with_settings(town, tmp_path, "DEBUG = True")
    assert "DEBUG staat aan" in refused(own)
    assert "Zet DEBUG uit" in own.opstap("check").stdout
    demo = with_settings(Installed(tmp_path / "demo"), tmp_path, "DEBUG = True")
    assert "DEBUG staat aan" in demo.opstap("demo", "--no-serve").stderr


def test_without_keys_postgresql_is_not_served(tmp_path: Path) -> None:
    said = refused(Installed(tmp_path / "data", DATABASE_URL="postgres://nobody@127.0.0.1:1/none"))
    assert "OPSTAP_KEYS_FILE" in said


@pytest.mark.parametrize("command", ["serve", "migrate", "import", "report", "check"])
def test_beside_a_database_in_which_something_stands_no_keys_are_made(tmp_path: Path, command: str) -> None:
    town = Installed(tmp_path / "data")
    assert town.opstap("migrate").returncode == 0  # no BSN, nothing but what is shipped
    (town.folder / "keys.json").unlink()
    more = {"serve": ("--port", str(free_port())), "import": ("mensen.csv",), "report": ("placement",)}
    said = town.opstap(command, *more.get(command, ()))
    assert (said.returncode, "er is geen sleutelbestand" in said.stderr) == (3, True)
    assert "waarin nog niets staat" in said.stderr
    assert not (town.folder / "keys.json").exists(), "a key made here would stand in the way of the right one"


@pytest.mark.postgres
def test_beside_a_filled_postgresql_no_keys_are_made_either(
    postgres_town: tuple[Installed, Callable[[str], list[tuple[object, ...]]]],
) -> None:
    town, ask = postgres_town
    town.folder.mkdir(mode=0o700)
    assert town.opstap("migrate").returncode == 0, "an empty database belongs to nobody's keys"
    (town.folder / "keys.json").unlink()
    before = ask("SELECT MAX(number) FROM audit_recording")
    said = town.opstap("migrate")
    assert (said.returncode, "er is geen sleutelbestand" in said.stderr) == (3, True)
    gone = Installed(town.folder, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert "een database die te lezen is" in gone.opstap("migrate").stderr
    assert not (town.folder / "keys.json").exists()
    assert ask("SELECT MAX(number) FROM audit_recording") == before


def test_a_database_on_a_network_disk_is_refused(town: Installed, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("\n".join([*LOCAL, f"nas:/opstap {town.folder} nfs4 rw 0 0"]), encoding="utf-8")
    own = with_settings(
        town,
        tmp_path,
        "from pathlib import Path",
        "from opstap.foundation import disks",
        f"disks.MOUNTS = Path({str(mounts)!r})",
    )
    said = refused(own)
    assert f"netwerkschijf (nfs4 op {town.folder})" in said
    assert "DATABASE_URL" in said


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/srv/opstap", None),
        ("/srv/nas/opstap", "cifs op /srv/nas"),
        ("/srv/nas", "cifs op /srv/nas"),
        ("/srv/nasi", None),
        ("/mnt/een map/opstap", "fuse.sshfs op /mnt/een map"),
        ("/mnt/een map/eigen/opstap", None),
        ("/c/opstap", "9p op /c"),
    ],
)
def test_the_kind_of_disk_is_that_of_the_nearest_mount(path: str, found: str | None) -> None:
    more = ["//nas/x /srv/nas cifs rw 0 0", r"x:/ /mnt/een\040map fuse.sshfs rw 0 0", "C: /c 9p rw 0 0"]
    more += [r"/dev/sdb /mnt/een\040map/eigen xfs rw 0 0", "broken"]
    assert network_disk_among([*LOCAL, *more], Path(path)) == found


def test_a_key_file_that_others_may_read_is_refused(town: Installed) -> None:
    (town.folder / "keys.json").chmod(0o640)
    assert "chmod 600" in refused(town)


@pytest.mark.parametrize(
    ("fault", "said"), [("same", "zijn dezelfde"), ("short", "te kort"), ("none", "geen sleutel voor")]
)
def test_each_use_has_a_key_of_its_own(town: Installed, fault: str, said: str) -> None:
    keys = town.keys()
    if fault == "same":
        keys["log"]["key"] = keys["links"]["key"]
    elif fault == "short":
        keys["log"]["key"] = base64.b64encode(b"kort").decode()
    else:
        del keys["log"]
    (town.folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    bare = Installed(town.folder, OPSTAP_MAY_MAKE_KEYS="0")
    assert said in refused(bare)
    assert said in bare.opstap("check").stdout


BY_ANOTHER_SERVER = """
from io import BytesIO
from opstap.config.wsgi import application
from django.db import connections
assert not any(one.connection for one in connections.all(initialized_only=True))
asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/aanmelden/", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
         "wsgi.input": BytesIO(), "wsgi.url_scheme": "http"}
application(asked, lambda status, _headers: print(status))
"""


def by_another_server(town: Installed) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BY_ANOTHER_SERVER]
    return subprocess.run(command, env=town.environment, capture_output=True, text=True, check=False)


def test_another_server_serves_what_is_safe_and_refuses_what_is_not(town: Installed) -> None:
    served = by_another_server(town)
    assert (served.returncode, served.stdout) == (0, "200 OK\n"), served.stderr
    (town.folder / "keys.json").chmod(0o640)
    assert "chmod 600" in by_another_server(town).stderr
    (town.folder / "keys.json").chmod(0o600)
    with closing(sqlite3.connect(town.database)) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'opstap_shipped'")
    behind = by_another_server(town)
    assert (behind.returncode, behind.stdout) == (1, "")
    assert "Refusal: De database is niet bij: draai `opstap migrate`." in behind.stderr


def test_another_server_finishes_a_restore_that_was_cut_off(town: Installed) -> None:
    staged, aside, journal = (town.folder / name for name in ("put-back.sqlite3", "before.sqlite3", "restore.json"))
    shutil.copy(town.database, staged)
    left = {"staged": str(staged), "place": str(town.database), "aside": str(aside)}
    journal.write_text(json.dumps([left]), encoding="utf-8")
    assert by_another_server(town).stdout == "200 OK\n"
    assert (journal.exists(), staged.exists(), aside.exists()) == (False, False, True)


def test_another_server_serves_nothing_before_the_log_says_that_a_backup_was_put_back(town: Installed) -> None:
    unsaid = town.folder / "put-back.json"
    unsaid.write_text('[{"made_at": "2026-11-25T21:00:00+00:00", "recording": 7, "log": "restored_log_left"}]')
    assert by_another_server(town).stdout == "200 OK\n"
    assert not unsaid.exists()
    with closing(sqlite3.connect(town.folder / "log.sqlite3")) as log:
        asked = "SELECT why FROM audit_access WHERE action = 'command:restore'"
        assert log.execute(asked).fetchall() == [("restored_log_left 25-11-2026 22:00",)]
    assert town.asked("SELECT about FROM audit_event WHERE verb = 'restore_backup'") == [("recording 7",)]


def test_a_data_folder_that_others_may_read_is_named(town: Installed) -> None:
    town.folder.chmod(0o755)
    town.database.chmod(0o644)
    assert f"chmod 700 {town.folder}" in town.opstap("check").stdout
    town.folder.chmod(0o700)
    assert town.opstap("check").stdout == "Alles is in orde.\n"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("audit_erasurepermit", "(client) VALUES (1)"),
        ("audit_permittedrow", """("table", "row") VALUES ('x', 1)"""),
    ],
)
def test_a_permit_that_stayed_is_named(town: Installed, table: str, row: str) -> None:
    with closing(sqlite3.connect(town.database)) as database:
        database.execute(f"INSERT INTO {table} {row}")
        database.commit()
    checked = town.opstap("check")
    assert (checked.returncode, f"De tabel {table} is niet leeg" in checked.stdout) == (3, True)


def test_what_a_restore_set_aside_is_named_after_thirty_days(town: Installed) -> None:
    old, new = (town.folder / f"replaced_{datetime.now(UTC) - timedelta(days=days):%Y%m%d%H%M%S}" for days in (31, 29))
    for folder in (old, new):
        folder.mkdir()
    checked = town.opstap("check")
    assert (checked.returncode, f"LET OP  {old} werd opzij gezet" in checked.stdout) == (0, True)
    assert str(new) not in checked.stdout


def test_a_lost_trigger_is_refused_and_comes_back_with_migrate(town: Installed) -> None:
    with closing(sqlite3.connect(town.database)) as database:
        database.execute("DROP TRIGGER ao_clients_person_update")
    assert "ao_clients_person_update. Draai `opstap migrate`." in refused(town)
    assert town.opstap("migrate").returncode == 0
    assert town.opstap("check").stdout == "Alles is in orde.\n"


def test_a_database_that_forgets_at_a_power_cut_is_refused(town: Installed, tmp_path: Path) -> None:
    own = with_settings(
        town,
        tmp_path,
        f"DATABASES['default']['OPTIONS']['init_command'] = {SLACK!r}",
    )
    said = refused(own)
    assert "journal_mode staat op delete, en moet wal zijn" in said
    assert "synchronous staat op 0" in said
    assert "foreign_keys" not in said  # Django's own


@pytest.mark.parametrize("vendor", ["sqlite3", "postgresql"])
def test_each_setting_of_durability_is_named(vendor: str) -> None:
    store = Store(Place("default", {"ENGINE": f"django.db.backends.{vendor}", "NAME": "opstap"}), ("default",))
    right = SQLITE if vendor == "sqlite3" else POSTGRES
    good = {name: values[0] for name, values in right.items()}
    assert faults_of_durability(store, good) == []
    for name in right:
        (fault,) = faults_of_durability(store, good | {name: "off"})
        assert name in fault
        assert "off" in fault


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"OPSTAP_HOSTS": "*"}, "Noem de naam van de site"),
        ({"OPSTAP_HOSTS": "opstap.zeist.example"}, "OPSTAP_HTTPS=true"),
    ],
)
def test_a_name_that_others_reach_needs_https(town: Installed, variables: dict[str, str], said: str) -> None:
    assert said in refused(Installed(town.folder, **variables))


@contextmanager
def serving(town: Installed, *arguments: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "opstap", *arguments, "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=town.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def answered(port: int, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as browser:
        browser.request("GET", "/aanmelden/", headers=headers)
        answer = browser.getresponse()
        answer.read()
        return answer


@pytest.mark.parametrize("server", ["mail.zeist.example", "10.0.0.9", "[2001:db8::1]"])
def test_mail_to_another_machine_goes_encrypted(settings: Any, server: str) -> None:
    def faults(address: str) -> list[str]:
        mail = mail_settings(address)
        settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = mail.host, mail.by_starttls, mail.by_tls
        return mail_faults()

    (said,) = faults(f"smtp://naam:woord@{server}:25")
    assert f"onversleuteld naar {server.strip('[]')}" in said
    assert "smtp+tls://" in said
    assert "woord@" not in said
    for safe in (f"smtp+tls://{server}", f"smtp+ssl://{server}", "smtp://localhost:1025", "smtp://127.0.0.1", ""):
        assert faults(safe) == []


def test_a_start_with_mail_in_the_clear_is_refused(town: Installed) -> None:
    clear = Installed(town.folder, OPSTAP_MAIL="smtp://mail.zeist.example", OPSTAP_MAIL_FROM="opstap@zeist.example")
    assert "onversleuteld naar mail.zeist.example" in refused(clear)
    assert "onversleuteld" in clear.opstap("check").stdout


def test_behind_https_everything_goes_by_https_and_the_deploy_check_is_clean(town: Installed) -> None:
    site = Installed(town.folder, OPSTAP_HOSTS="opstap.zeist.example,127.0.0.1", OPSTAP_HTTPS="true")
    checked = site.opstap("manage", "check", "--deploy", "--fail-level", "DEBUG")
    assert checked.returncode == 0, checked
    assert "System check identified no issues (0 silenced)." in checked.stdout
    assert site.opstap("check").stdout == "Alles is in orde.\n"
    with serving(site, "serve") as port:
        bare = answered(port, Host="opstap.zeist.example")
        assert (bare.status, bare.getheader("Location")) == (301, "https://opstap.zeist.example/aanmelden/")
        secure = {"Host": "opstap.zeist.example", "X-Forwarded-Proto": "https"}
        answer = answered(port, **secure)
        assert answer.status == 200
        assert "max-age=31536000" in (answer.getheader("Strict-Transport-Security") or "")
        assert (answer.getheader("Set-Cookie") or "").startswith("__Host-")
        assert "Secure" in (answer.getheader("Set-Cookie") or "")


def test_a_demo_of_ones_own_starts_without_any_setting(tmp_path: Path) -> None:
    demo = Installed(tmp_path / "demo")
    assert demo.opstap("demo", "--clients", "30", "--no-serve").returncode == 0
    with serving(demo, "demo") as port:
        assert answered(port).status == 200
