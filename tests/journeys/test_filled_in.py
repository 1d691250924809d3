"""A session that is over while a form stands open: what was typed is sent after all, with the keyboard alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.walking import CountedKeys, Walker

AWAY = (
    "UPDATE accounts_session SET used_at = datetime(used_at, '-45 minutes'), began_at = datetime(began_at, '-1 hour')"
)


def went_away(folder: Path) -> None:
    """Nobody did anything for three quarters of an hour."""
    with closing(sqlite3.connect(folder / "opstap.sqlite3", timeout=20)) as database, database:
        database.execute(AWAY)


def test_what_is_sent_when_the_session_is_over_is_sent_after_signing_in_again(
    walker: Walker, demo_folder: Path
) -> None:
    walker.sign_in("case_manager")
    page, keys = walker.page, CountedKeys(walker)
    width = page.viewport_size["width"] if page.viewport_size else 0
    walker.open("/clienten/")
    dossier = page.locator("tbody th a").nth(0 if width > 500 else 1).get_attribute("href") or ""
    walker.open(f"{dossier.split('?')[0]}onderdeel/zaaknummer/nieuw/")
    keys.fill_in("#id_number", f"Z-na-de-lunch-{width}")
    went_away(demo_folder)
    keys.go()
    expect(page.get_by_text("is een uur bewaard")).to_be_visible()
    walker.check()
    entry = walker.sign_ins["case_manager"]
    page.fill("#id_username", entry["sign_in_name"])
    page.fill("#id_password", entry["password"])
    keys.go()
    expect(page.get_by_role("heading", name="Wat u had ingevuld")).to_be_visible()
    expect(page.get_by_text(f"Z-na-de-lunch-{width}")).to_be_visible()
    walker.check()
    keys.skip()
    keys.tab_to("text=Verstuur het alsnog")
    keys.go()
    walker.check()
    expect(page.locator("main")).to_contain_text(f"Z-na-de-lunch-{width}")
