"""From which address a visitor comes, and how often: behind the server in front every request has its address."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

QUARTER = 15 * 60  # seconds for which is counted, by one process
OF_ONE_CONNECTION = 64  # bits of an IPv6 address; the rest a visitor chooses


def address_of_visitor(request: HttpRequest) -> str:
    """The address by which mistakes count; what the server in front says is believed of `OPSTAP_PROXIES` alone."""
    peer = request.META.get("REMOTE_ADDR", "").strip()
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    known = {_address(one.strip()) for one in settings.OPSTAP_PROXIES.split(",")} - {None}
    return (_counted(said) if _address(peer) in known else "") or _counted(peer)


def asked_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count that this was asked from one address; whether that was more than so often in a quarter of an hour."""
    key = f"asked-for-{what}-{address_of_visitor(request)}"
    cache.add(key, 0, QUARTER)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # forgotten between the two
        return False


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _counted(text: str) -> str:
    """An address as it is counted; empty for what is none."""
    address = _address(text)
    if not isinstance(address, IPv6Address):
        return "" if address is None else str(address)
    return str(IPv6Network((int(address), OF_ONE_CONNECTION), strict=False).network_address)
