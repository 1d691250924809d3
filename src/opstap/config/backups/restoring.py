"""Putting a backup back: looked at as a whole first, then exchanged with what stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connections

from opstap.config.backups.archives import unpack_archive
from opstap.config.backups.aside import name_aside
from opstap.config.backups.carrying import OldLog, carry_heads, carry_log
from opstap.config.backups.contents import Manifest
from opstap.config.backups.installation import MAIN, Installation
from opstap.config.backups.journal import PutBack, Step, exchange_all
from opstap.config.backups.making import HEADS
from opstap.config.backups.trying import LONGEST_NAME, Staged, last_recording, look_at, stage
from opstap.config.backups.workshop import Workshop, workshop
from opstap.config.belonging import refuse_keys_of_others
from opstap.config.command import Refusal
from opstap.foundation.snapshots import Place, postgres

TOWNS, ERASURES = "municipality_municipality", "audit_erasure"


@dataclass(frozen=True)
class Restored:
    """What was put back, where the installation of before stands now, if there was one, and what became of its log."""

    manifest: Manifest
    aside: Sequence[str]
    log: OldLog


@dataclass(frozen=True)
class Standing:
    """What is at the main place now."""

    there: bool
    has_people: bool
    recording: int
    erased_nobody: bool = False


def restore_backup(
    installation: Installation,
    file: Path,
    *,
    replace: bool,
    moment: datetime,
    knows_erased: bool,
    log_is_right: Callable[[], bool],
) -> Restored:
    """Put it back. The caller sees to it that nobody else runs on the data folder, and says whether it is known who
    was erased; without, only what stands here can tell, when nobody ever was. The log that stands here goes on where
    it is what was written (`log_is_right`).
    """
    connections.close_all()
    standing = _standing(installation)
    if standing.has_people and not replace:
        raise Refusal(
            "hier staat al een installatie met een gemeente. Er is niets veranderd. Met --replace wordt zij eerst "
            "opzij gezet, onder een naam met het moment van nu."
        )
    if not knows_erased and not standing.erased_nobody:
        raise Refusal(
            "het bestand met wie gewist is, is er niet: wie na deze reservekopie gewist is, zou terugkomen. Er is "
            "niets veranderd. Zet erasures.ledger eerst in de gegevensmap (of waar OPSTAP_ERASURES wijst). Is er nooit "
            "iemand gewist, of is het bestand verloren, geef dan --no-ledger mee."
        )
    with workshop(installation) as shop:
        manifest = unpack_archive(file, installation.keys.named, shop.folder)
        suffix = f"restored_{moment:%Y%m%d%H%M%S}"
        staged = stage(shop, manifest, suffix=suffix, beside=True)
        for one in staged:
            look_at(one, manifest)
            with one.place.opened() as connection:
                refuse_keys_of_others(installation.keys.newest(), connection)
            _make_ready(one, standing)
        log = OldLog.NONE if not standing.there else carry_log(staged) if log_is_right() else OldLog.LEFT
        aside = name_aside(installation, moment)
        heads = _steps_of_heads(shop, manifest, suffix, aside, goes_on=log is OldLog.KEPT)
        steps = [*(_step_of(one, aside) for one in staged), *heads]
        put_back = PutBack(manifest.made_at.isoformat(), manifest.recording, log)
        exchange_all(installation.data, installation.databases, steps, put_back)
    return Restored(manifest, sorted({step.aside for step in steps}) if standing.there else [], log)


def _standing(installation: Installation) -> Standing:
    """What can't be read counts as an installation with people."""
    place = next(store.place for store in installation.stores() if MAIN in store.aliases)
    if not _there(place):
        return Standing(there=False, has_people=False, recording=0)
    try:
        with place.opened() as connection, connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            if TOWNS in tables:
                cursor.execute(f"SELECT COUNT(*) FROM {TOWNS}")  # noqa: S608 - a name of our own
            towns = TOWNS in tables and cursor.fetchone()[0]
            if towns and ERASURES in tables:
                cursor.execute(f"SELECT COUNT(*) FROM {ERASURES}")  # noqa: S608 - a name of our own
            return Standing(
                there=True,
                has_people=bool(towns),
                recording=last_recording(connection),
                erased_nobody=bool(towns) and (ERASURES not in tables or not cursor.fetchone()[0]),
            )
    except DatabaseError:
        return Standing(there=True, has_people=True, recording=0)


def _there(place: Place) -> bool:
    if place.vendor == "sqlite":
        return Path(place.name).exists()
    try:
        return postgres.exists(place)
    except DatabaseError as error:
        raise Refusal(f"de databaseserver is niet te bereiken ({str(error).strip()}). Er is niets veranderd.") from None


def _make_ready(staged: Staged, standing: Standing) -> None:
    """Nobody is signed in any more, and no number of a recording is ever given twice.

    The numbers of what is lost now may stand on paper, and what a process remembers is kept by number.
    """
    if MAIN not in staged.store.aliases:
        return
    with staged.place.opened() as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_session")
        cursor.execute(
            "UPDATE audit_recordingcounter SET last_number = %s WHERE last_number < %s", [standing.recording] * 2
        )


def _step_of(staged: Staged, aside: str) -> Step:
    now = staged.store.place
    if now.vendor == "sqlite":
        return Step(staged.place.name, now.name, str(Path(now.name).with_name(aside)))
    old = f"{now.name[: LONGEST_NAME - len(aside) - 1]}_{aside}"
    return Step(staged.place.name, now.name, old, alias=now.alias)


def _steps_of_heads(shop: Workshop, manifest: Manifest, suffix: str, aside: str, *, goes_on: bool) -> list[Step]:
    """The heads of the log go with the log."""
    folder = shop.installation.heads
    parts = [part for part in manifest.parts if part.name.startswith(f"{HEADS}/")]
    if not parts:
        return []
    staged = shop.will_make_file(folder.with_name(f".{folder.name}.{suffix}"))
    for part in parts:
        place = staged / Path(part.name).relative_to(HEADS)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (shop.folder / part.name).rename(place)
    if goes_on:
        carry_heads(folder, staged, shop.installation.keys.key("log").value)
    return [Step(str(staged), str(folder), str(folder.with_name(aside)))]
