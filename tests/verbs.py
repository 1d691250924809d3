"""Holds, while any test runs, that a verb of facts changes no reference data: see `opstap/audit/verbs.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

ROOMS = ("accounts", "municipality", "ladder")
KEPT = {
    "accounts.draft",
    "accounts.session",
    "accounts.secondfactor",
    "municipality.setupcode",
    "ladder.measurement",
}  # no reference data
MORE = {"clients.programme"}
# Where somebody works is read with them as they sign in, and nothing that is remembered holds it.
OWN = re.compile(r'^UPDATE "accounts_user" SET "works_in_id" = %s WHERE ')
WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@cache
def reference_tables() -> frozenset[str]:
    """The tables that processes remember the answers of."""
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    return frozenset(
        model._meta.db_table for model in [*models, *map(apps.get_model, MORE)] if model._meta.label_lower not in KEPT
    )


class ReferenceChanged(AssertionError):
    """A recording whose verbs are of facts only changed reference data."""


class _Watch:
    def __init__(self) -> None:
        self.verbs: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        from opstap.audit.logic.verbs import verbs_of_facts  # noqa: PLC0415 - models come once the apps are loaded
        from opstap.audit.selectors import open_recording  # noqa: PLC0415

        found = None if OWN.match(sql) else WRITES.match(sql)
        if found and found[2] == "audit_recording":
            self.verbs = set()
        elif found and found[2] == "audit_event" and params:  # without any a migration copies the table
            self.verbs.add(params[1])
        elif found and found[2] in reference_tables() and self.verbs <= set(verbs_of_facts()) and open_recording.get():
            message = f"{sorted(self.verbs)} wrote in {found[2]}: such a verb stands under `reference`"
            raise ReferenceChanged(message)
        return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[None]:
    """While this lasts."""
    with connection.execute_wrapper(_Watch()):
        yield
