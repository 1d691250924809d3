"""A municipality made by operations, and one with ten times as many clients by copying its rows."""

from __future__ import annotations

import random
from datetime import date, timedelta

PLACEMENTS = 10
DAY = date(2020, 6, 30)
SYLLABLES = "aar bek dam dijk ens erd gast hof ing kamp land meer nis oord pol ring stra tol veen wijk zand".split()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWZ"
RENUMBERED = {"client_id": "clients_client", "household_id": "clients_household", "barrier_id": "clients_barrier"}


def built(clients: int) -> str:
    """The first so many; returns the session of their coordinator."""
    from benchmarks.report_page import build

    chance = random.Random(3)

    def called() -> tuple[str, date]:
        name = chance.choice(LETTERS) + "".join(chance.choices(SYLLABLES, k=2))
        return name, date(1955, 1, 1) + timedelta(days=chance.randrange(16_000))

    cookie = build(clients, PLACEMENTS, called)
    circumstances()
    plans(chance)
    around(chance)
    return cookie


def circumstances() -> None:
    """Forty workers in four teams with nearly everybody between them; traits of most, a benefit of all."""
    from benchmarks.desk_pages import caseloads
    from opstap.audit.permissions import command_line
    from opstap.clients.logic import BenefitSpellRow, TraitRow
    from opstap.clients.models import Client
    from opstap.clients.operations import record_benefit_spells, record_traits

    caseloads()
    by, chance, since = command_line(), random.Random(2), date(2016, 1, 1)
    ids = list(Client.objects.values_list("pk", flat=True))
    kinds = {
        "low_literate": "yes no",
        "basic_qualification": "yes no",
        "integration": "duty none",
        "income_situation": "benefit_only work",
    }
    rows = [
        TraitRow(pk, kind, chance.choice(values.split()), since)
        for pk in ids
        for kind, values in kinds.items()
        if chance.random() < 0.8
    ]
    record_traits(by=by, rows=rows)
    record_benefit_spells(by=by, rows=[BenefitSpellRow(pk, "participatiewet", date(2010 + pk % 9, 1, 1)) for pk in ids])


def plans(chance: random.Random) -> None:
    """A trajectory of each third, half of them with an instrument."""
    from opstap.audit.permissions import command_line
    from opstap.clients.models import Client
    from opstap.plans.logic import InstrumentRow, TrajectoryRow
    from opstap.plans.operations import record_instruments, record_trajectories

    by = command_line()
    ids = list(Client.objects.values_list("pk", flat=True))[::3]
    begun = {pk: date(2018, 1, 1) + timedelta(days=chance.randrange(900)) for pk in ids}
    led = [TrajectoryRow(pk, _reference(pk), "work", begun[pk], maintains_level=True) for pk in ids]
    record_trajectories(by=by, rows=led, warn=False)
    kinds = ("wage_cost_subsidy", "sheltered_work")
    helped = [
        InstrumentRow(row.client_id, row.reference, row.reference, chance.choice(kinds), row.starts_on)
        for row in led[::2]
    ]
    record_instruments(by=by, rows=helped, warn=False)


def around(chance: random.Random) -> None:
    """An address of all, a barrier of half, an exemption of one in ten; one in ten has left follow-up by the day."""
    from opstap.audit.permissions import command_line
    from opstap.clients.logic import AddressRow, BarrierRow, ExemptionRow, FollowUpRow
    from opstap.clients.models import Client, FollowUp
    from opstap.clients.operations import record_addresses, record_barriers, record_exemptions, record_follow_ups

    by, since = command_line(), date(2016, 1, 1)
    ids = list(Client.objects.values_list("pk", flat=True))
    record_addresses(by=by, rows=[AddressRow(pk, since, postcode=f"{chance.randrange(8000, 8100)} AB") for pk in ids])
    record_barriers(by=by, rows=[BarrierRow(pk, chance.choice(("health", "care")), since) for pk in ids[::2]])
    record_exemptions(by=by, rows=[ExemptionRow(pk, "medical", since) for pk in ids[::10]])
    spells = FollowUp.objects.filter(client_id__in=ids[5::10]).values_list("client_id", "starts_on", "pk")
    ends = [
        FollowUpRow(
            pk, starts, DAY - timedelta(days=chance.randrange(600)), end_reason="benefit_ended", replaces_id=row
        )
        for pk, starts, row in spells
    ]
    record_follow_ups(by=by, rows=ends)


def ten_times() -> None:
    """Nine copies of every client with all that is recorded of them: each born some days later than the one before."""
    from django.apps import apps
    from django.db import connection, transaction

    from opstap.clients.models import Client

    models = [model for model in apps.get_models() if any(f.attname == "client_id" for f in model._meta.fields)]
    tables = {model._meta.db_table: [f.column for f in model._meta.fields] for model in [Client, *models]}
    with transaction.atomic(), connection.cursor() as cursor:
        most = {}
        for table in tables:
            cursor.execute(f'SELECT MAX("id") FROM "{table}"')
            most[table] = cursor.fetchone()[0] or 0
        for table, columns in tables.items():
            if not most[table]:
                continue
            for copy in range(1, 10):
                values = ", ".join(_copied(table, column, copy, most) for column in columns)
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE "id" <= {most[table]}'
                )


def _reference(client_id: int) -> str:
    """One of each kind for a client, in letters that references have."""
    return f"{client_id:012}".replace("0", "z").replace("1", "y")


def _copied(table: str, column: str, copy: int, most: dict[str, int]) -> str:
    if column in {"id", "replaces_id"}:
        return f'"{column}" + {copy * most[table]}'
    if column in RENUMBERED:
        return f'"{column}" + {copy * most.get(RENUMBERED[column], 0)}'
    if column in {"reference", "trajectory"}:
        own = "id" if table == "clients_client" else "client_id"
        return f"REPLACE(REPLACE(PRINTF('%012d', \"{own}\" + {copy * most['clients_client']}), '0', 'z'), '1', 'y')"
    if table == "clients_client" and column == "number":
        return f"'C' || (\"id\" + {copy * most[table]})"
    if column == "birth_date":
        return f"DATE(\"{column}\", '+{copy * (1 + most[table] % 11)} days')"
    return f'"{column}"'
