"""`opstap restore`: puts a backup back, when nobody works."""

from __future__ import annotations

import sys
from pathlib import Path

from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.backups.installation import this_installation
from opstap.config.backups.restoring import Restored, restore_backup
from opstap.config.commands.choosing import counted, local_moment
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates


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
    with writing(by=command_line(), verb="restore_backup", about=f"recording {restored.manifest.recording}"):
        pass
    sys.stdout.write(_said(restored))
    return 0


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
