"""`opstap check`: settings, keys, triggers and the database's own consistency."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from opstap.audit.operations import unchecked_keys
from opstap.config.arguments import Arguments
from opstap.config.command import REFUSED
from opstap.config.commands.migrate_command import is_up_to_date
from opstap.foundation import appendonly

OWNER_ONLY = 0o077


def run(arguments: list[str]) -> int:
    """Say of each point whether it is right; 3 when one is not."""
    Arguments("check").parse_args(arguments)
    faults = [*_setting_faults(), *_key_faults(), *_database_faults()]
    for fault in faults:
        sys.stdout.write(f"FOUT  {fault}\n")
    sys.stdout.write(f"{len(faults)} punten niet in orde.\n" if faults else "Alles is in orde.\n")
    return REFUSED if faults else 0


def _setting_faults() -> list[str]:
    return [str(message) for message in checks.run_checks() if message.level >= checks.WARNING]


def _key_faults() -> list[str]:
    path = Path(settings.KEYS_FILE)
    if path.exists() and path.stat().st_mode & OWNER_ONLY:
        return [f"Het sleutelbestand {path} is leesbaar voor anderen: geef alleen de eigenaar toegang (chmod 600)."]
    return []


def _database_faults() -> list[str]:
    if not is_up_to_date():
        return ["De database is niet bij: draai `opstap migrate`."]
    faults = [f"Er ontbreekt een grendel: {name}. Draai `opstap migrate`." for name in appendonly.missing(connection)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            answer = str(cursor.fetchone()[0])
            cursor.execute("PRAGMA foreign_key_check")
            broken = cursor.fetchall()
        if answer != "ok":
            faults.append(f"Het databasebestand is beschadigd: {answer}")
        if broken:
            faults.append(f"{len(broken)} rijen verwijzen naar iets dat er niet is.")
    return faults + _dangling_faults()


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
