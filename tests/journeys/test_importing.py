"""The coordinator imports a file: by keyboard, with a mistake corrected in place, and takes it back."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.walking import Walker

HEAD = "Klantnummer;Achternaam;Geboortedatum;Begin uitkering;Uitkering;Datum meting;Trede;Groeipotentieel\r\n"


def caseload(mark: str) -> bytes:
    good = f"{mark}1;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n"
    bad = f"{mark}2;Visser;31-02-1980;01-01-2020;Pw;01-02-2020;3-;nee\r\n"
    return (HEAD + good + bad).encode()


@pytest.mark.covers("B-18", page="/import/")
def test_from_file_to_report_and_back(walker: Walker) -> None:
    walker.sign_in("coordinator")
    walker.open("/import/")
    walker.check()
    page = walker.page
    content = caseload(f"J{uuid.uuid4().hex[:6]}-")
    file = FilePayload(name="caseload.csv", mimeType="text/csv", buffer=content)
    page.set_input_files("input[type=file]", files=[file])
    with page.expect_navigation():
        page.get_by_role("button", name="Controleer het bestand").press("Enter")
    walker.check()
    if page.url.endswith("/kolommen/"):
        with page.expect_navigation():
            page.get_by_role("button", name="Controleer de rijen").press("Enter")
    walker.check()
    assert "31-02-1980" in page.content()
    cell = page.get_by_label("Geboortedatum in rij 3")
    cell.fill("28-02-1980")
    with page.expect_navigation():
        cell.press("Enter")
    walker.check()
    assert "opnieuw gecontroleerd" in page.content()
    with page.expect_navigation():
        page.get_by_role("button", name="Lees in").press("Enter")
    walker.check()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Draai deze import terug").press("Enter")
    walker.check()
    assert "teruggedraaid" in page.content()
