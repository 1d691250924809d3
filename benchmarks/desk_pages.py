"""Caseload, search, team and dossier at 10,000 clients against an empty signed-in page of the same server, in one run.

Limit: each at most 6 times the empty page, with at most 15 queries. Started as `python benchmarks/desk_pages.py`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
LIMIT, MOST_QUERIES = 6.0, 15
PORT = 18766
PASSED = 5  # first turns, in which the server fills what it remembers


def main() -> int:
    """Build, serve, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(
            OPSTAP_DATA=folder,
            DJANGO_SETTINGS_MODULE="opstap.config.settings",
            OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        from benchmarks.report_page import build

        cookie = build(given.clients)
        caseloads()
        pages = addresses(cookie)
        few = queries_of(cookie, pages)
        server = subprocess.Popen(
            [sys.executable, "-m", "opstap", "serve", "--port", str(PORT), "--workers", "1", "--pages-only"], cwd=ROOT
        )
        try:
            times = measure(cookie, pages, given.rounds)
        finally:
            server.terminate()
            server.wait()
    return judge(times, few)


def caseloads() -> None:
    """Forty workers in four teams, who have everybody but each fiftieth; every tenth has an agreed contact."""
    from datetime import date, time, timedelta

    from opstap.accounts.operations import NewUser, create_team, create_workers
    from opstap.audit.permissions import command_line
    from opstap.clients.logic import AssignmentRow
    from opstap.clients.models import Client
    from opstap.clients.operations import record_assignments
    from opstap.contacts.logic import NextContactRow
    from opstap.contacts.operations import record_next_contacts
    from opstap.foundation import dates
    from opstap.municipality.models import Municipality

    by, since, town = command_line(), date(2016, 1, 1), Municipality.objects.get()
    teams = [create_team(by=by, municipality=town, name=f"Team {number}") for number in range(4)]
    new = [NewUser(f"Werker {number}", f"w{number}", team=teams[number % 4]) for number in range(40)]
    workers = create_workers(by=by, municipality=town, rows=new, since=since)
    ids = list(Client.objects.values_list("pk", flat=True))
    rows = [
        AssignmentRow(pk, since, None, teams[place % 4].pk, None if place % 50 == 0 else workers[place % 40].pk)
        for place, pk in enumerate(ids)
    ]
    record_assignments(by=by, rows=rows)
    later = dates.today() + timedelta(days=9)
    record_next_contacts(by=by, rows=[NextContactRow(pk, later, "office", time(10), "") for pk in ids[::10]])


def addresses(cookie: str) -> dict[str, str]:
    """The pages, a search for what everybody is called among them."""
    from django.test import Client as Browser

    from opstap.clients.models import Client

    browser = Browser(headers={"cookie": cookie, "host": "localhost"})
    found = str(browser.post("/zoeken/", {"q": "meetman 1-1-1970"})["Location"])
    return {
        "empty": "/leeg/",
        "caseload": "/clienten/",
        "attention": "/clienten/?attention=any&sort=-since&page=7",
        "search": found,
        "team": "/team/",
        "dossier": f"/clienten/{Client.objects.order_by('pk')[77].reference}/",
    }


def queries_of(cookie: str, pages: dict[str, str]) -> dict[str, int]:
    """How often each page asks the database, once it remembers what it may."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    settings.ROOT_URLCONF = "benchmarks.empty_page"
    browser, counts = Browser(headers={"cookie": cookie, "host": "localhost"}), {}
    for name, address in pages.items():
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        counts[name] = len(captured)
    return counts


def measure(cookie: str, pages: dict[str, str], rounds: int) -> dict[str, float]:
    """Median time of each page, asked in turns; and of a search from the box to its page."""
    wait_for_server()
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    headers = {"Cookie": cookie, "Host": "localhost"}
    times: dict[str, list[float]] = {name: [] for name in [*pages, "posting a search"]}
    form, body = signed_form(connection, headers)
    for turn in range(rounds + PASSED):
        for name, address in pages.items():
            took = timed(connection, address, headers)
            if turn >= PASSED:
                times[name].append(took)
    for _turn in range(rounds):  # apart, because a session keeps the last twenty searches only
        times["posting a search"].append(timed(connection, "/zoeken/", form, body))
    return {name: statistics.median(values) for name, values in times.items()}


def signed_form(connection: http.client.HTTPConnection, headers: dict[str, str]) -> tuple[dict[str, str], str]:
    """The headers and the body with which the search box is posted."""
    connection.request("GET", "/leeg/", headers=headers)
    response = connection.getresponse()
    page, given = response.read().decode(), response.getheader("Set-Cookie", "")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if token is None:
        raise SystemExit("the page has no search box")
    body = urllib.parse.urlencode({"q": "meetman", "csrfmiddlewaretoken": token[1]})
    kind = "application/x-www-form-urlencoded"
    return {**headers, "Cookie": f"{headers['Cookie']}; {given.split(';')[0]}", "Content-Type": kind}, body


def timed(connection: http.client.HTTPConnection, address: str, headers: dict[str, str], body: str = "") -> float:
    """How long one request took; one with a body is posted and leads on."""
    began = time.perf_counter()
    connection.request("POST" if body else "GET", address, body=body or None, headers=headers)
    response = connection.getresponse()
    response.read()
    if response.status != (302 if body else 200):
        raise SystemExit(f"{address} answered {response.status}")
    return time.perf_counter() - began


def wait_for_server() -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            connection.request("GET", "/aanmelden/", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def judge(times: dict[str, float], queries: dict[str, int]) -> int:
    """Every page within both limits."""
    met = True
    for name, took in times.items():
        ratio = took / times["empty"]
        fine = ratio <= LIMIT and queries.get(name, 0) <= MOST_QUERIES
        met = met and fine
        asked = f", {queries[name]} queries" if name in queries else ""
        print(f"{name}: {took * 1000:.1f} ms, {ratio:.2f} times the empty page{asked}: {'met' if fine else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
