"""`opstap backup`: everything in one sealed file, made while people work and tried at once; or one looked at again."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from opstap.config.arguments import Arguments
from opstap.config.backups.contents import Manifest
from opstap.config.backups.installation import this_installation
from opstap.config.backups.making import make_backup, name_at
from opstap.config.backups.trying import try_backup
from opstap.config.backups.workshop import workshop
from opstap.config.command import Refusal
from opstap.config.commands.choosing import counted, local_moment
from opstap.config.commands.logging import log_done
from opstap.config.commands.migrate_command import is_up_to_date
from opstap.foundation import dates
from opstap.privacy.logic.retention import BACKUP_DAYS as KEEP_DAYS

FOLDER = "backups"


def run(arguments: list[str]) -> int:
    """Make one, or verify one that is there."""
    parser = Arguments("backup", "Maakt een reservekopie van alles behalve de sleutels, terwijl Opstap draait.")
    parser.add_argument("to", nargs="?", metavar="NAAR", help="bestand of map (de map backups in de gegevensmap)")
    parser.add_argument("--verify", metavar="BESTAND", help="kijk een reservekopie na, zonder haar terug te zetten")
    given = parser.parse_args(arguments)
    if given.verify and given.to:
        parser.error("kies: een reservekopie maken, of er een nakijken met --verify")
    return _verify(Path(given.verify)) if given.verify else _make(given.to)


def _make(to: str | None) -> int:
    installation, moment = this_installation(), dates.now()
    target = Path(to).absolute() if to else installation.data / FOLDER
    if not to or target.is_dir():
        target /= name_at(moment)
    manifest = make_backup(installation, target, moment=moment)
    size = target.stat().st_size / 1_000_000
    _noted()
    until = (moment + timedelta(days=KEEP_DAYS)).astimezone(dates.AMSTERDAM).date()
    sys.stdout.write(
        f"Reservekopie gemaakt: {target} ({size:.1f} MB)\n"
        f"{_said(manifest)}\n"
        "Nagekeken door haar ernaast terug te zetten: database, verwijzingen, grendels en aantallen kloppen.\n"
        "De sleutels zitten er niet in, en zonder sleutelbestand gaat zij niet open. Bewaar dat apart.\n"
        f"Bewaar de kopie op een andere machine, tot en met {until:%d-%m-%Y} ({KEEP_DAYS} dagen) en niet langer: wie "
        "daarna gewist wordt, staat er nog in.\n"
    )
    return 0


def _noted() -> None:
    """In the log. A sealed file shows nobody: it is made too where the log can't be written, and before an upgrade."""
    why = "de database is nog niet bij"
    if is_up_to_date():
        try:
            log_done("backup")
        except Refusal as problem:
            why = str(problem)
        else:
            return
    sys.stderr.write(f"opstap: LET OP, dat deze kopie gemaakt is, staat niet in het inzagelogboek ({why})\n")


def _verify(path: Path) -> int:
    with workshop(this_installation()) as shop:
        manifest = try_backup(path, shop, moment=dates.now())
    sys.stdout.write(f"{path} is in orde.\n{_said(manifest)}\n")
    return 0


def _said(manifest: Manifest) -> str:
    return (
        f"Van {local_moment(manifest.made_at)}, tot en met vastlegging {counted(manifest.recording)}: "
        f"{counted(manifest.rows)} rijen, Opstap {manifest.version}."
    )
