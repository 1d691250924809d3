"""One worker in two municipalities, by keyboard: choosing one in the header, and a form of the other in another tab."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, environment_of
from tests.journeys.walking import Walker

ZUID = "Zuiderveen aan de Waterweg"
SECOND_TOWN = f"""
import django
django.setup()
from opstap.accounts.models import User
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from tests.factories.clients import a_client, in_caseload
from tests.factories.accounts import a_team
from tests.factories.municipality import a_municipality
from tests.factories.region import also_in
zuid = a_municipality({ZUID!r})
Municipality.objects.filter(pk=zuid.pk).update(environment=Environment.DEMO)
worker = User.objects.get(sign_in_name=os.environ["WHO"])
also_in(worker, zuid)
in_caseload(a_client(zuid, surname="Zuidhof"), worker, team=a_team(zuid))
"""


@pytest.fixture(scope="module", autouse=True)
def _second_town(demo: tuple[str, dict[str, dict[str, str]]], demo_folder: Path) -> None:
    """Beside Voorbeeldstad, with a client of the demo's case manager."""
    who = demo[1]["case_manager"]["sign_in_name"]
    given = {"WHO": who, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment = {**environment_of(demo_folder), **given, "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    subprocess.run([sys.executable, "-c", f"import os{SECOND_TOWN}"], env=environment, check=True)


def test_a_municipality_is_chosen_and_a_form_of_the_other_is_not_saved(walker: Walker) -> None:
    page = walker.page
    walker.sign_in("case_manager")
    if ZUID in page.inner_text(".town__name"):  # where the walk of the other width ended
        _choose(walker, "Voorbeeldstad")
    form = page.context.new_page()
    form.goto(f"{walker.address}/clienten/nieuw/")
    form.fill("#id_surname", "Proefpersoon")
    _choose(walker, ZUID)
    expect(page.locator(".notice").first).to_contain_text(f"U werkt nu in {ZUID}.")
    expect(page.locator("main")).to_contain_text("Zuidhof")
    walker.check()
    form.locator("main form:not(.filters) button[type=submit]").last.click()
    expect(form.locator("h1")).to_have_text("Niets opgeslagen: u werkt in een andere gemeente")
    refused = Walker(form, walker.address, walker.sign_ins)
    refused.check()
    with form.context.expect_page() as opened:
        form.click("text=Werken in Voorbeeldstad")
    expect(opened.value.locator(".town__name")).to_contain_text("Voorbeeldstad")
    opened.value.close()
    form.go_back()
    assert form.input_value("#id_surname") == "Proefpersoon"
    walker.open("/clienten/bcdfghjkmnpq/")
    expect(page.locator("main")).to_contain_text("U werkt nu in Voorbeeldstad.")
    walker.check()


def _choose(walker: Walker, town: str) -> None:
    """By keyboard, from the header."""
    page = walker.page
    page.focus(".town__name")
    page.keyboard.press("Enter")
    walker.check()
    walker.tab_to(f"Werken in {town}", limit=3)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".town__name")).to_contain_text(town)
