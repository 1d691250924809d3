"""Pieces of SVG as safe text: every text and every attribute is escaped here, so nowhere else."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

Attribute = str | float

EMPTY = SafeString("")


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`fill_opacity=…` becomes `fill-opacity`, `class_=…` becomes `class`; numbers get two decimals at most."""
    words = "".join([_attribute(key, value) for key, value in attributes.items()])
    return SafeString(f"<{name}{words}>{_joined(children)}</{name}>")


def joined(parts: Iterable[str]) -> SafeString:
    return SafeString(_joined(parts))


def _joined(parts: Iterable[str]) -> str:
    return "".join([part if isinstance(part, SafeString) else _safe(str(part)) for part in parts])


@lru_cache(maxsize=8192, typed=True)
def _attribute(key: str, value: Attribute) -> str:
    """The same colours, sizes and places stand in a chart again and again. A safe text is another than its letters."""
    shown = _escaped(value) if isinstance(value, str) else _number(value)
    return f' {key.rstrip("_").replace("_", "-")}="{shown}"'


def _number(value: float) -> str:
    return f"{value + 0:.2f}".rstrip("0").rstrip(".")  # nought below nought is kept as the same number as nought


def _escaped(text: str) -> str:
    """As `conditional_escape` does it, without its look at what is lazy: a chart has thousands of pieces."""
    return text if isinstance(text, SafeString) else _safe(str(text))


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """The same colours, sizes and words stand in a chart again and again."""
    return escape(text)
