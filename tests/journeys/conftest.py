"""A real server on a demo municipality, and a real browser that walks through it."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
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


OPSTAP = [sys.executable, "-m", "opstap"]


def environment_of(folder: Path) -> dict[str, str]:
    """What the command needs to work on the data in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPSTAP_DATA": str(folder)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("DATABASE_URL", None)
    return environment


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo as it was built."""
    folder = tmp_path_factory.mktemp("demo")
    build = [*OPSTAP, "demo", "--no-serve", "--clients", "150", "--seed", "7"]
    subprocess.run(build, env=environment_of(folder), check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def demo_folder(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it, one a file, so that walks don't meet each other's clients."""
    return shutil.copytree(built_demo, tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """The address of a served demo, and its sign-ins by role."""
    port = free_port()
    server = served(demo_folder, port)
    try:
        yield f"http://127.0.0.1:{port}", sign_ins_of(demo_folder)
    finally:
        server.terminate()
        server.wait(timeout=20)


def served(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """A server, once it answers. It has a group of processes of its own, so that it can be killed as a whole."""
    serve = [*OPSTAP, "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    server = subprocess.Popen(serve, env=environment_of(folder), start_new_session=True)
    wait_for(port)
    return server


def sign_ins_of(folder: Path) -> dict[str, dict[str, str]]:
    """Names and passwords by role."""
    listed = json.loads((folder / "demo-sign-ins.json").read_text(encoding="utf-8"))
    return {entry["role"]: entry for entry in listed}


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
    """A port that nobody listens on. Each worker of the tests has its own range, below what the system hands out, so
    that no two servers that start at the same moment choose the same.
    """
    first = 20_000 + 1_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in random.sample(range(first, first + 1_000), 1_000):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    message = "no port is free"
    raise RuntimeError(message)


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
