"""Documents: a page of HTML as a tagged PDF (PDF/UA), with the house's font and sheet, and nothing from elsewhere.

WeasyPrint is loaded with the first document only: it is heavy, and most starts never make one. It draws with Pango, a
library of the system; `missing_packages` names the Debian packages that lack. Not here: what a document says.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from opstap.foundation.documents.drawing import draw

FOUNDATION = Path(__file__).resolve().parents[1]
SHEET = Path(__file__).with_name("static") / "documents" / "document.css"
PACKAGE_OF = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


class DocumentsUnavailable(Exception):
    """No document can be made here: the system lacks these Debian packages."""

    def __init__(self, packages: list[str]) -> None:
        super().__init__(" ".join(packages))
        self.packages = packages


def missing_packages() -> list[str]:
    """The Debian packages that documents need and that are not here."""
    return [package for library, package in PACKAGE_OF.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def as_pdf(html: str) -> bytes:
    """The page as PDF/UA: its language and title are those of the HTML, its look is that of the house's sheet."""
    missing = missing_packages()
    if missing:
        raise DocumentsUnavailable(missing)
    try:
        import weasyprint  # noqa: F401, PLC0415 - heavy, and it needs the system's libraries: here it shows whether they do
    except OSError as refused:
        raise DocumentsUnavailable(list(PACKAGE_OF.values())) from refused
    return draw(html, sheet=SHEET, within=FOUNDATION)
