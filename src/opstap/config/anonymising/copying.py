"""Writing the copy: an empty installation of its own, and every row that a rule lets through, out of one moment."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from opstap.accounts.logic import roles
from opstap.accounts.models import User
from opstap.audit.logic.verbs import verbs
from opstap.clients.models import Person
from opstap.clients.selectors.bsn import digest_now
from opstap.config.anonymising.becoming import rules
from opstap.config.anonymising.invented import Inventing
from opstap.config.command import Refusal
from opstap.config.programs import run_unseen
from opstap.demo.logic.bsn import draw_bsns
from opstap.demo.logic.chance import stream
from opstap.foundation import appendonly
from opstap.foundation.bulk import insert_rows
from opstap.foundation.crypto import load_keys
from opstap.foundation.crypto.keys import fresh_key
from opstap.ladder.models import Level, Scale, ScaleQuestion
from opstap.municipality.models import Code, PostcodeDistrict, TraitDefinition

FROM, TO = "test_copy_from", "test_copy_to"
PART = 2_000
OURS = ("OPSTAP_", "DATABASE_URL")  # settings of the original, which the copy does not share
WITH_CODES = ("accounts", "clients", "contacts", "ladder", "municipality", "plans", "privacy")


def make_test_copy(folder: Path) -> dict[str, int]:
    """Write it into a folder that is not there yet; how many rows it has, by table.

    It gets its name when it is whole and in order, and is taken away when anything goes wrong before.
    """
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of one that was cut off
    try:
        _run(unfinished, "migrate")
        with _connected(unfinished):
            copied = _copy(unfinished)
        _run(unfinished, "check")
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return copied


def _run(folder: Path, command: str) -> None:
    """A command of Opstap on the copy, which knows nothing of the original."""
    code, said = run_unseen(folder, command, without=OURS)
    if code:
        raise Refusal(f"de testkopie is niet gemaakt: `opstap {command}` zei: {said}")


@contextmanager
def _connected(folder: Path) -> Iterator[None]:
    """A connection to the original that sees one moment and holds nobody up, and one to the copy."""
    original, known = connections["default"].settings_dict, connections.databases
    reading: dict[str, Any] = {**original, "CONN_MAX_AGE": 0, "TEST": {"NAME": None}}
    if "sqlite3" in original["ENGINE"]:
        reading["OPTIONS"] = {**original["OPTIONS"], "transaction_mode": "DEFERRED"}
    known[FROM] = reading
    known[TO] = {
        **reading,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "opstap.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA foreign_keys=OFF"},
    }
    try:
        yield
    finally:
        for alias in (FROM, TO):
            connections[alias].close()
            del connections[alias]
            del known[alias]


def _copy(folder: Path) -> dict[str, int]:
    target = connections[TO]
    appendonly.remove(target)
    with transaction.atomic(using=FROM):
        if connections[FROM].vendor == "postgresql":
            with connections[FROM].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        inventing = _inventing(folder)
        with transaction.atomic(using=TO):
            copied = {model._meta.label_lower: _copy_table(model, inventing) for model in _tables()}
    appendonly.install(target)
    with target.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        dangling = {str(row[0]) for row in cursor.fetchall()}
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if dangling:
        raise Refusal(
            f"de testkopie is niet gemaakt: {', '.join(sorted(dangling))} verwijst naar wat er niet in staat."
        )
    return copied


def _tables() -> list[type[models.Model]]:
    """All that the copy gets; first what rows of others point at does not matter, for it is looked at at the end."""
    return [model for model in apps.get_models() if rules().of(model) is not None]


def _copy_table(model: type[models.Model], inventing: Inventing) -> int:
    given = rules().of(model) or {}
    empty = {field.attname: _empty(field) for field in model._meta.concrete_fields}
    with connections[TO].cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - what `migrate` put there; own names
    count, part = 0, list[tuple[Any, ...]]()
    rows = model._base_manager.using(FROM).order_by("pk").values(*given)  # noqa: SLF001 - every row, whatever a manager leaves out
    for row in rows.iterator(chunk_size=PART):
        part.append(tuple(inventing.value(rule, row[name], row, empty[name]) for name, rule in given.items()))
        count += 1
        if len(part) == PART:
            insert_rows(model, list(given), part, using=TO)
            part.clear()
    insert_rows(model, list(given), part, using=TO)
    return count


def _empty(field: models.Field[Any, Any]) -> Any:
    """What nothing looks like in a column."""
    if field.null:
        return None
    return b"" if isinstance(field, models.BinaryField) else ""


def _inventing(folder: Path) -> Inventing:
    """What people become in this copy. By what they were that is known nowhere once the copy is there."""
    seed = secrets.randbits(64)
    bsns = _invented_bsns(seed)
    postcodes = PostcodeDistrict.objects.using(FROM).order_by("postcode").values_list("postcode", flat=True).distinct()
    return Inventing(
        key=fresh_key("links"),
        seed=seed,
        ring=load_keys(folder / "keys.json", may_make=False),
        codes=_codes(),
        questions=frozenset(ScaleQuestion.objects.using(FROM).values_list("key", flat=True)),
        users=dict(User.objects.using(FROM).values_list("reference", "pk")),
        bsns=bsns,
        postcodes=list(postcodes),
    )


def _invented_bsns(seed: int) -> Mapping[bytes, str]:
    """Another number for each that is there; by every digest under which it stands, also while keys are renewed."""
    people = Person.objects.using(FROM).filter(bsn_encrypted__isnull=False)
    now: dict[bytes, bytes] = {}
    for sealed, digest in people.values_list("bsn_encrypted", "bsn_digest").iterator(chunk_size=PART):
        found = digest_now(sealed, digest) or b""
        now[bytes(digest or b"")] = now[found] = found
    different = sorted(set(now.values()))
    drawn = dict(zip(different, draw_bsns(stream(seed, "bsns"), len(different)), strict=False))
    return {digest: drawn[one] for digest, one in now.items()}


def _codes() -> Collection[str]:
    """Every code that Opstap, a scale, a code list or a trait of the municipality knows: no name is among them."""
    found = {str(one.value) for room in WITH_CODES for one in _members(room)}
    found |= set(Code.objects.using(FROM).values_list("code", flat=True))
    found |= set(Level.objects.using(FROM).values_list("code", flat=True))
    found |= set(Scale.objects.using(FROM).values_list("key", flat=True))
    for key, choices in TraitDefinition.objects.using(FROM).values_list("key", "choices"):
        found |= {key, f"own_{key}", *(str(code) for code, *_ in choices)}
    return frozenset(found).union(roles(), verbs(), ("yes", "no"))


def _members(room: str) -> Iterator[Enum]:
    for kind in vars(import_module(f"opstap.{room}.enums")).values():
        if isinstance(kind, type) and issubclass(kind, Enum):
            yield from kind
