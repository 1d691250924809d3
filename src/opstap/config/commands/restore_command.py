"""`opstap restore`: puts a backup back, when nobody works."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.backups.installation import this_installation
from opstap.config.backups.restoring import Restored, restore_backup
from opstap.config.command import Refusal
from opstap.config.commands.choosing import counted, local_moment
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.foundation.snapshots.traces import leave_no_trace
from opstap.privacy.operations import erase_again


def run(arguments: list[str]) -> int:
    """Put it back, bring it up to date, and record that it was done. The command has the data folder to itself."""
    parser = Arguments("restore", "Zet een reservekopie terug. Stop eerst de server.")
    parser.add_argument("file", metavar="BESTAND", help="de reservekopie")
    parser.add_argument("--replace", action="store_true", help="zet een installatie die hier al staat eerst opzij")
    given = parser.parse_args(arguments)
    installation = this_installation()
    restored = restore_backup(installation, Path(given.file), replace=given.replace, moment=dates.now())
    ensure_up_to_date()
    forget_all()
    gone = _erased_again()
    with writing(by=command_line(), verb="restore_backup", about=f"recording {restored.manifest.recording}"):
        pass
    sys.stdout.write(_said(restored))
    if gone:
        sys.stdout.write(f"{counted(gone)} mensen die na deze reservekopie gewist zijn, zijn opnieuw gewist.\n")
    return 0


def _erased_again() -> int:
    """Nobody comes back with a backup."""
    try:
        gone = erase_again(by=command_line())
    except LedgerBroken:
        raise Refusal(
            "het bestand met wie gewist is, is beschadigd: wie na deze reservekopie gewist is, kan terug zijn. Zet het "
            f"bestand {settings.OPSTAP_ERASURES} terug zoals het was en doe dit opnieuw met --replace."
        ) from None
    if gone:
        leave_no_trace(connection)
    return gone


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
