"""Addresses that a page is given to lead back to: only paths of our own are followed; and what an address says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

NUL = "\x00"  # no text in PostgreSQL takes it
Q = TypeVar("Q", bound=QueryDict)


def own_path(address: str | None) -> str:
    """The address when it is a path within Opstap; empty for everything else."""
    if address and address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return ""


def refuse_nul(said: Iterable[str]) -> None:
    """BadRequest where any of it has the character NUL."""
    if any(NUL in one for one in said):
        raise BadRequest("NUL")


def without_nul(query: Q) -> Q:
    """What an address or a form says; BadRequest where it has that character, in a name or a value."""
    for name, values in query.lists():
        refuse_nul((name, *map(str, values)))
    return query
