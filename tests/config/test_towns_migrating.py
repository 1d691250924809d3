"""Existing data after the migration: roles and lists are where the account is, as they always were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import environ
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from tests.postgres import own_database

ALIAS, DAY = "before", date(2024, 3, 1)
BEFORE = [("accounts", "0008_own_roles"), ("selections", "0001_first"), ("clients", "0008_why_of_applications")]
AFTER = [
    ("accounts", "0010_a_role_is_held_somewhere"),
    ("selections", "0003_a_list_is_of_somewhere"),
    ("clients", "0009_standing_in_somewhere"),
]


@pytest.fixture
def before(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An empty database of its own, on the server that is tested."""
    with ExitStack() as stack:
        if os.environ.get("OPSTAP_TEST_DATABASE") == "postgres":
            address = stack.enter_context(own_database())
            made = {**connections["default"].settings_dict, **environ.Env.db_url_config(address)}
        else:
            made = {**connections["default"].settings_dict, "NAME": str(tmp_path / "before.sqlite3")}
        stack.enter_context(django_db_blocker.unblock())
        connections.databases[ALIAS] = made
        try:
            yield ALIAS
        finally:
            connections[ALIAS].close()
            del connections.databases[ALIAS], connections[ALIAS]


def migrated(to: list[tuple[str, str]]) -> Any:
    """The models as they are then."""
    executor = MigrationExecutor(connections[ALIAS])
    executor.migrate(to)
    return executor.loader.project_state(to).apps


def test_what_is_there_stays_where_it_was(before: str) -> None:
    apps = migrated(BEFORE)
    make = {name: apps.get_model(*name.split(".")).objects.using(before).create for name in (
        "municipality.Municipality", "accounts.User", "accounts.RoleHolding", "selections.WorkingList",
    )}  # fmt: skip
    held = []
    for name in ("Noord", "Zuid"):
        town = make["municipality.Municipality"](reference=f"ref-{name}", name=name)
        for number in range(2):
            user = make["accounts.User"](reference=f"{name}-{number}", name=f"{name} {number}", municipality=town)
            make["accounts.RoleHolding"](user=user, role="case_manager", starts_on=DAY)
            make["accounts.RoleHolding"](user=user, role="matcher", starts_on=DAY, ends_on=date(2025, 1, 1))
            make["selections.WorkingList"](reference=f"l-{name}-{number}", owner=user, name="Bellen", query="")
            held.append((f"{name}-{number}", town.pk))
    apps = migrated(AFTER)
    roles = apps.get_model("accounts", "RoleHolding").objects.using(before)
    lists = apps.get_model("selections", "WorkingList").objects.using(before)
    users = apps.get_model("accounts", "User").objects.using(before)
    assert roles.count() == 8
    assert set(roles.values_list("user__reference", "municipality")) == set(held)
    assert set(lists.values_list("owner__reference", "municipality")) == set(held)
    assert set(users.values_list("works_in", flat=True)) == {None}
    assert roles.filter(ends_on__isnull=True, role="case_manager").count() == 4
