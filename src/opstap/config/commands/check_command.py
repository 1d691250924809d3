"""`opstap check`: settings, keys, disk, durability, triggers and the database's own consistency."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db.models import Exists, OuterRef, QuerySet

from opstap.audit.models import ErasurePermit, PermittedRow
from opstap.audit.operations import unchecked_keys
from opstap.config.arguments import Arguments
from opstap.config.backups.installation import this_installation
from opstap.config.command import REFUSED
from opstap.config.commands.migrate_command import is_up_to_date
from opstap.config.safety import emergency_faults, faults_of_start, openid_remarks, set_aside_remarks
from opstap.config.safety.keys import OTHERS, key_faults
from opstap.foundation.snapshots import Place, postgres, sqlite


def run(arguments: list[str]) -> int:
    """Say of each point whether it is right; 3 when one is not."""
    Arguments("check").parse_args(arguments)
    faults = [*_setting_faults(), *_folder_faults(), *_database_faults()]
    for fault in faults:
        sys.stdout.write(f"FOUT  {fault}\n")
    for remark in [*openid_remarks(), *set_aside_remarks()]:
        sys.stdout.write(f"LET OP  {remark}\n")
    sys.stdout.write(f"{len(faults)} punten niet in orde.\n" if faults else "Alles is in orde.\n")
    return REFUSED if faults else 0


def _setting_faults() -> list[str]:
    """Django's own checks, with those for a site behind HTTPS where this is one."""
    found = checks.run_checks(include_deployment_checks=settings.SECURE_SSL_REDIRECT)
    return [str(message) for message in found if message.level >= checks.WARNING]


def _folder_faults() -> list[str]:
    """Files of the data folder that others on this machine could read."""
    folder = Path(settings.DATA)
    files = [path for path in folder.iterdir() if path.suffix in {".sqlite3", ".json"} and path.is_file()]
    if folder.stat().st_mode & OTHERS and any(path.stat().st_mode & OTHERS for path in files):
        return [
            f"De gegevensmap {folder} is leesbaar voor anderen: geef alleen de eigenaar toegang (chmod 700 {folder})."
        ]
    return []


def _database_faults() -> list[str]:
    if not is_up_to_date():
        return ["De database is niet bij: draai `opstap migrate`.", *key_faults()]
    found = [fault for store in this_installation().stores() for fault in _consistency_faults(store.place)]
    return [*faults_of_start(), *emergency_faults(), *found, *_dangling_faults(), *_permit_faults()]


def _consistency_faults(place: Place) -> list[str]:
    vendor = sqlite if place.vendor == "sqlite" else postgres
    return [f"{place.name}: {fault}." for fault in vendor.faults(place)]


def _permit_faults() -> list[str]:
    """Permits are seen by nobody else while they are used: one that is seen stayed, or was put there."""
    return [
        f"De tabel {model._meta.db_table} is niet leeg: wat vastligt, kan nu gewist of gewijzigd worden. Zoek uit hoe "
        "dat kwam, en maak de tabel leeg."
        for model in (ErasurePermit, PermittedRow)
        if QuerySet(model).exists()
    ]


def _dangling_faults() -> list[str]:
    """References that the database itself does not check (decision record 12)."""
    faults = []
    for model in apps.get_models():
        for key in unchecked_keys(model):
            rows: QuerySet[Any] = QuerySet(model).filter(**{f"{key.attname}__isnull": False})
            there: QuerySet[Any] = QuerySet(key.remote_field.model).filter(pk=OuterRef(key.attname))
            lost = rows.filter(~Exists(there)).count()
            if lost:
                faults.append(f"{lost} rijen in {model._meta.db_table} verwijzen naar een {key.name} die er niet is.")
    return faults
