"""The settings of the pages: what a visitor or somebody on the line could see."""

from __future__ import annotations

from datetime import timedelta
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


def mail_faults() -> list[str]:
    """Mail that goes to another machine in the clear: links stand in it by which one chooses a password."""
    if not settings.EMAIL_HOST or _is_local(settings.EMAIL_HOST) or settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL:
        return []
    words = (
        f"De mail gaat onversleuteld naar {settings.EMAIL_HOST}: wie meeleest, kan met een link daaruit een wachtwoord "
        "kiezen. Begin OPSTAP_MAIL met smtp+tls:// of smtp+ssl://; smtp:// is voor een mailserver op deze machine."
    )
    return [words]


LEAST_IDLE, MOST_IDLE = timedelta(minutes=5), timedelta(minutes=60)
LEAST_LENGTH, MOST_LENGTH = timedelta(hours=1), timedelta(hours=12)


def session_faults() -> list[str]:
    """Sessions that go on too long to be safe, or are over before anybody can work."""
    faults = []
    if not LEAST_IDLE <= settings.OPSTAP_IDLE_LIMIT <= MOST_IDLE:
        faults.append(
            "OPSTAP_IDLE_MINUTES moet van 5 tot en met 60 minuten zijn: zo lang blijft iemand die niets doet aangemeld."
        )
    if not LEAST_LENGTH <= settings.OPSTAP_SESSION_LENGTH <= MOST_LENGTH:
        faults.append(
            "OPSTAP_SESSION_HOURS moet van 1 tot en met 12 uur zijn: zo lang blijft iemand hooguit aangemeld."
        )
    return faults


def _is_local(name: str) -> bool:
    bare = name.strip("[].").casefold()
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost" or bare.endswith(".localhost")
