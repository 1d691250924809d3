"""The way to a page of administration."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """From *Beheer* down; the page itself without an address."""
    above = [{"label": _("Administration"), "url": reverse("administration:index")}]
    return above + [{"label": label, "url": url} for label, url in steps]
