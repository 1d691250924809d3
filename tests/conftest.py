"""What every test stands on: the chosen database, append-only tables that can be emptied, a fresh cache of facts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.verbs import watched

settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("full", max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("full" if os.environ.get("OPSTAP_TEST_FULL") else "quick")


def _emptying_with_triggers_off() -> None:
    """Tests that commit are followed by an emptying of all tables, which append-only tables refuse."""
    empty = getattr(TransactionTestCase, "_fixture_teardown")  # noqa: B009 - unknown to the types

    def teardown(self: TransactionTestCase) -> None:
        from opstap.foundation import appendonly  # noqa: PLC0415 - models can't be imported before the apps are loaded

        for connection in connections.all(initialized_only=True):
            appendonly.remove(connection)
        empty(self)
        for connection in connections.all(initialized_only=True):
            appendonly.install(connection)

    setattr(TransactionTestCase, "_fixture_teardown", teardown)  # noqa: B010 - the one place all such tests pass


_emptying_with_triggers_off()


@pytest.fixture(autouse=True)
def _fresh_facts() -> Iterator[None]:
    """Numbers of recordings start again in each test, so no test may find the facts of another."""
    from opstap.facts.selectors.cache import forget_all  # noqa: PLC0415 - models can't be imported before the apps

    forget_all()
    yield
    forget_all()


@pytest.fixture(autouse=True)
def _reference_held() -> Iterator[None]:
    """A verb of facts that changes reference data fails the test that shows it."""
    with watched():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shipped code lists and scales, once, as `opstap migrate` installs them."""
    from opstap.audit.permissions import command_line  # noqa: PLC0415 - as above
    from opstap.ladder.operations import install_crosswalks, install_scales  # noqa: PLC0415
    from opstap.municipality.operations import install_code_lists  # noqa: PLC0415

    with django_db_blocker.unblock():
        install_code_lists(by=command_line())
        install_scales(by=command_line())
        install_crosswalks(by=command_line())
