"""Takes the pictures of docs/manual/beelden/ in Chromium, from a demo that is built for it and thrown away afterwards.

`scripts/screenshots.py [NAME …]` takes all of them, or those named. The demo has the same people every time and its
last day is fixed, so that a picture changes when its page does. Needs the packages of the tests, and Chromium.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

if TYPE_CHECKING:
    from scripts.pictures import Picture

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "manual" / "beelden"
DEMO = ("--no-serve", "--clients", "150", "--seed", "7", "--until", "2026-06-30")
# The pages of today are served as on that day: months later nothing would be agreed any more.
AS_ON_THE_LAST_DAY = """
import runpy, sys
import time_machine
with time_machine.travel("2026-06-30T08:00:00+00:00"):
    runpy.run_module("opstap", run_name="__main__", alter_sys=True)
"""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=nl-NL"
).split()
HEIGHTS = {1440: 900, 390: 844}
MOST_BYTES, MOST_BYTES_TOGETHER = 200_000, 3_800_000
AROUND = 16
# Chromium writes days in its own language, which on Debian is English: this writes them as a Dutch browser does.
DUTCH_DAYS = """() => {
  for (const field of document.querySelectorAll("input[type=date]")) {
    const width = field.offsetWidth, day = field.value.split("-").reverse().join("-");
    field.type = "text"; field.value = day; field.placeholder = "dd-mm-jjjj"; field.style.width = width + "px";
  }
}"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a demo in this folder, as long as it lasts."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPSTAP_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    opstap = [sys.executable, "-m", "opstap"]
    subprocess.run([*opstap, "demo", *DEMO], env=environment, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-c", AS_ON_THE_LAST_DAY, "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    server = subprocess.Popen(serve, env=environment)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    """Until the server answers."""
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/aanmelden/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


@contextmanager
def page_for(browser: Browser, address: str, sign_in: dict[str, str] | None, width: int) -> Iterator[Page]:
    """A window of this width, signed in."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHTS[width]}, locale="nl-NL", reduced_motion="reduce"
    )
    page = context.new_page()
    if sign_in is not None:
        page.goto("/aanmelden/")
        page.locator("input[name=username]").fill(sign_in["sign_in_name"])
        page.locator("input[name=password]").fill(sign_in["password"])
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
    yield page
    context.close()


def take(browser: Browser, address: str, sign_ins: dict[str, dict[str, str]], picture: Picture) -> None:
    """Write one picture."""
    with page_for(browser, address, sign_ins[picture.role] if picture.role else None, picture.width) as page:
        response = page.goto(picture.path)
        if response is None or not response.ok:
            sys.exit(f"{picture.name}: {picture.path} did not open")
        page.wait_for_load_state("networkidle")
        if picture.act is not None:
            picture.act(page)
            page.wait_for_load_state("networkidle")
        page.evaluate(DUTCH_DAYS)
        clip = around(page, picture.part) if picture.part else None
        shot = page.screenshot(full_page=picture.whole, clip=clip)
        page.goto("about:blank")
        in_few_colours: Callable[[Page, bytes], bytes] = import_module("scripts.few_colours").in_few_colours
        (PICTURES / f"{picture.name}.png").write_bytes(in_few_colours(page, shot))


def around(page: Page, part: str) -> FloatRect:
    """The rectangle that holds every visible element which this selector finds, with a little paper around it."""
    boxes = [box for one in page.locator(part).all() if one.is_visible() and (box := one.bounding_box())]
    if not boxes:
        sys.exit(f"{page.url} shows nothing of {part}: {page.locator('main').inner_text()[:600]}")
    left, top = (min(box[side] for box in boxes) - AROUND for side in ("x", "y"))
    right = max(box["x"] + box["width"] for box in boxes) + AROUND
    bottom = max(box["y"] + box["height"] for box in boxes) + AROUND
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def too_large() -> list[str]:
    """Pictures that passed their size, alone or together."""
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.glob("*.png"))}
    found = [f"{name}: {size:,} bytes, at most {MOST_BYTES:,}" for name, size in sizes.items() if size > MOST_BYTES]
    if sum(sizes.values()) > MOST_BYTES_TOGETHER:
        found.append(f"together {sum(sizes.values()):,} bytes, at most {MOST_BYTES_TOGETHER:,}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    sys.path.insert(0, str(ROOT))
    pictures: Sequence[Picture] = import_module("scripts.pictures").ALL
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *(picture.name for picture in pictures)])
    names = set(parser.parse_args(arguments).names)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("The pictures need Chromium: ask for the Debian package chromium.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="opstap-pictures-") as name, served(Path(name)) as address:
        listed = json.loads((Path(name) / "demo-sign-ins.json").read_text(encoding="utf-8"))
        sign_ins = {entry["role"]: entry for entry in listed}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for picture in pictures:
                if not names or picture.name in names:
                    take(browser, address, sign_ins, picture)
            browser.close()
    for fault in too_large():
        print(fault)
    return 1 if too_large() else 0


if __name__ == "__main__":
    sys.exit(main())
