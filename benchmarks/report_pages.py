"""Every report page at 10,000 clients and 100,000 placements against an empty signed-in page of the same server.

Limit: each at most 8 times the empty page, in one run. Started as `python benchmarks/report_pages.py`.
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
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
LIMIT = 8.0
PORT = 18769
PASSED = 3  # first turns, in which the server fills what it remembers
DAYS = "?on=2020-06-30"


def main() -> int:
    """Build, serve, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(
            OPSTAP_DATA=folder,
            DJANGO_SETTINGS_MODULE="opstap.config.settings",
            OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        from benchmarks.report_page import build

        cookie = build(given.clients, placements=10)
        circumstances()
        pages = {"empty": "/leeg/", **addresses()}
        server = subprocess.Popen(
            [sys.executable, "-m", "opstap", "serve", "--port", str(PORT), "--workers", "1", "--pages-only"], cwd=ROOT
        )
        try:
            times = measure(cookie, pages, given.rounds)
        finally:
            server.terminate()
            server.wait()
    return judge(times)


def circumstances() -> None:
    """Forty workers in four teams with nearly everybody between them; traits of most, a benefit of all."""
    from benchmarks.desk_pages import caseloads
    from opstap.audit.permissions import command_line
    from opstap.clients.logic import BenefitSpellRow, TraitRow
    from opstap.clients.models import Client
    from opstap.clients.operations import record_benefit_spells, record_traits

    caseloads()
    by, chance, since = command_line(), random.Random(2), date(2016, 1, 1)
    ids = list(Client.objects.values_list("pk", flat=True))
    kinds = {
        "low_literate": "yes no",
        "basic_qualification": "yes no",
        "integration": "duty none",
        "income_situation": "benefit_only work",
    }
    rows = [
        TraitRow(pk, kind, chance.choice(values.split()), since)
        for pk in ids
        for kind, values in kinds.items()
        if chance.random() < 0.8
    ]
    record_traits(by=by, rows=rows)
    record_benefit_spells(by=by, rows=[BenefitSpellRow(pk, "participatiewet", date(2010 + pk % 9, 1, 1)) for pk in ids])


def addresses() -> dict[str, str]:
    """Of every report."""
    from opstap.reporting.tables.reports import REPORTS

    return {key: f"/rapporten/{report.definition.slug}/{DAYS}" for key, report in REPORTS.items()}


def measure(cookie: str, pages: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Each page in turns."""
    from benchmarks import report_page

    report_page.PORT = PORT
    report_page.wait_for_server()
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(rounds + PASSED):
        for name, address in pages.items():
            began = time.perf_counter()
            connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{address} answered {response.status}")
            if turn >= PASSED:
                times[name].append(time.perf_counter() - began)
    return times


def judge(times: dict[str, list[float]]) -> int:
    """Each page over the empty one."""
    medians = {name: statistics.median(values) for name, values in times.items()}
    met = True
    for name, median in medians.items():
        ratio = median / medians["empty"]
        met = met and ratio <= LIMIT
        said = "met" if ratio <= LIMIT else "NOT met"
        print(f"{name}: {median * 1000:.1f} ms, {ratio:.2f} times the empty page: {said}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
