"""An import of 100,000 rows against a bare insert of all the rows that result, over all tables, in one run.

Limits: at most 15 times the bare insert (executemany on SQLite, COPY on PostgreSQL), lock held under 10 s.
Started as `python benchmarks/import_rows.py [--rows N] [--profile]`; DATABASE_URL names an empty scratch PostgreSQL.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import io
import os
import pstats
import sqlite3
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SNEEK = ROOT / "tests" / "examples" / "sneek-2010" / "clienten.csv"
LIMIT, LOCK_LIMIT = 15.0, 10.0
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
Tables = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def main() -> int:
    """Generate, import, insert bare, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true", help="say where the time of the import goes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opstap-benchmark-") as folder:
        os.environ.update(OPSTAP_DATA=folder, DJANGO_SETTINGS_MODULE="opstap.config.settings", OPSTAP_MAY_MAKE_KEYS="1")
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        set_up()
        content = generated(given.rows)
        profile = cProfile.Profile()
        if given.profile:
            profile.enable()
        taken, locked = imported(content)
        if given.profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        tables = rows_that_resulted()
        bare = bare_insert(tables, Path(folder) / "bare.sqlite3")
    return judged(given.rows, sum(len(rows) for _, rows in tables.values()), taken, locked, bare)


def judged(rows: int, resulting: int, taken: float, locked: float, bare: float) -> int:
    """Print the figures with their limits; 1 when one is not met."""
    ratio = taken / bare
    print(f"{rows} rows in the file became {resulting} rows in the database")
    print(f"bare insert of these: {bare:.2f} s")
    print(f"import: {taken:.2f} s, {ratio:.2f} times the bare insert (limit {LIMIT:g})")
    print(f"lock held: {locked:.2f} s (limit {LOCK_LIMIT:g} s), {locked / bare:.2f} times the bare insert")
    met = ratio <= LIMIT and locked < LOCK_LIMIT
    print("met" if met else "NOT met")
    return 0 if met else 1


def set_up() -> None:
    """An empty installation with one municipality."""
    import django

    django.setup()
    from opstap.audit.permissions import command_line
    from opstap.config.commands.migrate_command import bring_up_to_date
    from opstap.foundation import dates
    from opstap.municipality.models import Municipality
    from opstap.municipality.operations import create_municipality

    bring_up_to_date()
    if Municipality.objects.exists():
        raise SystemExit("DATABASE_URL names a database that is not empty; nothing was done")
    create_municipality(by=command_line(), name="Meetstad", since=dates.years_before(dates.today(), 20))


def generated(count: int) -> bytes:
    """The Sneek example over and over, each row with a client number and a BSN of its own."""
    with SNEEK.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        headings, *lines = list(reader)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    numbers = bsns()
    for place in range(count):
        writer.writerow([f"M{place:07}", next(numbers), *lines[place % len(lines)][2:]])
    return out.getvalue().encode("utf-8-sig")


def bsns() -> Any:
    """Numbers that pass the 11-test, starting with 9."""
    for first in range(90_000_000, 100_000_000):
        rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, str(first), strict=True)) % 11
        if rest < 10:
            yield f"{first}{rest}"


def imported(content: bytes) -> tuple[float, float]:
    """Seconds of the whole import, from the bytes of the file to the commit; and those in which others waited."""
    from opstap.audit.permissions import command_line
    from opstap.exchange.operations import import_checked
    from opstap.exchange.selectors.checking import check_file
    from opstap.exchange.selectors.files import read_file
    from opstap.exchange.selectors.terms import terms_for
    from opstap.municipality.models import Municipality

    began = perf_counter()
    file = read_file(content, "meetstad.csv")
    read = perf_counter()
    checked = check_file(file, terms=terms_for(Municipality.objects.get()), overrides={})
    done = perf_counter()
    outcome = import_checked(by=command_line(), checked=checked)
    taken = perf_counter() - began
    assert outcome.checked.counts()["new"] == len(file.rows), outcome.checked.counts()
    print(f"reading {read - began:.2f} s, checking {done - read:.2f} s, confirming {began + taken - done:.2f} s")
    return taken, outcome.seconds_locked


def rows_that_resulted() -> Tables:
    """Every row of the tables that an import fills, as the database gives them back."""
    from django.db import connection

    from opstap.accounts.models import Team, TeamMembership, User
    from opstap.audit.operations.facts import fact_models
    from opstap.clients.models import BsnHolder, Client

    tables: Tables = {}
    for model in (Team, User, TeamMembership, Client, BsnHolder, *fact_models()):
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        names = ", ".join(column_as_stored(field, connection.vendor) for field in model._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY id')
            tables[table] = (columns, cursor.fetchall())
    return {table: found for table, found in tables.items() if found[1]}


def column_as_stored(field: Any, vendor: str) -> str:
    """Without its declared type a day comes as the text that it is in SQLite."""
    if vendor == "sqlite" and field.get_internal_type() in {"DateField", "DateTimeField", "BooleanField"}:
        return f'CAST("{field.column}" AS {"INTEGER" if field.get_internal_type() == "BooleanField" else "TEXT"})'
    return f'"{field.column}"'


def bare_insert(tables: Tables, path: Path) -> float:
    """Seconds for the same rows into the same tables with their indexes, without any check, in one transaction."""
    from django.db import connection

    return into_postgres(tables, connection) if connection.vendor == "postgresql" else into_sqlite(tables, path)


def into_sqlite(tables: Tables, path: Path) -> float:
    """Into a second file, by executemany, with the same settings of the file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL")
        statements = [sql for table, sql in cursor.fetchall() if table in tables]
    bare = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "mmap_size=268435456"):
        bare.execute(f"PRAGMA {setting}")
    for sql in statements:
        bare.execute(sql)
    began = perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for table, (columns, rows) in tables.items():
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        bare.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
    bare.execute("COMMIT")
    taken = perf_counter() - began
    bare.close()
    return taken


def into_postgres(tables: Tables, connection: Any) -> float:
    """Into a second schema, by COPY."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        cursor.execute("CREATE SCHEMA bare")
        for table in tables:
            cursor.execute(f'CREATE TABLE bare."{table}" (LIKE "{table}" INCLUDING ALL)')
        began = perf_counter()
        cursor.execute("BEGIN")
        for table, (columns, rows) in tables.items():
            names = ", ".join(f'"{column}"' for column in columns)
            with cursor.copy(f'COPY bare."{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.execute("COMMIT")
        taken = perf_counter() - began
        cursor.execute("DROP SCHEMA bare CASCADE")
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
