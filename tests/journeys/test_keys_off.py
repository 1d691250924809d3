"""Keys of one sign can be switched off, and stay off in that browser (WCAG 2.1.4)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.walking import Walker


def _press(walker: Walker, key: str) -> None:
    walker.page.locator("h1").click()
    walker.page.keyboard.press(key)


def test_keys_of_one_sign_are_switched_off_and_on_again(walker: Walker) -> None:
    walker.sign_in("case_manager")
    box = walker.page.locator("#search-box")
    _press(walker, "/")
    expect(box).to_be_focused()
    walker.open("/mijn/account/")
    switch = walker.page.locator("[data-keys-switch]")
    expect(switch).to_contain_text("Ze staan aan.")
    walker.check()
    switch.get_by_role("button", name="Zet ze uit").press("Enter")
    expect(switch).to_contain_text("Ze staan uit.")
    walker.check()
    walker.open("/clienten/")
    _press(walker, "/")
    expect(box).not_to_be_focused()
    assert box.get_attribute("aria-keyshortcuts") is None
    client = walker.page.locator("a.row-link__target").first.get_attribute("href")
    assert client is not None
    walker.open(f"/plaatsen/{client.split('/')[2]}/?ladder=vng")
    level = walker.page.locator("input[name=level][data-key='3']")
    was = level.is_checked()
    for key in ("2", "3", "4"):
        _press(walker, key)
    assert level.is_checked() == was
    assert walker.page.locator("kbd.pick__key").first.is_hidden()
    walker.open("/mijn/account/")
    switch.get_by_role("button", name="Zet ze aan").press("Enter")
    walker.open("/clienten/")
    _press(walker, "/")
    expect(box).to_be_focused()
    walker.open(f"/plaatsen/{client.split('/')[2]}/?ladder=vng")
    _press(walker, "3")
    expect(level).to_be_checked()
