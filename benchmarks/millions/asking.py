"""Asks pages of one server and times them."""

from __future__ import annotations

import http.client
import time

PATIENCE = 900  # seconds: the first time of a million takes long


class Asker:
    """Somebody who is signed in at one server."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._headers = {"Cookie": cookie, "Host": "localhost"}

    def seconds(self, address: str) -> float:
        """How long an address takes to answer in full."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        began = time.perf_counter()
        connection.request("GET", address, headers=self._headers)
        response = connection.getresponse()
        response.read()
        took = time.perf_counter() - began
        connection.close()
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}")
        return took
