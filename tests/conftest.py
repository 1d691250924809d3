"""What every test stands on: the chosen database, append-only tables that can be emptied, a fresh cache of facts."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from opstap.config.backups import in_use
from opstap.foundation.references import PATTERN
from tests.drawing import DRAWS, drawn, is_longest
from tests.twice import sent_twice
from tests.verbs import watched

LEADS_TO_CLIENT = re.compile(rb"/clienten/(" + PATTERN.encode() + rb")/")

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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every page writes the access log, so whoever may use the database may use that of the log.

    Of what takes long a part is drawn, where that was asked: of what is left when marks and words have chosen, and of
    what is not skipped.
    """
    if DRAWS:
        on_postgres = os.environ.get("OPSTAP_TEST_DATABASE") == "postgres"
        pages = [item.nodeid for item in items if on_postgres and "client" in getattr(item, "fixturenames", ())]
        skipped = {item.nodeid for item in items if _is_skipped(item)}
        kept = skipped | drawn([item.nodeid for item in items if item.nodeid not in skipped], pages)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
        items[:] = sorted((item for item in items if item.nodeid in kept), key=lambda item: not is_longest(item.nodeid))
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ())):
            asked = {**(marker.kwargs if marker else {}), "databases": ["default", "log"]}
            item.add_marker(pytest.mark.django_db(**asked), append=False)


def _is_skipped(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("skip")) or any(
        mark.args[:1] == (True,) for mark in item.iter_markers("skipif")
    )


def pytest_collection_finish() -> None:
    """Four thousand tests and their modules stay: the collector need not walk through them again and again.

    A fifth of the time of the tests that ask for pages went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True)
def _nobody_is_shown_unlogged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever page a test asks for: each client whom its answer leads to stands in the access log."""
    from opstap.accounts.middleware import AccessLog  # noqa: PLC0415 - models can't be imported before the apps

    log = AccessLog._log

    def checked(self: AccessLog, request: Any, response: Any, seen: Any, user: Any) -> None:
        log(self, request, response, seen, user)
        shown = set(LEADS_TO_CLIENT.findall(b"" if response.streaming else response.content))
        unlogged = {one.decode() for one in shown} - {seen.subject, *seen.listed}
        assert not unlogged, f"{request.path} shows clients that the access log does not know of: {unlogged}"

    monkeypatch.setattr(AccessLog, "_log", checked)


@pytest.fixture(autouse=True)
def _who_is_let_in_has_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that lets somebody in without the page of signing in means: with the second step done."""
    let_in = Client.force_login

    def proved(self: Client, user: Any, backend: str | None = None) -> None:
        let_in(self, user, backend=backend)
        session = self.session
        session["proved"] = True
        session.save()

    monkeypatch.setattr(Client, "force_login", proved)


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


@pytest.fixture(autouse=True)
def _what_comes_twice_is_saved_once() -> Iterator[None]:
    """Every form that a test sends is sent again, with the same key."""
    with sent_twice():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The shipped code lists and scales, once, as `opstap migrate` installs them."""
    from opstap.audit.permissions import command_line  # noqa: PLC0415 - as above
    from opstap.config.databases import log_stands_apart  # noqa: PLC0415
    from opstap.config.shipped import note_installed  # noqa: PLC0415
    from opstap.ladder.operations import install_crosswalks, install_scales  # noqa: PLC0415
    from opstap.municipality.operations import install_code_lists  # noqa: PLC0415

    with django_db_blocker.unblock():
        if log_stands_apart():  # its tables were made from the models: tell it that its migrations are done
            call_command("migrate", "audit", database="log", fake=True, verbosity=0)
        install_code_lists(by=command_line())
        install_scales(by=command_line())
        install_crosswalks(by=command_line())
        note_installed()
    yield
    connections["log"].close()  # on PostgreSQL it holds the database that is taken away now


def pytest_sessionfinish() -> None:
    """A command that ran within a test holds its data folder until the process ends."""
    for lock in in_use._held:
        lock.close()
