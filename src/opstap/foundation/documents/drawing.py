"""How WeasyPrint draws a page, held to the files of the house. It is loaded inside, since it is heavy."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def own_files_only(within: Path) -> Any:
    """A fetcher of the files of one folder: nothing of the network, nothing else of the disk."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - heavy

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            """The file, or a refusal, after which the document is made without it."""
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not path.is_relative_to(within):
                message = "A document takes nothing but the files of the house"
                raise ValueError(message)
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=["file"], allow_redirects=False)


def draw(html: str, *, sheet: Path, within: Path) -> bytes:
    """The PDF of a page, in the look of the sheet."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - heavy
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fetcher, fonts = own_files_only(within), FontConfiguration()
    look = CSS(filename=str(sheet), url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=html, base_url=sheet.as_uri(), url_fetcher=fetcher)
    drawn: Any = page.write_pdf(stylesheets=[look], font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(drawn)
