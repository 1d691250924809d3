"""`opstap work` as a program of its own: killed in the middle of a job, alone, and beside the pages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from opstap.config.jobs import nightly
from tests.config.installed import ROOT, Installed
from tests.journeys.conftest import free_port

PUT_BY = "from tests.config.slow_job import wait_here; wait_here.enqueue({said!r})"


@pytest.fixture
def town(migrated: Path) -> Installed:
    return Installed(migrated / "data", PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")


@contextmanager
def working(town: Installed, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "opstap", *arguments]
    with subprocess.Popen(command, env=town.environment, stderr=subprocess.DEVNULL) as begun:
        try:
            yield begun
        finally:
            begun.kill()


def wait_until(answer: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.1)


def put_by(town: Installed) -> Path:
    said = town.folder.parent / "said"
    done = town.opstap("manage", "shell", "-v", "0", "-c", PUT_BY.format(said=str(said)))
    assert done.returncode == 0, done.stderr
    return said


def states(town: Installed) -> list[tuple[object, ...]]:
    return town.asked("SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%wait_here'")


def test_a_job_whose_worker_is_killed_is_done_by_the_next(town: Installed) -> None:
    said = put_by(town)
    with working(town, "work") as first:
        wait_until(said.exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert states(town) == [("RUNNING",)]
    with working(town, "work") as second:
        wait_until(lambda: states(town) == [("SUCCESSFUL",)])
        second.terminate()
        assert second.wait(20) == 0
    assert said.read_text(encoding="utf-8") == "begun\n" * 2


def test_a_second_worker_waits_for_the_first(town: Installed) -> None:
    said = put_by(town)
    with working(town, "work"):
        wait_until(said.exists)
        other = town.opstap("work", "--once")
    assert "doet de achtergrondtaken al" in other.stdout
    assert said.read_text(encoding="utf-8") == "begun\n"


def test_a_worker_does_what_is_due_once(town: Installed) -> None:
    assert town.opstap("work", "--once").returncode == 0
    due = sorted(key for key, _, _ in nightly())
    assert due == sorted(str(key) for (key,) in town.asked("SELECT key FROM jobs_planned"))
    done = town.asked("SELECT task_path FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'")
    assert len(done) == len(due)
    assert town.opstap("work", "--once").returncode == 0
    assert len(town.asked("SELECT 1 FROM django_tasks_database_dbtaskresult")) == len(due)


def worker_of(parent: int) -> int | None:
    """The `opstap work` that this process started."""
    for thread in Path(f"/proc/{parent}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            arguments = Path(f"/proc/{child}/cmdline")
            if arguments.exists() and b"\0work\0" in arguments.read_bytes():
                return int(child)
    return None


def test_serving_begins_a_worker_and_begins_it_again_when_it_falls(town: Installed) -> None:
    with working(town, "serve", "--port", str(free_port()), "--workers", "1") as server:
        wait_until(lambda: bool(town.asked("SELECT 1 FROM jobs_workerseen")))
        first = worker_of(server.pid)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: worker_of(server.pid) not in {None, first})
        second = worker_of(server.pid)
        assert second is not None
        wait_until(lambda: len(town.asked("SELECT 1 FROM jobs_planned")) == len(nightly()))
        server.terminate()
        assert server.wait(30) == 0
    assert not Path(f"/proc/{second}").exists()


def test_a_worker_stops_when_the_pages_are_killed(town: Installed) -> None:
    with working(town, "serve", "--port", str(free_port()), "--workers", "1") as server:
        wait_until(lambda: bool(town.asked("SELECT 1 FROM jobs_workerseen")))
        worker = worker_of(server.pid)
        assert worker is not None
        server.kill()
        server.wait()
    wait_until(lambda: not Path(f"/proc/{worker}").exists())
