"""`opstap publications`: what was set down, one of them on the terminal or in a file, and made again."""

from __future__ import annotations

import json
import sys

from django.utils.translation import override

from opstap.config.arguments import Arguments
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands.choosing import meant_by, the_municipality, write_out
from opstap.config.commands.logging import begin
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import latest_row, publications_of, tables_within
from opstap.reporting.selectors.released.again import made_again
from opstap.reporting.tables.released.files import as_file, as_json, as_text, contents_of
from opstap.reporting.tables.released.words import publication_line

DIFFERS = 1


def run(arguments: list[str]) -> int:
    """List what was set down, or show one."""
    given = _parser().parse_args(arguments)
    begin("publications", lambda: meant_by(given.municipality))
    town = the_municipality(given.municipality)
    with override("nl"):
        if given.reference is None:
            sys.stdout.write(_listed(town.pk, given.format))
            return 0
        found = latest_row(town.pk, given.reference)
        if found is None:
            raise WrongUse(f"publicatie '{given.reference}' bestaat niet. Zie opstap publications voor de lijst.")
        if not found.figures or found.withdrawn:
            line = publication_line(found)
            raise Refusal(f"publicatie {found.reference} is er niet: {line.said}. {line.why}".rstrip())
        if given.again:
            return _again(found)
        write_out(_rendered(found, given.format, given.table), given.out)
    return 0


def _parser() -> Arguments:
    parser = Arguments("publications")
    parser.add_argument("reference", nargs="?", help="kenmerk van een publicatie of tabel; zonder: de lijst")
    parser.add_argument("--again", action="store_true", help="opnieuw maken uit de twee klokken en vergelijken")
    parser.add_argument("--format", choices=["table", "json", "csv", "xlsx", "ods"], default="table")
    parser.add_argument("--table", default="", help="sleutel van een tabel, zoals level-by-growth")
    parser.add_argument("--out", help="naar dit bestand schrijven")
    parser.add_argument("--municipality", help="als er meer zijn")
    return parser


def _listed(municipality_id: int, file_format: str) -> str:
    """Each with the tables that were made beside it."""
    whole = publications_of(municipality_id)
    found = [row for one in whole for row in (one, *tables_within(municipality_id, one.reference))]
    if file_format == "json":
        return json.dumps([as_json(one) for one in found], ensure_ascii=False, indent=2) + "\n"
    return "".join(_line(one) for one in found)


def _line(one: Publication) -> str:
    line = publication_line(one)
    beside = "  " if one.within else ""
    return f"{line.reference}  {line.on:%d-%m-%Y}  {line.said:<26}  {beside}{line.title}\n"


def _again(found: Publication) -> int:
    whole = latest_row(found.municipality_id, found.within) if found.within else None
    again = made_again(found, whole)
    erased = f" {again.erased} van de getelde mensen zijn sindsdien gewist." if again.erased else ""
    if again.differing:
        sys.stdout.write(f"{again.differing} van {again.cells} cijfers wijken af.{erased}\n")
        return DIFFERS
    sys.stdout.write(f"Alle {again.cells} cijfers zijn tot op het cijfer gelijk.{erased}\n")
    return 0


def _rendered(found: Publication, file_format: str, table: str) -> bytes:
    keys = [*contents_of(found)]
    if table and table not in keys:
        raise WrongUse(f"publicatie {found.reference} heeft geen tabel '{table}'. Er zijn: {', '.join(keys)}.")
    if file_format == "json":
        return (json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n").encode()
    if file_format == "table":
        return as_text(found, table).encode()
    return as_file(found, next(known for known in CONTENT_TYPES if known == file_format), table)
