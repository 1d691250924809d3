"""Every report page, every page of the menu of every role and of what was set down, at 10,000 clients and 100,000
placements, each against an empty page of the same person, of the same server.

Limit: each at most 8 times the empty page in processor time, in one run; what neighbours on the machine do changes that
little. Started as `python benchmarks/report_pages.py`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
LIMIT = 8.0
PORT = 18769
PASSED = 3  # first turns, in which the server fills what it remembers
DAYS = "?on=2020-06-30"
REPORTING = ("coordinator", "team_leader", "case_manager")
Pages = dict[tuple[str, str], str]  # by role and name: the address
Times = dict[tuple[str, str], list[tuple[float, float]]]  # seconds of processor, and on the clock
EMPTY = "empty"
ANEW = ", the first time after something was recorded"
MENU = "/"  # what else stands in the menu likewise


def main() -> int:
    """Build, serve, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--recorded", choices=("contact", "placement"), default="placement")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(
            OPSTAP_DATA=folder,
            DJANGO_SETTINGS_MODULE="opstap.config.settings",
            OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        from benchmarks import report_page
        from benchmarks.holders import cookies, set_down
        from benchmarks.millions.asking import child_of
        from benchmarks.millions.town import built

        sessions = cookies(built(given.clients))
        pages = pages_of(sessions, *set_down())
        server = subprocess.Popen(
            [sys.executable, "-m", "opstap", "serve", "--port", str(PORT), "--workers", "1", "--pages-only"], cwd=ROOT
        )
        try:
            report_page.PORT = PORT
            report_page.wait_for_server()
            times = measure(sessions, pages, given.rounds, child_of(server.pid), RECORDED[given.recorded]())
        finally:
            server.terminate()
            server.wait()
    return judge(times)


def addresses() -> dict[str, str]:
    """Of every report."""
    from opstap.reporting.tables.reports import REPORTS

    return {key: f"/rapporten/{report.definition.slug}/{DAYS}" for key, report in REPORTS.items()}


def pages_of(sessions: dict[str, str], whole: str, table: str) -> Pages:
    """Of each role: an empty page, the first, the rest of the menu, and reports and publications of who has them."""
    from django.conf import settings
    from django.test import Client as Browser
    from django.test.utils import setup_test_environment

    setup_test_environment()  # pages say what they are made of
    settings.ROOT_URLCONF = "benchmarks.empty_page"
    pages: Pages = {}
    for role, cookie in sessions.items():
        browser = Browser(headers={"cookie": cookie, "host": "localhost"})
        pages[role, EMPTY] = "/leeg/"
        led = browser.get("/", follow=True)
        pages[role, "first page"] = first = led.request["PATH_INFO"]
        menu = [item.url for item in led.context["navigation"]]
        pages |= {(role, url): url for url in menu if url != first}
        if "/publicaties/" in menu:
            pages[role, "a publication"] = f"/publicaties/{whole}/"
            pages[role, "a table beside it"] = f"/publicaties/{table}/"
            pages[role, "the series"] = "/publicaties/reeks/"
        if role in REPORTING:
            pages |= {(role, key + said): address for key, address in addresses().items() for said in (ANEW, "")}
    pages["coordinator", "the form of a publication"] = "/publicaties/vaststellen/"
    pages["policy", "the form of a table"] = f"/publicaties/{whole}/tabel/"
    return pages


def measure(sessions: dict[str, str], pages: Pages, rounds: int, pid: int, agreed: Iterator[None]) -> Times:
    """Each page in turns."""
    from benchmarks.millions.asking import threads_worked

    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    times: Times = {key: [] for key in pages}
    for turn in range(rounds + PASSED):
        for (role, name), address in pages.items():
            if name.endswith(ANEW):
                next(agreed)
                connection.close()  # on a busy machine recording outlasts what a server keeps open
            worked, began = threads_worked(pid), time.perf_counter()
            connection.request("GET", address, headers={"Cookie": sessions[role], "Host": "localhost"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{role}: {address} answered {response.status}")
            if turn >= PASSED:
                times[role, name].append((threads_worked(pid) - worked, time.perf_counter() - began))
    return times


def agreements() -> Iterator[None]:
    """Something small that is recorded each time it is asked: with a client who had none, the next contact."""
    from datetime import time as moment

    from opstap.audit.permissions import command_line
    from opstap.clients.models import Client
    from opstap.contacts.logic import NextContactRow
    from opstap.contacts.operations import record_next_contacts
    from opstap.foundation import dates

    by, day = command_line(), dates.today() + timedelta(days=9)
    for pk in Client.objects.filter(next_contacts__isnull=True).order_by("-pk").values_list("pk", flat=True):
        record_next_contacts(by=by, rows=[NextContactRow(pk, day, "office", moment(10), "")])
        yield


def placements() -> Iterator[None]:
    """A placement each time it is asked, of one client after the other: what most reports count."""
    from datetime import date

    from opstap.audit.permissions import command_line
    from opstap.clients.models import Client
    from opstap.ladder.logic import MeasurementRow
    from opstap.ladder.models import Level
    from opstap.ladder.operations import record_measurements

    by, levels = command_line(), list(Level.objects.filter(scale__key="vng"))
    for number, pk in enumerate(Client.objects.order_by("-pk").values_list("pk", flat=True)):
        level = levels[number % len(levels)]
        record_measurements(by=by, rows=[MeasurementRow(pk, level.scale_id, date(2020, 6, 1), level.pk)])
        yield


RECORDED = {"contact": agreements, "placement": placements}


def judge(times: Times) -> int:
    """Each page over the empty one of the same person, the worst first."""
    print(f"load of the machine: {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    work = {key: statistics.median(one[0] for one in values) for key, values in times.items()}
    clock = {key: statistics.median(one[1] for one in values) for key, values in times.items()}
    over = {(role, name): took / work[role, EMPTY] for (role, name), took in work.items()}
    for (role, name), ratio in sorted(over.items(), key=lambda one: -one[1]):
        said = "told" if name.startswith(MENU) else "met" if ratio <= LIMIT else "NOT met"
        seconds = f"{work[role, name] * 1000:.1f} ms of processor, {clock[role, name] * 1000:.1f} ms"
        print(f"{ratio:5.2f} times the empty page: {role}, {name}, {seconds}: {said}")
    return 0 if all(ratio <= LIMIT or name.startswith(MENU) for (_role, name), ratio in over.items()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
