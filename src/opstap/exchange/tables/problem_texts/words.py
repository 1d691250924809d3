"""A message with its way out, and how its placeholders are filled."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """A message and its way out, with named placeholders: `value`, `column`, and the parameters of the problem."""

    message: Promise
    fix: Promise


class Told(NamedTuple):
    """A message and its way out in the language of the reader."""

    message: str
    fix: str


class _Filled(dict[str, str]):
    """Parameters by name; one that wasn't given shows as a mark, never as a broken page."""

    def __missing__(self, key: str) -> str:
        return "…"


def filled(text: object, params: Mapping[str, object]) -> str:
    """A text with its placeholders filled in."""
    return str(text) % _Filled({key: str(value) for key, value in params.items()})


CORRECT_OR_EMPTY = _("Correct the cell or leave it empty.")
WRITE_DAY = _("Write the day as 31-12-2025.")
