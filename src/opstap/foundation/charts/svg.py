"""Pieces of SVG as safe text: every text and every attribute is escaped here, so nowhere else."""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

from django.utils.safestring import SafeString

Attribute = str | float

EMPTY = SafeString("")


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`fill_opacity=…` becomes `fill-opacity`, `class_=…` becomes `class`; numbers get two decimals at most."""
    words = "".join([f'{_named(key)}="{_shown(value)}"' for key, value in attributes.items()])
    return SafeString(f"<{name}{words}>{joined(children)}</{name}>")


@cache
def _named(key: str) -> str:
    return f" {key.rstrip('_').replace('_', '-')}"


def joined(parts: Iterable[str]) -> SafeString:
    return SafeString("".join([_escaped(part) for part in parts]))


def _shown(value: Attribute) -> str:
    return _escaped(value) if isinstance(value, str) else _number(value)


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    return f"{value + 0:.2f}".rstrip("0").rstrip(".")  # nought below nought is kept as the same number as nought


def _escaped(text: str) -> str:
    """As `conditional_escape` does it, without its look at what is lazy: a chart has thousands of pieces."""
    return text if isinstance(text, SafeString) else _safe(str(text))


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """The same colours, sizes and words stand in a chart again and again."""
    return escape(text)
