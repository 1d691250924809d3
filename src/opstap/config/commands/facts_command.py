"""`opstap facts export`: the columnar facts, one CSV a table, or all on standard output as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from opstap.audit.logic.seen import note_everyone
from opstap.audit.selectors import recording_known_at
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands.choosing import meant_by, the_municipality
from opstap.config.commands.logging import begin
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.export import export_tables
from opstap.foundation.dates import parse_moment


def run(arguments: list[str]) -> int:
    """Export the facts."""
    parser = Arguments("facts")
    parser.add_argument("action", choices=["export"])
    parser.add_argument("--out", metavar="FOLDER", help="een CSV per tabel in deze map schrijven")
    parser.add_argument("--known-at", help="zoals bekend op dit moment")
    parser.add_argument("--municipality", help="als er meer zijn")
    given = parser.parse_args(arguments)
    begin("facts", lambda: meant_by(given.municipality))
    recording = None
    if given.known_at:
        try:
            recording = recording_known_at(parse_moment(given.known_at))
        except ValueError:
            message = f"'{given.known_at}' is geen moment. Schrijf het als 2010-09-15 of 2010-09-15T14:00."
            raise WrongUse(message) from None
    tables = export_tables(facts_of(the_municipality(given.municipality).pk, recording=recording))
    note_everyone(max((frame["client"].n_unique() for frame in tables.values() if "client" in frame), default=0))
    if given.out is None:
        for name, frame in tables.items():
            for row in frame.iter_rows(named=True):
                sys.stdout.write(json.dumps({"table": name, **row}, ensure_ascii=False, default=str) + "\n")
        return 0
    _write(tables, Path(given.out))
    return 0


def _write(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            frame.write_csv(folder / f"{name}.csv")
            sys.stderr.write(f"{name}.csv: {frame.height} rijen\n")
    except OSError as error:
        message = f"in '{folder}' kan niet geschreven worden: {error.strerror}. Kies een andere map met --out."
        raise Refusal(message) from None
