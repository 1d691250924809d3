"""Signing in with the organisation in a real browser: away to a real provider, back, and out in both places."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import OPSTAP, _page, environment_of, free_port, sign_ins_of, wait_for
from tests.journeys.walking import Walker
from tests.openid.provider import CLIENT_ID, SECRET, Running, person, running

pytestmark = pytest.mark.openid


@pytest.fixture(scope="module")
def organised(demo_folder: Path) -> Iterator[tuple[str, Running, str]]:
    """The address of a demo whose people sign in at a provider; and the provider, with one of them."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(address) as provider:
        name = sign_ins_of(demo_folder)["case_manager"]["sign_in_name"]
        provider.told(people={"jo": person("Jo Jansen", preferred_username=name)})
        environment = environment_of(demo_folder) | {
            "OPSTAP_OPENID_ISSUER": provider.issuer,
            "OPSTAP_OPENID_CLIENT_ID": CLIENT_ID,
            "OPSTAP_OPENID_SECRET": SECRET,
            "OPSTAP_LOCAL_SIGN_IN": sign_ins_of(demo_folder)["functional_administrator"]["sign_in_name"],
        }
        serve = [*OPSTAP, "serve", "--port", str(port), "--workers", "1", "--pages-only"]
        with subprocess.Popen(serve, env=environment, start_new_session=True) as server:
            try:
                wait_for(port)
                yield address, provider, name
            finally:
                server.terminate()


@pytest.mark.parametrize("width", [1440, 390])
def test_away_and_back_and_out_in_both_places(
    browser: Browser, organised: tuple[str, Running, str], demo_folder: Path, width: int
) -> None:
    address, provider, name = organised
    with _page(browser, width) as page:
        walker = Walker(page, address, sign_ins_of(demo_folder))
        page.goto(f"{address}/clienten/")
        walker.check()
        page.get_by_role("link", name="Aanmelden met uw organisatie").click()
        expect(page.get_by_role("heading", name="Aanmelden bij Voorbeeldstad")).to_be_visible()
        page.get_by_label("Naam").fill("jo")
        page.get_by_role("button", name="Verder").click()
        expect(page).to_have_url(f"{address}/clienten/")
        assert name not in page.url
        page.goto(f"{address}/mijn/account/")
        expect(page.get_by_text(name)).to_be_visible()
        page.goto(f"{address}/begin/")
        page.locator("form[action='/afmelden/'] button").first.evaluate("button => button.form.requestSubmit(button)")
        page.wait_for_url(f"{provider.issuer}/session/end")
        page.get_by_role("button", name="Yes, sign me out").click()
        page.wait_for_url(f"{address}/aanmelden/**")
        page.get_by_role("link", name="Aanmelden met uw organisatie").click()
        expect(page.get_by_role("heading", name="Aanmelden bij Voorbeeldstad")).to_be_visible()


def test_the_emergency_account_signs_in_below(
    browser: Browser, organised: tuple[str, Running, str], demo_folder: Path
) -> None:
    address, _provider, _name = organised
    entry = sign_ins_of(demo_folder)["functional_administrator"]
    with _page(browser, 1440) as page:
        page.goto(f"{address}/aanmelden/")
        page.get_by_text("Noodaccount").click()
        page.get_by_label("Gebruikersnaam").fill(entry["sign_in_name"])
        page.get_by_label("Wachtwoord").fill(entry["password"])
        page.get_by_role("button", name="Aanmelden", exact=True).click()
        expect(page).not_to_have_url(f"{address}/aanmelden/")
        walker = Walker(page, address, sign_ins_of(demo_folder))
        page.goto(f"{address}/beheer/aanmelden/")
        walker.check()
