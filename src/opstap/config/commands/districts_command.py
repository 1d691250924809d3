"""`opstap districts FILE`: take over a table of postcodes with their wijk and buurt."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from django.utils.translation import override

from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.choosing import meant_by, the_municipality
from opstap.config.commands.logging import begin
from opstap.exchange.logic.districts import DistrictsRefused
from opstap.exchange.operations import import_districts
from opstap.exchange.tables.district_texts import as_sentence, outcome, told
from opstap.exchange.tables.refusal_texts import describe_refusal
from opstap.foundation import dates
from opstap.foundation.spreadsheets.tables import SpreadsheetRefused

SHOWN_FAULTS = 20


def run(arguments: list[str]) -> int:
    """Take the table over, whole or not at all."""
    parser = Arguments("districts")
    parser.add_argument("file", metavar="FILE", help="xlsx, ods of csv met de kolommen Postcode en Wijk")
    parser.add_argument("--since", help="de dag waarop de tabel ingaat (vandaag)")
    parser.add_argument("--municipality", help="als er meer zijn")
    given = parser.parse_args(arguments)
    since = _day(given.since)
    try:
        content = Path(given.file).read_bytes()
    except OSError as fault:
        raise Refusal(f"'{given.file}' kan niet gelezen worden: {fault.strerror}.") from None
    begin("districts", lambda: meant_by(given.municipality))
    municipality = the_municipality(given.municipality)
    with override("nl"):
        try:
            change = import_districts(
                by=command_line(),
                municipality=municipality,
                content=content,
                file_name=Path(given.file).name,
                since=since,
            )
        except SpreadsheetRefused as refused:
            words = describe_refusal(refused.code, refused.params)
            raise Refusal(f"{words.message} {words.fix}") from None
        except DistrictsRefused as refused:
            lines = [as_sentence(told(fault, since)) for fault in refused.faults[:SHOWN_FAULTS]]
            more = len(refused.faults) - len(lines)
            rest = [f"En nog {more}."] if more else []
            raise Refusal("\n".join(["er is niets overgenomen.", *lines, *rest])) from None
        sys.stdout.write(outcome(change, since) + "\n")
    return 0


def _day(text: str | None) -> date:
    if text is None:
        return dates.today()
    try:
        return dates.parse_day(text)
    except ValueError:
        raise Refusal(f"'{text}' is geen dag. Schrijf 2026-12-31 of 31-12-2026.") from None
