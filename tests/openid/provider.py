"""The real OpenID provider of the tests (npm `oidc-provider`), and somebody who signs in there."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from opstap.foundation.openid import Connection

HERE = Path(__file__).resolve().parent
CLIENT_ID, SECRET = "opstap", "een geheim voor de proef"
SITE = "http://testserver"
INTO, BACK = "/aanmelden/organisatie/", "/aanmelden/organisatie/terug/"


@dataclass
class Running:
    """The provider while it runs."""

    issuer: str

    def told(self, **what: Any) -> list[str]:
        """Tell it which people there are, or what it must do wrong; returns what it was asked since the last time."""
        answer = requests.post(f"{self.issuer}/control", data=json.dumps(what), timeout=10)
        listed: list[str] = answer.json()
        return listed

    def connection(self, **more: Any) -> Connection:
        """How Opstap reaches it."""
        return Connection(**{"issuer": self.issuer, "client_id": CLIENT_ID, "secret": SECRET} | more)


@contextmanager
def running(*sites: str) -> Iterator[Running]:
    """A provider on a port of its own, for these sites."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        message = (
            "the tests of signing in with the organisation need Node.js 20 or newer (Debian packages nodejs "
            "and npm) and its packages: run `npm ci` in tests/openid, or let ./test do it"
        )
        raise RuntimeError(message)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [node, str(HERE / "provider.mjs"), str(port), CLIENT_ID, SECRET, *sites]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said == "ready\n", "the provider did not start"
            yield Running(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


@dataclass
class Visitor:
    """A browser: pages of Opstap by the test client, those of the provider over the network."""

    browser: Client = field(default_factory=Client)
    there: requests.Session = field(default_factory=requests.Session)

    def leave(self, address: str = INTO) -> str:
        """Press the button; returns where it leads."""
        answer = self.browser.get(address)
        assert answer.status_code == 302, answer.content
        return str(answer.headers["Location"])

    def prove(self, address: str, who: str, *, more: bool = False) -> str:
        """Sign in at the provider; returns the address that it leads back to."""
        answer = self.there.get(address, allow_redirects=False, timeout=10)
        for _step in range(8):
            if answer.is_redirect:
                following = requests.compat.urljoin(answer.url, answer.headers["Location"])
                if following.startswith(SITE):
                    return str(following)
                answer = self.there.get(following, allow_redirects=False, timeout=10)
            else:
                assert "Aanmelden bij Voorbeeldstad" in answer.text, answer.text
                form = {"login": who} | ({"more": "1"} if more else {})
                answer = self.there.post(answer.url, data=form, allow_redirects=False, timeout=10)
        message = f"the provider goes round in circles: {answer.url}"
        raise AssertionError(message)

    def come_back(self, address: str) -> Any:
        """The answer of Opstap to what the provider says."""
        parts = urlsplit(address)
        return self.browser.get(f"{parts.path}?{parts.query}")

    def sign_in(self, who: str, *, more: bool = False, address: str = INTO) -> Any:
        """All of it."""
        return self.come_back(self.prove(self.leave(address), who, more=more))

    def words(self) -> str:
        """What the page of signing in says."""
        page = self.browser.get("/aanmelden/").content.decode()
        return re.sub(r"\s+", " ", page)


def person(name: str, *groups: str, **more: Any) -> Mapping[str, Any]:
    """Somebody as the provider knows them."""
    address = f"{name.split(maxsplit=1)[0].lower()}@voorbeeldstad.example"
    return {"name": name, "preferred_username": address, "groups": groups} | more
