"""`opstap restore`: puts a backup back, when nobody works."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from opstap.audit.permissions import command_line
from opstap.audit.selectors.verifying import verify_log
from opstap.config.arguments import Arguments
from opstap.config.backups.carrying import OldLog
from opstap.config.backups.installation import this_installation
from opstap.config.backups.restoring import Restored, restore_backup
from opstap.config.command import Refusal
from opstap.config.commands.choosing import counted, local_moment
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.foundation.snapshots.traces import leave_no_trace
from opstap.privacy.operations import erase_again
from opstap.privacy.selectors.ledger import come_back, erasure_ledger
from opstap.privacy.tasks import write_anew_later

LOG_SAID = {
    OldLog.NONE: "",
    OldLog.KEPT: "Het inzagelogboek is niet teruggezet: wie na deze reservekopie iets inzag, staat er nog in.\n",
    OldLog.LEFT: "LET OP: het inzagelogboek is ook dat van de reservekopie. Dat er stond, klopte niet of is van een "
    "andere versie. Wie daarna iets inzag, staat alleen nog in wat opzij gezet is: bewaar dat, en meld het de privacy "
    "officer.\n",
}


def run(arguments: list[str]) -> int:
    """Put it back, bring it up to date, and record that it was done. The command has the data folder to itself."""
    parser = Arguments("restore", "Zet een reservekopie terug. Stop eerst de server.")
    parser.add_argument("file", metavar="BESTAND", help="de reservekopie")
    parser.add_argument("--replace", action="store_true", help="zet een installatie die hier al staat eerst opzij")
    parser.add_argument(
        "--no-ledger", action="store_true", help="zonder het bestand met wie gewist is, of met wat ervan over is"
    )
    given = parser.parse_args(arguments)
    installation = this_installation()
    knows = _knows_erased(as_it_is=given.no_ledger)
    restored = restore_backup(
        installation,
        Path(given.file),
        replace=given.replace,
        moment=dates.now(),
        knows_erased=knows,
        log_is_right=_log_is_right,
    )
    if given.no_ledger:
        erasure_ledger().take_as_it_is()
    ensure_up_to_date()
    forget_all()
    gone = erase_again(by=command_line())
    if gone and not leave_no_trace(connection):
        write_anew_later()
    say_put_back()
    sys.stdout.write(_said(restored) + LOG_SAID[restored.log])
    if gone:
        sys.stdout.write(f"{counted(gone)} mensen die na deze reservekopie gewist zijn, zijn opnieuw gewist.\n")
    sys.stdout.write(_said_of_unsure([one.number for one in come_back().unsure]))
    return 0


def _knows_erased(*, as_it_is: bool) -> bool:
    """Before anything is changed: nobody comes back with a backup because the ledger can't be read."""
    ledger = erasure_ledger()
    try:
        ledger.texts()
    except LedgerBroken:
        if as_it_is and ledger.is_whole():
            return True
        raise Refusal(
            "het bestand met wie gewist is, is beschadigd of niet heel: wie na deze reservekopie gewist is, zou "
            f"terugkomen. Er is niets veranderd. Zet {settings.OPSTAP_ERASURES} terug zoals het was. Kan dat niet, "
            "geef dan --no-ledger mee; een beschadigd bestand geeft u eerst een andere naam."
        ) from None
    return as_it_is or ledger.is_there


def _log_is_right() -> bool:
    """Whether the log that stands here is what was written; one that can't be read is not."""
    try:
        return not verify_log().wrong
    except DatabaseError:
        return False


def _said_of_unsure(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return (
        f"Van cliënt {', '.join(numbers)} is het wissen ooit begonnen en is niet bekend of het lukte. Kijk het na, en "
        "wis zo nodig met `opstap privacy erase NUMMER --sure`.\n"
    )


def _said(restored: Restored) -> str:
    manifest = restored.manifest
    aside = ", ".join(restored.aside)
    return (
        f"Teruggezet: de reservekopie van {local_moment(manifest.made_at)}, tot en met vastlegging "
        f"{counted(manifest.recording)} ({counted(manifest.rows)} rijen). Wat daarna is vastgelegd, staat er niet in.\n"
        "De grendels zijn teruggezet en vergeleken. Iedereen moet zich opnieuw aanmelden.\n"
        + (
            f"Wat er stond, is opzij gezet: {aside}. Wis dat zodra u het niet meer nodig heeft: er staan "
            "persoonsgegevens in.\n"
            if aside
            else ""
        )
        + "Start Opstap weer met `opstap serve`.\n"
    )
