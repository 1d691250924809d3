"""`opstap migrate`: the database with its triggers, code lists and scales."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.belonging import refuse_other_keys
from opstap.config.command import Refusal
from opstap.config.databases import LOG, log_stands_apart, without_limit
from opstap.config.shipped import is_installed, note_installed
from opstap.exchange.operations import home_kept_values
from opstap.ladder.operations import install_crosswalks, install_scales
from opstap.municipality.operations import install_code_lists

MIGRATING = 0x6F707374  # the number of PostgreSQL's advisory lock: the letters "opst"


class WholeOrNot(MigrationExecutor):
    """A migration is noted in the transaction that does it, also where indexes are made at its end.

    Django notes such a one a moment later; killed in between, the next start would make its tables again and fail.
    """

    def apply_migration(self, state: Any, migration: Migration, fake: bool = False, fake_initial: bool = False) -> Any:
        """As Django does, with what waits for the end done before it is noted."""
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # its stubs are of an older Django
        return state


setattr(migrate, "MigrationExecutor", WholeOrNot)  # noqa: B010 - the command has no other way to be given one


def run(arguments: list[str]) -> int:
    """Bring the database up to date."""
    Arguments("migrate").parse_args(arguments)
    bring_up_to_date()
    sys.stdout.write("De database is bij.\n")
    return 0


def bring_up_to_date() -> None:
    """Apply migrations, put triggers in place, and install the shipped code lists and scales. One at a time."""
    with _alone():
        _bring_up_to_date()


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever comes second waits: two that make the same tables would trip over each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, without_limit(connection):
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
        return
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    with (Path(settings.DATA) / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up_to_date() -> None:
    refuse_half_way(MigrationLoader(connection))
    call_command("migrate", verbosity=0, interactive=False)
    if log_stands_apart():
        call_command("migrate", "audit", database=LOG, verbosity=0, interactive=False)
    refuse_other_keys()
    install_code_lists(by=command_line())
    install_scales(by=command_line())
    home_kept_values(by=command_line())
    install_crosswalks(by=command_line())
    note_installed()


def refuse_half_way(loader: MigrationLoader) -> None:
    """Stop at a database that went through some of the migrations that were put together into one, not all."""
    half_way = [
        name
        for name, migration in loader.disk_migrations.items()
        if 0 < len(loader.applied_migrations.keys() & set(migration.replaces)) < len(migration.replaces)
        and name not in loader.applied_migrations
    ]
    if half_way:
        rooms = ", ".join(sorted(room for room, _name in half_way))
        raise Refusal(
            f"deze database ({rooms}) is van een eerdere versie dan deze Opstap kan bijwerken. Werk haar eerst bij met "
            "de versie van 25 november 2026, en daarna met deze. Van een demo kan de gegevensmap weg: begin opnieuw."
        )


def is_up_to_date() -> bool:
    """Whether no migration waits, and what is shipped was installed to the end since."""
    executor = MigrationExecutor(connection)
    refuse_half_way(executor.loader)
    if not is_installed(executor.loader.applied_migrations):
        return False
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return not log_stands_apart() or _log_is_up_to_date()


def _log_is_up_to_date() -> bool:
    executor = MigrationExecutor(connections[LOG])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("audit"))


def ensure_up_to_date() -> None:
    """Bring the database up to date when anything waits. Whoever had to wait for that looks again: doing it twice

    writes while the first one imports already.
    """
    if not is_up_to_date():
        with _alone():
            if not is_up_to_date():
                _bring_up_to_date()
                return
    refuse_other_keys()
