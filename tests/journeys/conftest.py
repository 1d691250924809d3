"""A real server on a demo municipality, and a real browser that walks through it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.walking import FLAGS, Walker, chromium

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = {1440: 900, 390: 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey."""
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """The address of a served demo, and its sign-ins by role."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPSTAP_DATA": str(folder)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("DATABASE_URL", None)
    opstap = [sys.executable, "-m", "opstap"]
    build = [*opstap, "demo", "--no-serve", "--clients", "150", "--seed", "7"]
    subprocess.run(build, env=environment, check=True, capture_output=True)
    port = free_port()
    server = subprocess.Popen([*opstap, "serve", "--port", str(port), "--workers", "1"], env=environment)
    try:
        wait_for(port)
        sign_ins = json.loads((folder / "demo-sign-ins.json").read_text(encoding="utf-8"))
        yield f"http://127.0.0.1:{port}", {entry["role"]: entry for entry in sign_ins}
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def walker(
    request: pytest.FixtureRequest, browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]
) -> Iterator[Walker]:
    """Somebody at a screen of this width."""
    address, sign_ins = demo
    with _page(browser, request.param) as page:
        yield Walker(page, address, sign_ins)


@contextmanager
def _page(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server answers."""
    for _ in range(300):
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            try:
                connection.request("GET", "/aanmelden/")
                connection.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                return
    pytest.fail("the server did not start")
