"""`opstap migrate`: the database with its triggers, code lists and scales."""

from __future__ import annotations

import argparse
import sys

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opstap.audit.permissions import command_line
from opstap.ladder.operations import install_scales
from opstap.municipality.operations import install_code_lists


def run(arguments: list[str]) -> int:
    """Bring the database up to date."""
    argparse.ArgumentParser(prog="opstap migrate").parse_args(arguments)
    bring_up_to_date()
    sys.stdout.write("De database is bij.\n")
    return 0


def bring_up_to_date() -> None:
    """Apply migrations, put triggers in place, and install the shipped code lists and scales."""
    call_command("migrate", verbosity=0, interactive=False)
    install_code_lists(by=command_line())
    install_scales(by=command_line())


def is_up_to_date() -> bool:
    """Whether no migration waits."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def ensure_up_to_date() -> None:
    """Bring the database up to date when a migration waits."""
    if not is_up_to_date():
        bring_up_to_date()
