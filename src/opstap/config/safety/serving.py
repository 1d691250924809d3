"""The settings of the pages: what a visitor or somebody on the line could see."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings


def debug_faults() -> list[str]:
    """With DEBUG an error shows what was in it to whoever caused it."""
    if not settings.DEBUG:
        return []
    return ["DEBUG staat aan: een foutpagina toont dan persoonsgegevens. Zet DEBUG uit in de instellingen."]


def host_faults() -> list[str]:
    """Under a name that others reach, only with HTTPS, and never under any name at all."""
    names = [str(name) for name in settings.ALLOWED_HOSTS]
    if "*" in names:
        return [
            "OPSTAP_HOSTS staat elke naam toe (*). Noem de naam van de site, zoals OPSTAP_HOSTS=opstap.zeist.example."
        ]
    others = [name for name in names if not _is_local(name)]
    if others and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        named = ", ".join(others)
        return [
            f"Onder de naam {named} moet het HTTPS zijn. Zet er een webserver met HTTPS voor, en OPSTAP_HTTPS=true."
        ]
    return []


def _is_local(name: str) -> bool:
    bare = name.strip("[].").casefold()
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost" or bare.endswith(".localhost")
