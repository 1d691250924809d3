"""The first command that anybody types: it builds the demo, serves it, and shows it to who signs in."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import requests

from tests.config.installed import Installed
from tests.journeys.conftest import free_port, wait_for

COUNTING_PAGE = "/clienten/"
WAITS = 60


def test_who_signs_in_at_once_sees_the_clients(tmp_path: Path) -> None:
    place = Installed(tmp_path)
    port = free_port()
    words = ("demo", "--clients", "30", "--until", "2024-12-31", "--port", str(port))
    command = [sys.executable, "-m", "opstap", *words]
    with subprocess.Popen(command, env=place.environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            name, password = _sign_in_of(server, "casemanager@voorbeeldstad.example")
            wait_for(port)
            site = f"http://127.0.0.1:{port}"
            with requests.Session() as browser:
                page = browser.get(f"{site}/aanmelden/", timeout=WAITS).text
                key = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
                given = {"csrfmiddlewaretoken": key, "username": name, "password": password}
                shown = browser.post(f"{site}/aanmelden/", given, headers={"Referer": site}, timeout=WAITS)
                assert shown.url == site + COUNTING_PAGE
                assert shown.status_code == 200
        finally:
            server.terminate()


def _sign_in_of(server: subprocess.Popen[str], name: str) -> tuple[str, str]:
    assert server.stdout is not None
    for line in server.stdout:
        words = line.split()
        if words[-2:-1] == [name]:
            return name, words[-1]
        assert not line.startswith("Opstap draait op"), "the sign-ins are said before it serves"
    raise AssertionError("the demo ended")
