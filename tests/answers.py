"""What can be read in an answer, whatever it is made of: a page, the cells of a workbook, the lines of a PDF."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pypdf import PdfReader


def content_of(answer: Any) -> bytes:
    """All of it, also when it comes in parts."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words_in(content: bytes) -> str:
    """What somebody reads in it."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    if content[:4] == b"%PDF":
        paper = PdfReader(io.BytesIO(content))
        return "\n".join([str(paper.metadata), *(page.extract_text() for page in paper.pages)])
    return content.decode(errors="replace")
