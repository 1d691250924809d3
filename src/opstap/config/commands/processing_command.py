"""`opstap processing export`: the processing log as JSON lines, in the shape of the Logboek Dataverwerkingen."""

from __future__ import annotations

import json
import sys
from datetime import date

from opstap.config.arguments import Arguments
from opstap.config.command import WrongUse
from opstap.config.commands.choosing import meant_by, the_municipality
from opstap.config.commands.logging import begin
from opstap.foundation import dates
from opstap.privacy.selectors.processing import lines_between
from opstap.privacy.tables.processing import as_logged


def run(arguments: list[str]) -> int:
    """Write every line of a period, the earliest first."""
    parser = Arguments("processing")
    parser.add_argument("action", choices=["export"], help="export: elke regel als een regel JSON")
    parser.add_argument("--from", dest="first", required=True, metavar="DAG", help="de eerste dag")
    parser.add_argument("--until", dest="last", metavar="DAG", help="de laatste dag (vandaag)")
    parser.add_argument("--municipality", help="als er meer zijn")
    given = parser.parse_args(arguments)
    first, last = _day(given.first), _day(given.last) if given.last else dates.today()
    if last < first:
        raise WrongUse(f"{last} ligt voor {first}. Noem bij --until een latere dag.")
    begin("processing", lambda: meant_by(given.municipality))
    for line in lines_between(the_municipality(given.municipality).pk, first, last):
        sys.stdout.write(json.dumps(as_logged(line), ensure_ascii=False) + "\n")
    return 0


def _day(text: str) -> date:
    try:
        return dates.parse_day(text)
    except ValueError:
        raise WrongUse(f"'{text}' is geen dag. Schrijf 2026-12-31 of 31-12-2026.") from None
