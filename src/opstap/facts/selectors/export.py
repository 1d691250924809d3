"""The facts as tables that stand on their own: people by client number, levels by code; equal for equal facts."""

from __future__ import annotations

import polars as pl

from opstap.accounts.models import Team, User
from opstap.clients.models import Client, Programme
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.tables import CLOCK, TABLES
from opstap.ladder.models import Level, Scale

LEFT_OUT = {"second_assessment", "folded_name", "died_on"}  # no name or death leaves with the facts


def export_tables(facts: Facts) -> dict[str, pl.DataFrame]:
    """Every table with client number and codes instead of ids, without the clock of knowledge, sorted."""
    numbers = _mapping(Client.objects.filter(municipality=facts.municipality_id).values_list("pk", "number"))
    named = {
        "scale_id": ("scale", _mapping(Scale.objects.values_list("pk", "key"))),
        "level_id": ("level", _mapping(Level.objects.values_list("pk", "code"))),
        "expected_level_id": ("expected_level", _mapping(Level.objects.values_list("pk", "code"))),
        "goal_level_id": ("goal_level", _mapping(Level.objects.values_list("pk", "code"))),
        "team_id": ("team", _mapping(Team.objects.values_list("pk", "name"))),
        "worker_id": ("worker", _mapping(User.objects.values_list("pk", "name"))),
        "programme_id": ("programme", _mapping(Programme.objects.values_list("pk", "name"))),
        "client_id": ("client", numbers),
        "household_id": ("household", _households(facts, numbers)),
    }
    tables = {}
    for name in TABLES:
        frame = facts.table(name)
        words = [
            pl.col(column).replace_strict(mapping, default=None, return_dtype=pl.String).alias(word)
            for column, (word, mapping) in sorted(named.items(), key=lambda one: one[1][0] != "client")
            if column in frame.columns
        ]
        rest = [
            column for column in frame.columns if column not in CLOCK and column not in named and column not in LEFT_OUT
        ]
        exported = frame.select(*words, *rest)
        tables[name] = exported.sort(exported.columns)
    return tables


def _households(facts: Facts, numbers: dict[int, str]) -> dict[int, str]:
    """A household goes by the client number of its first member."""
    members = facts.table("household_members").select("household_id", "client_id").rows()
    named: dict[int, str] = {}
    for household, client in members:
        number = numbers[client]
        named[household] = min(named.get(household, number), number)
    return named


def _mapping(pairs: object) -> dict[int, str]:
    return dict(pairs)  # type: ignore[call-overload, no-any-return]  # rows of two columns
