"""Addresses that a page is given to lead back to: only paths of our own are followed."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(address: str | None) -> str:
    """The address when it is a path within Opstap; empty for everything else."""
    if address and address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return ""
