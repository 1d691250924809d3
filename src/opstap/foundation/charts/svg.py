"""Pieces of SVG as safe text: every text and every attribute is escaped here, so nowhere else."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

Attribute = str | float

EMPTY = SafeString("")


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """`fill_opacity=…` becomes `fill-opacity`, `class_=…` becomes `class`; numbers get two decimals at most."""
    words = format_html_join(
        "", ' {}="{}"', ((key.rstrip("_").replace("_", "-"), _shown(value)) for key, value in attributes.items())
    )
    return format_html("<{}{}>{}</{}>", name, words, joined(children), name)


def joined(parts: Iterable[str]) -> SafeString:
    return SafeString("".join(conditional_escape(part) for part in parts))


def _shown(value: Attribute) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
