"""Signing in: a passkey of a virtual authenticator, an app with codes, and the line before a session is over."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from opstap.accounts.logic.totp import STEP_SECONDS, code_of
from tests.journeys.conftest import WIDTHS, _page
from tests.journeys.walking import Walker

Demo = tuple[str, dict[str, dict[str, str]]]


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def worker(request: pytest.FixtureRequest, browser: Browser, demo: Demo) -> Iterator[Walker]:
    """At the name `localhost`: a passkey belongs to a name, and an address of figures is none."""
    address, sign_ins = demo
    with _page(browser, request.param) as page:
        yield Walker(page, address.replace("127.0.0.1", "localhost"), sign_ins)


def with_authenticator(walker: Walker) -> None:
    """A computer that asks for a finger, and always gets it."""
    session = walker.page.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})


def password_typed(walker: Walker, role: str) -> None:
    entry = walker.sign_ins[role]
    walker.open("/aanmelden/")
    walker.page.fill("#id_username", entry["sign_in_name"])
    walker.page.fill("#id_password", entry["password"])
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


def sign_out(walker: Walker) -> None:
    walker.page.context.clear_cookies()


def test_a_passkey_is_made_and_signs_in_beside_the_password_and_alone(worker: Walker) -> None:
    page = worker.page
    with_authenticator(worker)
    worker.sign_in("case_manager" if page.viewport_size and page.viewport_size["width"] > 500 else "team_leader")
    role = "case_manager" if page.viewport_size and page.viewport_size["width"] > 500 else "team_leader"
    worker.open("/mijn/account/")
    worker.check()
    page.click("text=Mijn tweede stap")
    worker.check()
    page.click("main >> text=Een passkey")
    worker.check()
    page.fill("#id_name", "laptop werk")
    with page.expect_navigation(url="**/herstelcodes/"):
        page.keyboard.press("Enter")
    worker.check()
    assert page.locator(".recovery-codes li").count() == 10
    with page.expect_download() as kept:
        page.click("text=Bewaar als bestand")
    assert len(kept.value.path().read_text(encoding="utf-8").split()) == 11
    worker.open("/mijn/tweede-stap/")
    expect(page.locator("main")).to_contain_text("laptop werk")
    worker.check()
    sign_out(worker)
    password_typed(worker, role)
    assert page.url.endswith("/aanmelden/tweede-stap/")
    worker.check()
    with page.expect_navigation(url=lambda url: "aanmelden" not in url):
        page.click("text=Gebruik mijn passkey")
    sign_out(worker)
    worker.open("/aanmelden/?next=/mijn/account/")
    worker.check()
    with page.expect_navigation(url="**/mijn/account/"):
        page.click("text=Meld aan met een passkey")
    assert worker.complaints == []


def test_an_app_with_codes_by_the_keyboard(worker: Walker) -> None:
    page = worker.page
    role = "coordinator" if page.viewport_size and page.viewport_size["width"] > 500 else "privacy_officer"
    worker.sign_in(role)
    worker.open("/mijn/tweede-stap/app/")
    worker.check()
    expect(page.locator("#id_code")).to_be_focused()
    secret = base64.b32decode(page.locator("code.one-time").inner_text().replace(" ", ""))
    step = int(time.time()) // STEP_SECONDS
    page.keyboard.type(code_of(secret, step - 1))
    with page.expect_navigation(url="**/herstelcodes/"):
        page.keyboard.press("Enter")
    sign_out(worker)
    password_typed(worker, role)
    worker.check()
    expect(page.locator("#id_code")).to_be_focused()
    page.keyboard.type(code_of(secret, int(time.time()) // STEP_SECONDS))
    with page.expect_navigation(url=lambda url: "aanmelden" not in url):
        page.keyboard.press("Enter")


def test_two_minutes_before_the_end_a_line_says_so_and_keeps_one_signed_in(worker: Walker) -> None:
    page = worker.page
    page.clock.install()
    left = [90, 1800]
    answered = {"seconds": 1800, "stays": True}
    page.route("**/mijn/sessie/", lambda one: one.fulfill(json=answered | ({"seconds": left.pop(0)} if left else {})))
    worker.sign_in("functional_administrator")
    line = page.locator("[data-time-left]")
    expect(line).to_be_hidden()
    page.clock.fast_forward(29 * 60 * 1000)
    expect(line).to_be_visible()
    worker.check()
    page.click("text=Blijf aangemeld")
    expect(line).to_be_hidden()


def test_where_one_cannot_stay_the_line_says_to_save(worker: Walker) -> None:
    page = worker.page
    page.clock.install()
    page.route("**/mijn/sessie/", lambda route: route.fulfill(json={"seconds": 90, "stays": False}))
    worker.sign_in("functional_administrator")
    page.clock.fast_forward(29 * 60 * 1000)
    expect(page.locator("[data-ends]")).to_be_visible()
    expect(page.locator("[data-soon]")).to_be_hidden()
    expect(page.locator("[data-time-left]")).to_contain_text("Bewaar nu")
    worker.check()
