"""Documents: tagged PDF in the house's font, nothing from elsewhere, and what is said where Pango lacks."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import pytest
from pypdf import PdfReader

from opstap.foundation import documents
from opstap.foundation.documents import FOUNDATION, SHEET, DocumentsUnavailable, as_pdf, missing_packages
from opstap.foundation.documents.drawing import own_files_only

needs_pango = pytest.mark.skipif(bool(missing_packages()), reason="Pango is not here")


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="nl"><head><title>Vélo</title></head><body><h1>Kop</h1>{body}</body></html>'


@needs_pango
def test_a_document_is_tagged_with_its_language_and_title_and_carries_its_own_font() -> None:
    read = PdfReader(io.BytesIO(as_pdf(page_of("<p>Cliënt €</p>"))))
    root: Any = read.root_object
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "nl"
    assert read.metadata is not None
    assert read.metadata.title == "Vélo"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    page: Any = read.pages[0]
    fonts = page["/Resources"]["/Font"].values()
    assert {"Source-Sans-3" in font.get_object()["/BaseFont"] for font in fonts} == {True}
    assert "Cliënt €" in read.pages[0].extract_text()


@needs_pango
def test_a_document_fetches_nothing_but_the_files_of_the_house() -> None:
    fetcher = own_files_only(FOUNDATION)
    fetcher.fetch(SHEET.as_uri()).close()
    outside = (FOUNDATION / ".." / "config" / "settings.py").as_uri().replace("/config", "/%63onfig")
    for address in ("https://example.com/x.png", "file:///etc/passwd", "file://host/etc/passwd", outside, "data:,x"):
        with pytest.raises(ValueError, match="files of the house"):
            fetcher.fetch(address)
    assert as_pdf(page_of('<img src="https://example.com/x.png" alt="x"><img src="/etc/passwd" alt="y">'))


def test_what_lacks_is_named_by_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PACKAGE_OF", {"libnot-there.so.9": "libnot-there9"})
    assert missing_packages() == ["libnot-there9"]
    with pytest.raises(DocumentsUnavailable, match="libnot-there9"):
        as_pdf(page_of(""))


def test_a_library_that_refuses_to_load_is_the_same_to_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refuses:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                message = "cannot load library"
                raise OSError(message)

    monkeypatch.setattr(documents, "missing_packages", list)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refuses(), *sys.meta_path])
    with pytest.raises(DocumentsUnavailable, match=r"libpango-1\.0-0"):
        as_pdf(page_of(""))


def test_a_start_does_not_load_weasyprint() -> None:
    asked = "import sys, opstap.foundation.documents as d; d.missing_packages(); sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True, env={"PYTHONPATH": str(FOUNDATION.parents[1])})
