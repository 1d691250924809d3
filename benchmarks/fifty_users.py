"""Fifty users at work for five minutes on 10,000 clients, 100,000 placements and 1,000,000 records of the access log.

Each looks, thinks, and looks on: the caseload, a dossier, the form of a placement, a search, the week, who asks
attention, a report; now and then they save a contact, with a form of its own. Beside these everybody asks an empty
signed-in page of the same server, which writes its record of the access log too. Limits: no error, and nothing that was
acknowledged is lost. Told is the 95th percentile of each page and of all together, as so many times that of the empty
page in the same run. Started as `python benchmarks/fifty_users.py [--minutes 5] [--clients 10000] [--records 1000000]`;
with DATABASE_URL, an empty PostgreSQL database, else SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
PORT = 18769
USERS, PLACEMENTS = 50, 10
THINKS = 3.0, 13.0  # seconds between two requests of one user
OFTEN = {
    "empty": 3,
    "caseload": 3,
    "dossier": 5,
    "placement": 2,
    "search": 2,
    "week": 1,
    "attention": 1,
    "report": 1,
    "saving": 3,
}
TOKEN = "c" * 32


def main() -> int:
    """Build, serve, let them work, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--users", type=int, default=USERS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(
            OPSTAP_DATA=folder,
            DJANGO_SETTINGS_MODULE="opstap.config.settings",
            OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
            OPSTAP_MAY_MAKE_KEYS="1",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        people = built(given.clients, given.records, given.users)
        server = subprocess.Popen([sys.executable, "-m", "opstap", "serve", "--port", str(PORT)], cwd=ROOT)
        try:
            wait_for_server()
            ended = work(people, given.minutes * 60)
        finally:
            server.terminate()
            server.wait()
        return judge(people, ended, kept_contacts())


def built(clients: int, records: int, users: int) -> list[Person]:
    """The municipality, its log, and who works there: everybody with their own session and clients of their own."""
    from benchmarks.access_log import written
    from benchmarks.desk_pages import caseloads
    from benchmarks.report_page import build, session_of

    build(clients, PLACEMENTS)
    from opstap.accounts.models import User
    from opstap.clients.models import Assignment, Client

    caseloads()
    written(records, 0)
    workers = list(User.objects.filter(sign_in_name__startswith="w").order_by("pk"))
    people = []
    for number in range(users):
        worker = workers[number % len(workers)]
        held = Assignment.objects.filter(worker=worker).values("client")
        own = list(Client.objects.filter(pk__in=held).order_by("pk").values_list("reference", flat=True))
        share = users // len(workers) + 1
        people.append(Person(number, session_of(worker), own[number // len(workers) :: share]))
    print(f"{clients} clients, {clients * PLACEMENTS} placements, {records} records in the log, {users} users")
    return people


@dataclass
class Person:
    """Somebody at work in a browser of their own."""

    number: int
    cookie: str
    clients: list[str]
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    saved: int = 0

    def work_until(self, end: float) -> None:
        """Ask, read, think, and ask on."""
        draw = random.Random(self.number)
        time.sleep(draw.uniform(0, THINKS[1]))
        while time.monotonic() < end:
            page = draw.choices(list(OFTEN), weights=list(OFTEN.values()))[0]
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)  # the last one is idle too long
            try:
                self.ask(connection, page, draw.choice(self.clients))
            except (OSError, http.client.HTTPException) as fault:
                self.errors.append(f"{page}: {fault!r}")
            connection.close()
            time.sleep(draw.uniform(*THINKS))

    def ask(self, connection: http.client.HTTPConnection, page: str, client: str) -> None:
        """One page, timed until its last byte; a search and a contact are forms."""
        if page == "search":
            self.sent(connection, page, "/zoeken/", {"q": "meetman"})
        elif page == "saving":
            self.sent(connection, page, f"/contact/{client}/", self.contact())
            self.saved += 1
        else:
            address = {
                "empty": "/leeg/",
                "caseload": "/clienten/",
                "dossier": f"/clienten/{client}/",
                "placement": f"/plaatsen/{client}/?ladder=vng",
                "week": "/contact/deze-week/",
                "attention": "/clienten/?attention=any",
                "report": "/rapporten/plaatsing/",
            }[page]
            self.timed(connection, page, "GET", address)

    def contact(self) -> dict[str, str]:
        """A contact of a day of its own: how many there are is counted afterwards."""
        from opstap.foundation import dates
        from opstap.foundation.once import FIELD, new_key

        day = dates.today() - timedelta(days=1 + self.saved % 300)
        return {
            "held_on": day.isoformat(),
            "kind": "phone",
            "outcome": "held",
            "looked": "not_discussed",
            FIELD: new_key(),
        }

    def sent(self, connection: http.client.HTTPConnection, page: str, address: str, fields: dict[str, str]) -> None:
        """A form, and where it leads."""
        self.timed(connection, page, "POST", address, urllib.parse.urlencode(fields))

    def timed(
        self, connection: http.client.HTTPConnection, page: str, method: str, address: str, body: str | None = None
    ) -> None:
        """How long it took; anything but a page or a way on is an error."""
        headers = {"Cookie": f"{self.cookie}; csrftoken={TOKEN}", "Host": "localhost"}
        if body is not None:
            headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        answer.read()
        took = time.perf_counter() - began
        wanted, led = (302 if body is not None else 200), answer.getheader("Location") or ""
        if answer.status != wanted or "/aanmelden/" in led:
            raise http.client.HTTPException(f"{address} answered {answer.status} {led}")
        self.times[page].append(took)


def work(people: list[Person], seconds: float) -> float:
    """Everybody at once, for so long; returns how long it took."""
    began = time.monotonic()
    threads = [threading.Thread(target=person.work_until, args=(began + seconds,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def wait_for_server() -> None:
    """Until the server answers."""
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            connection.request("GET", "/aanmelden/", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def kept_contacts() -> int:
    """How many contacts stand in the database."""
    from django.db import connection

    from opstap.contacts.models import Contact

    connection.close()
    return Contact.objects.count()


def judge(people: list[Person], seconds: float, kept: int) -> int:
    """No error, nothing lost or doubled; how much slower the slowest of twenty is than the empty page's."""
    times: dict[str, list[float]] = defaultdict(list)
    for person in people:
        for page, taken in person.times.items():
            times[page] += taken
    empty = percentile(times["empty"])
    times["all but the empty page"] = [one for page, taken in times.items() if page != "empty" for one in taken]
    for page, taken in times.items():
        ratio = percentile(taken) / empty
        print(f"{page}: {len(taken)} times, p95 {percentile(taken) * 1000:.0f} ms, {ratio:.2f} times the empty page's")
    errors = [fault for person in people for fault in person.errors]
    saved = sum(person.saved for person in people)
    asked = sum(len(taken) for page, taken in times.items() if not page.startswith("all"))
    print(f"{asked} requests in {seconds:.0f} s, {len(errors)} errors; {saved} contacts acknowledged, {kept} kept")
    for fault in errors[:10]:
        print(f"  {fault}")
    met = not errors and kept == saved
    print("met" if met else "NOT met")
    return 0 if met else 1


def percentile(values: list[Any]) -> float:
    """The 95th: nineteen of twenty took no longer."""
    return float(sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]) if values else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
