"""Asks pages of one server and measures them."""

from __future__ import annotations

import http.client
import os
import time
from pathlib import Path
from typing import NamedTuple

PATIENCE = 900  # seconds: the first time of a million takes long


class Took(NamedTuple):
    """Seconds on the clock, and those that the processors worked for it."""

    clock: float
    processor: float


class Asker:
    """Somebody who is signed in at one server, of which `pid` is the process that answers."""

    def __init__(self, port: int, cookie: str, pid: int) -> None:
        self._port = port
        self._pid = pid
        self._headers = {"Cookie": cookie, "Host": "localhost"}

    def asked(self, address: str) -> Took:
        """What an address takes to answer in full."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        worked, began = worked_by(self._pid), time.perf_counter()
        connection.request("GET", address, headers=self._headers)
        response = connection.getresponse()
        response.read()
        took = Took(time.perf_counter() - began, worked_by(self._pid) - worked)
        connection.close()
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}")
        return took


def worked_by(pid: int) -> float:
    """How many seconds of processor time a process had, threads that ended included: neighbours on the machine change
    it little. By the tick, which is a hundredth of a second.
    """
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def threads_worked(pid: int) -> float:
    """The same to the nanosecond, for short work: of the threads that are there."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1e9


def child_of(pid: int) -> int:
    """The process that answers: the only child of the server."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])
