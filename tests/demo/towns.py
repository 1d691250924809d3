"""Building towns in a test database, and reading their facts without the identities of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction

from opstap.accounts.models import Team, User
from opstap.audit.models import Recording, RecordingCounter
from opstap.audit.permissions import command_line, demo_builder
from opstap.clients.models import Client, Programme
from opstap.demo.logic.choices import Choices
from opstap.demo.operations import build_demo
from opstap.facts.selectors.cache import Facts, facts_of, forget_all
from opstap.facts.selectors.tables import TABLES
from opstap.ladder.models import Level, Scale
from opstap.ladder.operations import install_crosswalks, install_scales
from opstap.municipality.models import Municipality
from opstap.municipality.operations import install_code_lists

UNTIL = date(2026, 3, 31)


def build(clients: int, seed: int = 1, until: date = UNTIL) -> Municipality:
    """A town, in a database whose code lists were recorded this minute: a test that commits may have emptied it."""
    for install in (install_code_lists, install_scales, install_crosswalks):
        install(by=command_line())
    RecordingCounter.objects.update(last_at=None)
    forget_all()
    return build_demo(by=demo_builder(), choices=Choices(until, clients, seed))


@contextmanager
def for_a_while() -> Iterator[None]:
    """What is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_all()


def plain_facts(municipality: Municipality) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of facts by client number, moment of recording and names."""
    facts = facts_of(municipality.pk)
    words = _words(municipality)
    return {name: _plain(facts, name, words) for name in TABLES}


def _plain(facts: Facts, name: str, words: dict[str, dict[Any, Any]]) -> list[tuple[Any, ...]]:
    frame = facts.table(name)
    if "household_id" in frame.columns:
        members = facts.table("household_members")
        together = members.group_by("household_id").agg(pl.col("client_id").sort().first().alias("first"))
        frame = frame.join(together, on="household_id").drop("household_id")
    found = [
        tuple((column, words[column].get(value) if column in words else value) for column, value in row.items())
        for row in frame.drop("id").to_dicts()
    ]
    return sorted(found, key=repr)


def _words(municipality: Municipality) -> dict[str, dict[Any, Any]]:
    numbers = dict(Client.objects.filter(municipality=municipality).values_list("pk", "number"))
    levels = dict(Level.objects.values_list("pk", "code"))
    return {
        "client_id": numbers,
        "first": numbers,
        "recording": dict(Recording.objects.values_list("number", "at")),
        "worker_id": dict(User.objects.values_list("pk", "name")),
        "team_id": dict(Team.objects.values_list("pk", "name")),
        "programme_id": dict(Programme.objects.values_list("pk", "name")),
        "scale_id": dict(Scale.objects.values_list("pk", "key")),
        "level_id": levels,
        "expected_level_id": levels,
    }
