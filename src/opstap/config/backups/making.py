"""Making a backup: all databases and the heads of the log into one file, tried before it gets its name."""

from __future__ import annotations

import shutil
import tomllib
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from opstap.config.backups.archives import write_archive
from opstap.config.backups.contents import Manifest, Part, part_of
from opstap.config.backups.installation import MAIN, Installation, Store
from opstap.config.backups.trying import last_recording, try_backup
from opstap.config.backups.workshop import Workshop, workshop
from opstap.config.command import Refusal
from opstap.config.settings import ROOT
from opstap.foundation.snapshots import Unusable, postgres, rows_of, sqlite

HEADS = "log-heads"
ENDING = ".backup"


def name_at(moment: datetime) -> str:
    """What a backup is called when no name is given: by its moment in UTC, so that names never meet."""
    return f"opstap-{moment:%Y%m%dT%H%M%SZ}{ENDING}"


def make_backup(installation: Installation, target: Path, *, moment: datetime) -> Manifest:
    """Make it, try it, and only then give it its name. Whatever goes wrong, nothing half stands there."""
    key = installation.key()
    if target.exists():
        raise Refusal(f"{target} bestaat al. Kies een andere naam, of een map.")
    with workshop(installation) as shop:
        manifest = _take_all(shop, moment)
        half = shop.will_make_file(target.with_name(f".{target.name}.half"))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_archive(half, key, manifest, shop.folder)
        except OSError as error:
            raise Refusal(
                f"de reservekopie kan niet geschreven worden in {target.parent}: {error.strerror}. Kies een andere "
                "plaats, of maak ruimte."
            ) from None
        for part in manifest.parts:
            (shop.folder / part.name).unlink()
        try_backup(half, shop, moment=moment)
        half.rename(target)
        sqlite.sync(target.parent)
    return manifest


def _take_all(shop: Workshop, moment: datetime) -> Manifest:
    """The heads of the log go first: a head is never ahead of what is in the database."""
    heads = _take_heads(shop)
    taken = [_take(shop, store) for store in shop.installation.stores()]
    return Manifest(
        version=_version(),
        made_at=moment,
        recording=next(recording for part, recording in taken if MAIN in part.aliases),
        parts=[*(part for part, _ in taken), *heads],
    )


def _take(shop: Workshop, store: Store) -> tuple[Part, int]:
    """A database as a part, and the last recording that is in it."""
    place = store.place
    if place.vendor == "sqlite" and not Path(place.name).exists():
        raise Refusal(f"er is nog geen database {place.name}: er valt niets te bewaren. Begin met `opstap init`.")
    vendor, ending = (sqlite, "sqlite3") if place.vendor == "sqlite" else (postgres, "dump")
    name = f"{place.alias}.{ending}"
    try:
        rows, recording = vendor.take(place, shop.folder / name, lambda seen: (rows_of(seen), last_recording(seen)))
    except Unusable as fault:
        raise Refusal(f"{fault} Er is geen reservekopie gemaakt.") from None
    return part_of(shop.folder / name, name, vendor=place.vendor, aliases=store.aliases, rows=rows), recording


def _take_heads(shop: Workshop) -> list[Part]:
    folder, parts = shop.installation.heads, []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            name = f"{HEADS}/{path.relative_to(folder)}"
            (shop.folder / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # taken back meanwhile: its chain could not be begun
                shutil.copy2(path, shop.folder / name)  # which head is the latest is told by its moment
                parts.append(part_of(shop.folder / name, name))
    return parts


def _version() -> str:
    try:
        return version("opstap")
    except PackageNotFoundError:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
