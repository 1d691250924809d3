"""`opstap keys`: new keys while people work, how much the old ones still seal, and taking them away."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from opstap.accounts.operations import drop_recovery_codes
from opstap.accounts.selectors.factors import recovery_codes_before
from opstap.accounts.selectors.links import LASTS
from opstap.audit.operations import renew_keys, retire_keys
from opstap.audit.permissions import command_line
from opstap.audit.selectors.sealed import left_by_table
from opstap.audit.tasks import seal_by_new_keys
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.choosing import counted, local_moment
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation import dates
from opstap.foundation.crypto import KeyRing

MOMENTS_LATER = timedelta(minutes=2)  # a code on its way while the keys were changed counts as one of before
SHOWN = 20  # rows of a table that are named one by one
NAMES = {
    "clients.person": "BSN's",
    "clients.bsnholder": "zoeksleutels van BSN's",
    "clients.handover": "overdrachten",
    "clients.standin": "vervangingen",
    "clients.callback": "terugbelnotities",
    "clients.priority": "redenen van prioriteit",
    "clients.finerbarrier": "fijnere soorten belemmeringen",
    "clients.brokenglass": "redenen van noodtoegang",
    "clients.glassreview": "oordelen over noodtoegang",
    "contacts.contact": "notities bij contacten",
    "selections.clientmark": "eigen notities",
    "exchange.stagedrow": "rijen van een import die wacht",
    "privacy.rightsrequest": "verzoeken van cliënten",
    "privacy.legalhold": "redenen om te bewaren",
    "accounts.draft": "concepten",
    "accounts.secondfactor": "tweede stappen",
    "audit.sentform": "antwoorden op formulieren",
}


def run(arguments: list[str]) -> int:
    """Do what is asked."""
    parser = Arguments("keys", "Nieuwe sleutels voor alles wat versleuteld in de database staat.")
    parser.add_argument(
        "action",
        choices=["status", "rotate", "retire"],
        help="status: wat er nog met oude sleutels versleuteld is; rotate: nieuwe sleutels geven; "
        "retire: de oude sleutels weghalen",
    )
    parser.add_argument(
        "--drop-recovery-codes", action="store_true", help="bij retire: herstelcodes van voor de wissel laten vervallen"
    )
    given = parser.parse_args(arguments)
    if given.drop_recovery_codes and given.action != "retire":
        parser.error("--drop-recovery-codes hoort bij retire")
    ensure_up_to_date()
    try:
        if given.action == "rotate":
            _rotate()
        elif given.action == "retire":
            _retire(drop=given.drop_recovery_codes)
        else:
            sys.stdout.write(_status())
    except OSError as error:
        raise Refusal(
            f"het sleutelbestand {settings.KEYS_FILE} kan niet geschreven worden: {error.strerror}. Er is niets "
            "veranderd. Geef de opdracht als de gebruiker van wie het bestand is."
        ) from None
    return 0


def _rotate() -> None:
    if _ring().former:
        seal_by_new_keys.enqueue()
        raise Refusal(
            "er loopt al een sleutelwissel; die gaat verder zodra de achtergrondtaken draaien. Kijk met `opstap keys "
            "status`, en haal de oude sleutels weg met `opstap keys retire` voor u weer nieuwe geeft."
        )
    with transaction.atomic():
        renew_keys(by=command_line())
        seal_by_new_keys.enqueue()
    sys.stdout.write(
        "Er zijn nieuwe sleutels. Wat nu wordt opgeslagen, wordt daarmee versleuteld. Wat er al was, blijft leesbaar:\n"
        "de achtergrondtaken zetten het om terwijl er gewerkt wordt. Hoe ver dat is, zegt `opstap keys status`.\n"
        f"Bewaar het sleutelbestand nu opnieuw op zijn aparte plaats: {settings.KEYS_FILE}. Zonder de nieuwe sleutels\n"
        "is er niets meer te lezen.\n"
        "Start de server nu opnieuw: tot dan ondertekent die aanmeldingen en uitnodigingen nog met het oude geheim.\n"
        "Reservekopieën van voor dit moment hebben de oude sleutels nodig. Bewaar het vorige sleutelbestand zo lang\n"
        "als die kopieën, en vernietig het daarna.\n"
    )


def _retire(*, drop: bool) -> None:
    since = _renewed_at(_ring())
    if since is None:
        raise Refusal("er zijn geen oude sleutels. Nieuwe geeft u met `opstap keys rotate`.")
    may_from = since + max(timedelta(seconds=settings.SESSION_COOKIE_AGE), *LASTS.values())
    if dates.now() < may_from:
        raise Refusal(
            f"de oude sleutels kunnen pas weg vanaf {local_moment(may_from)}: tot dan kunnen er aanmeldingen en "
            "uitnodigingen zijn die ermee ondertekend zijn."
        )
    left = sum(one.rows for one in left_by_table().values())
    if left:
        raise Refusal(
            f"{counted(left)} rijen zijn nog niet met de nieuwe sleutels versleuteld. Laat de achtergrondtaken draaien "
            "(opstap serve of opstap work) en kijk met `opstap keys status`."
        )
    codes = recovery_codes_before(since + MOMENTS_LATER)
    if not drop and codes.exists():
        people = codes.values("user").distinct().count()
        raise Refusal(
            f"van {counted(people)} medewerkers zijn er nog {counted(codes.count())} herstelcodes van voor de wissel, "
            "en die zijn niet om te zetten. Laat hen nieuwe maken, of laat de oude vervallen met "
            "--drop-recovery-codes."
        )
    dropped = drop_recovery_codes(by=command_line(), made_before=since + MOMENTS_LATER) if drop else 0
    retire_keys(by=command_line())
    sys.stdout.write(
        f"De oude sleutels zijn weg uit {settings.KEYS_FILE}. Bewaar het bestand opnieuw op zijn aparte plaats.\n"
        "Start de server nu opnieuw: tot dan gelooft die nog wat met het oude geheim is ondertekend.\n"
        + (f"Vervallen: {counted(dropped)} herstelcodes.\n" if dropped else "")
        + f"Een reservekopie van voor {local_moment(since)} gaat alleen nog open met een sleutelbestand van toen.\n"
    )


def _status() -> str:
    since = _renewed_at(_ring())
    if since is None:
        return "Alles is versleuteld met de sleutels van nu. Er zijn geen oude sleutels.\n"
    left = {name: one for name, one in left_by_table().items() if one.rows}
    codes = recovery_codes_before(since + MOMENTS_LATER).count()
    lines = [f"Nieuwe sleutels sinds {local_moment(since)}."]
    lines += [
        f"  {counted(one.sealed):>9} {NAMES[name]} nog met een oude sleutel" for name, one in left.items() if one.sealed
    ]
    if codes:
        lines.append(f"  {counted(codes):>9} herstelcodes van voor de wissel; die zijn niet om te zetten")
    lines += [_closed(name, one.closed) for name, one in left.items() if one.closed]
    if not left:
        lines.append("Geen rij is nog met een oude sleutel versleuteld. Haal die weg met `opstap keys retire`.")
    return "\n".join(lines) + "\n"


def _closed(name: str, ids: Sequence[int]) -> str:
    shown = ", ".join(str(pk) for pk in ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
    return (
        f"  {counted(len(ids)):>9} {NAMES[name]} waar geen sleutel op past: tabel {name}, rij {shown}. Wat daar "
        "staat is beschadigd, of hoort bij een ander sleutelbestand. Tot dat hersteld is, blijven de oude sleutels."
    )


def _ring() -> KeyRing:
    ring: KeyRing = settings.OPSTAP_KEYS.newest()
    return ring


def _renewed_at(ring: KeyRing) -> datetime | None:
    """When the keys of now came; None when none came before them."""
    return max((one.until for former in ring.former.values() for one in former), default=None)
