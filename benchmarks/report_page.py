"""The report page at 10,000 clients against an empty signed-in page of the same server, in one run.

Limit: at most 6 times the empty page, which has at most 6 queries. Started as `python benchmarks/report_page.py`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 6.0
EMPTY_QUERIES = 6
EMPTY_BYTES = 7_000
PORT = 18765


def main() -> int:
    """Build, serve, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(
            OPSTAP_DATA=folder,
            DJANGO_SETTINGS_MODULE="opstap.config.settings",
            OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        cookie = build(given.clients)
        queries, size = empty_page_facts(cookie)
        print(f"empty signed-in page: {queries} queries, {size} bytes")
        server = subprocess.Popen(
            [sys.executable, "-m", "opstap", "serve", "--port", str(PORT), "--workers", "1", "--pages-only"], cwd=ROOT
        )
        try:
            ratio = measure(cookie, given.rounds)
        finally:
            server.terminate()
            server.wait()
    met = ratio <= LIMIT and queries <= EMPTY_QUERIES and size <= EMPTY_BYTES
    print(f"report page / empty page: {ratio:.2f} (limit {LIMIT:g}): {'met' if met else 'NOT met'}")
    return 0 if met else 1


def everyone_alike() -> tuple[str, date]:
    """The name and birth date of each."""
    return "Meetman", date(1970, 1, 1)


def build(clients: int, placements: int = 3, called: Callable[[], tuple[str, date]] = everyone_alike) -> str:
    """A municipality with so many clients, each placed so often; returns the session of its coordinator."""
    import django

    django.setup()
    from opstap.accounts.operations import NewUser, create_user
    from opstap.audit.permissions import command_line
    from opstap.config.commands.migrate_command import bring_up_to_date
    from opstap.municipality.operations import create_municipality

    bring_up_to_date()
    by, since = command_line(), date(2015, 1, 1)
    town = create_municipality(by=by, name="Meetstad", since=since)
    user = create_user(by=by, municipality=town, new=NewUser("Co", "co", role="coordinator"), since=since)
    people(by, town, clients, placements, called)
    return session_of(user)


def session_of(user: Any) -> str:
    """The cookie of somebody who signed in with both steps."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from opstap.accounts.operations.session_store import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["proved"] = True
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def people(
    by: object, town: object, clients: int, placements: int, called: Callable[[], tuple[str, date]] = everyone_alike
) -> None:
    """Clients in follow-up, each placed so many times, at the latest last year."""
    from opstap.clients.logic import FollowUpRow, PersonRow
    from opstap.clients.operations import record_follow_ups, record_persons, register_clients
    from opstap.ladder.logic import MeasurementRow
    from opstap.ladder.models import Level
    from opstap.ladder.operations import record_measurements

    chance = random.Random(1)
    ids = register_clients(by=by, municipality=town, numbers=[f"M{n:06}" for n in range(clients)])
    sexes = ["male", "female"]
    names = [called() for _ in ids]
    persons = [
        PersonRow(pk, name, birth_date=born, sex=chance.choice(sexes))
        for pk, (name, born) in zip(ids, names, strict=True)
    ]
    record_persons(by=by, municipality=town, rows=persons)
    record_follow_ups(by=by, rows=[FollowUpRow(pk, date(2016, 1, 1)) for pk in ids])
    levels = list(Level.objects.filter(scale__key="vng"))
    rows = [
        MeasurementRow(
            pk,
            levels[0].scale_id,
            date(2017, 1, 1) + timedelta(days=365 * time_ * 3 // placements + chance.randrange(900 // placements)),
            chance.choice(levels).pk,
            growth=chance.choice([0, 1]),
        )
        for pk in ids
        for time_ in range(placements)
    ]
    record_measurements(by=by, rows=rows)


def empty_page_facts(cookie: str) -> tuple[int, int]:
    """Queries and bytes of the empty page, so that it can't be made slow to look good beside it."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ROOT_URLCONF = "benchmarks.empty_page"
    client = Client(headers={"cookie": cookie, "host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/leeg/")
    if response.status_code != 200:
        raise SystemExit(f"the empty page answered {response.status_code}")
    return len(captured), len(response.content)


def measure(cookie: str, rounds: int) -> float:
    """Median time of the report page over that of the empty page, asked in turns."""
    pages = {"empty": "/leeg/", "report": "/rapporten/plaatsing/?on=2020-06-30"}
    wait_for_server()
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(rounds + 5):
        for name, address in pages.items():
            began = time.perf_counter()
            connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200 or (name == "report" and b"Meetstad" not in body):
                raise SystemExit(f"{address} answered {response.status}")
            if turn >= 5:
                times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(values) for name, values in times.items()}
    print({name: f"{value * 1000:.1f} ms" for name, value in medians.items()})
    return medians["report"] / medians["empty"]


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


if __name__ == "__main__":
    raise SystemExit(main())
