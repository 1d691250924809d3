"""From an empty installation to a case manager who signs in; every page of administration, also without a script."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from opstap.accounts.logic.totp import STEP_SECONDS, code_of
from tests.journeys.conftest import ROOT, WIDTHS, free_port, wait_for
from tests.journeys.walking import ZOOMED, Walker

PAGES = (
    "/beheer/",
    "/beheer/gebruikers/",
    "/beheer/gebruikers/nieuw/",
    "/beheer/rollen/",
    "/beheer/teams/",
    "/beheer/gemeente/",
    "/beheer/instellingen/",
    "/beheer/instellingen/default_scale/",
    "/beheer/onderdelen/",
    "/beheer/codelijsten/",
    "/beheer/codelijsten/benefit_kind/",
    "/beheer/codelijsten/exemption_duty/social_participation/",
    "/beheer/programmas/",
    "/mijn/wachtwoord/",
)
PASSWORD = "een zin die niemand raadt"


@dataclass(frozen=True)
class Empty:
    """A served installation without anything in it, and what its terminal said."""

    address: str
    code: str


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    """`opstap serve` on an empty folder; the code is read from its output, as an administrator would."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPSTAP_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("DATABASE_URL", None)
    port = free_port()
    command = [sys.executable, "-m", "opstap", "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        code = next(line.strip() for line in server.stdout if re.fullmatch(r"  \S{4}-\S{4}-\S{4}\n", line))
        wait_for(port)
        yield Empty(f"http://127.0.0.1:{port}", code)
    finally:
        server.terminate()
        server.communicate(timeout=20)


def type_in(page: Page, answers: dict[str, str]) -> None:
    for field, text in answers.items():
        page.locator(f"#id_{field}").fill(text)


def set_up(page: Page, code: str) -> None:
    type_in(
        page,
        {
            "code": code,
            "name": "Nieuwstad",
            "administrator": "Ada Beheer",
            "sign_in_name": "ada",
            "password": PASSWORD,
            "again": PASSWORD,
        },
    )
    with page.expect_navigation():
        page.keyboard.press("Enter")


def set_up_app(page: Page, address: str) -> None:
    """What every municipality asks unless it says otherwise: a second step."""
    page.goto(f"{address}/mijn/tweede-stap/app/")
    secret = base64.b32decode(page.locator("code.one-time").inner_text().replace(" ", ""))
    type_in(page, {"code": code_of(secret, int(time.time()) // STEP_SECONDS)})
    with page.expect_navigation(url="**/herstelcodes/"):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_from_an_empty_installation_to_a_case_manager_who_signs_in(browser: Browser, empty: Empty, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="nl-NL")
    page = context.new_page()
    walker = Walker(page, empty.address, {})
    walker.open("/")
    walker.check()
    set_up(page, "2222-2222-2222")
    expect(page.get_by_text("Dit is niet de code").first).to_be_visible()
    walker.check()
    page.set_viewport_size(ZOOMED)
    walker.check()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    set_up(page, empty.code)
    expect(page.get_by_text("Nieuwstad is ingericht")).to_be_visible()
    assert page.url.endswith("/mijn/tweede-stap/")
    set_up_app(page, empty.address)
    walker.open("/beheer/teams/")
    type_in(page, {"name": "Meedoen"})
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walker.open("/beheer/gebruikers/nieuw/")
    type_in(page, {"name": "Cas Manager", "sign_in_name": "cas"})
    page.locator("#id_team").select_option(label="Meedoen")
    with page.expect_navigation():
        page.get_by_role("button", name="Voeg deze gebruiker toe").click()
    first = page.locator(".one-time").inner_text()
    walker.check()
    context.clear_cookies()
    walker.sign_ins["case_manager"] = {"sign_in_name": "cas", "password": first}
    walker.sign_in("case_manager")
    assert page.url.endswith("/mijn/wachtwoord/")
    walker.check()
    own = "mijn eigen lange zin"
    type_in(page, {"old_password": first, "new_password1": own, "new_password2": own})
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Uw wachtwoord is gewijzigd")).to_be_visible()
    assert page.url.endswith("/mijn/tweede-stap/")
    walker.check()
    set_up_app(page, empty.address)
    assert walker.open("/rapporten/") == 200
    assert walker.open("/beheer/") == 403
    context.close()


def test_every_page_of_administration_is_free_of_barriers(walker: Walker) -> None:
    walker.sign_in("functional_administrator")
    for path in PAGES:
        assert walker.open(path) == 200, path
        walker.check()
    walker.open("/beheer/gebruikers/")
    walker.page.locator("tbody th a").nth(1).click()
    walker.check()
    for summary in walker.page.locator("details summary").all():
        summary.click()
    walker.check()


def test_administration_works_in_english(walker: Walker) -> None:
    walker.sign_in("functional_administrator")
    walker.page.context.add_cookies([{"name": "django_language", "value": "en", "url": walker.address}])
    for path in PAGES:
        assert walker.open(path) == 200, path
        expect(walker.page.locator("html")).to_have_attribute("lang", "en")
        walker.check()


def test_settings_and_parts_work_without_a_script(
    browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]
) -> None:
    address, sign_ins = demo
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    walker = Walker(page, address, sign_ins)
    walker.sign_in("functional_administrator")
    page.goto(f"{address}/beheer/onderdelen/")
    with page.expect_navigation():
        page.get_by_role("button", name="Zet uit Import").click()
    expect(page.get_by_text("De wijziging is bewaard")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Zet aan Import").click()
    page.goto(f"{address}/beheer/instellingen/staging_days/")
    page.locator("#id_value").fill("400")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#id_value").fill("31")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De nieuwe waarde is bewaard.")).to_be_visible()
    context.close()
