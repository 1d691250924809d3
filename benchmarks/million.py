"""Every report page at 10,000, 100,000 and 1,000,000 clients with ten placements each, of three servers asked in turns.

Limits: a page takes at most 12 times the processor time for ten times the clients, and the process that answers for a
million has at most 4 GiB, at its highest. Started as `python benchmarks/million.py`: half an hour, two gigabytes of
disk, five of memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.millions.asking import Took

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
GROWTH, MEMORY = 12.0, 4096
PORT = 18779
SIZES = 3
Times = dict[str, list[list["Took"]]]


def main() -> int:
    """Build, serve, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=10_000, help="the clients of the smallest")
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        data = [Path(folder) / str(size) for size in range(SIZES)]
        cookie = build(data, given.first)
        from benchmarks.report_pages import addresses

        pages = {"empty": "/leeg/", **addresses()}
        servers = [served(one, PORT + number) for number, one in enumerate(data)]
        try:
            times = measure(cookie, pages, given.rounds, servers)
            peaks = [peak_of(server.pid) for server in servers]
        finally:
            for server in servers:
                server.terminate()
                server.wait()
    return judge(times, peaks)


def build(data: list[Path], first: int) -> str:
    """The three folders, each ten times the one before; the session of the coordinator, whom all of them know."""
    data[0].mkdir()
    os.environ.update(
        OPSTAP_DATA=str(data[-1]),
        DJANGO_SETTINGS_MODULE="opstap.config.settings",
        OPSTAP_ROOT_URLCONF="benchmarks.empty_page",
        PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    )
    data[-1].mkdir()
    from benchmarks.millions.town import built, ten_times

    cookie = built(first)
    for one in data[:-1]:
        shutil.copytree(data[-1], one, dirs_exist_ok=True)
        ten_times()
    return cookie


def served(data: Path, port: int) -> subprocess.Popen[bytes]:
    """One process for the pages of a folder."""
    command = [sys.executable, "-m", "opstap", "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OPSTAP_DATA": str(data)})


def measure(cookie: str, pages: dict[str, str], rounds: int, servers: list[subprocess.Popen[bytes]]) -> Times:
    """Seconds of each page at each size: the first time, in which a process reads what it keeps, and then in turns.

    Each turn is of another day: what is asked again is answered from memory.
    """
    from benchmarks import report_page
    from benchmarks.millions.asking import Asker, child_of

    askers = []
    for number, server in enumerate(servers):
        report_page.PORT = PORT + number
        report_page.wait_for_server()
        askers.append(Asker(PORT + number, cookie, child_of(server.pid)))
    times: Times = {name: [[] for _ in askers] for name in pages}
    for turn in range(rounds + 1):
        for name, address in pages.items():
            for number, asker in enumerate(askers):
                times[name][number].append(asker.asked(address.replace("-30", f"-{30 - turn}")))
    return times


def peak_of(pid: int) -> int:
    """The most memory in MiB that the process which answers ever had: the only child of the server."""
    from benchmarks.millions.asking import child_of

    told = dict(
        line.split(":", 1) for line in Path(f"/proc/{child_of(pid)}/status").read_text(encoding="ascii").splitlines()
    )
    return int(told["VmHWM"].split()[0]) // 1024


def judge(times: Times, peaks: list[int]) -> int:
    """Each page by its medians of processor time, and the memory of the largest."""
    print(f"load of the machine: {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    met = peaks[-1] <= MEMORY
    for name, sizes in times.items():
        medians = [statistics.median(took.processor for took in turns[1:]) for turns in sizes]
        clock = [statistics.median(took.clock for took in turns[1:]) for turns in sizes]
        grown = [later / earlier for earlier, later in pairwise(medians)]
        fine = max(grown) <= GROWTH
        met = met and fine
        seconds, on_clock = (", ".join(f"{one:.3f}" for one in some) for some in (medians, clock))
        said = " and ".join(f"{one:.1f}" for one in grown)
        judged = "met" if fine else "NOT met"
        print(f"{name}: {seconds} s of processor ({on_clock} s), {said} times for ten times the clients: {judged}")
    first = [sum(turns[0].processor for turns in sizes) for sizes in zip(*times.values(), strict=True)]
    print(f"each page once, the first time: {', '.join(f'{one:.1f}' for one in first)} s of processor")
    print(f"memory at its highest: {', '.join(map(str, peaks))} MiB: {'met' if peaks[-1] <= MEMORY else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
