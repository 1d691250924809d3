"""`opstap import FILE`: clients and placements from a spreadsheet; and undoing such an import."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import override

from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.command import DONE, WRONG_USE, Refusal
from opstap.config.commands.choosing import meant_by, the_municipality
from opstap.config.commands.logging import begin
from opstap.exchange.enums import Halt
from opstap.exchange.logic import ColumnsRefused
from opstap.exchange.logic.progress import Step
from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import ImportHalted, empty_old_staging, import_checked, undo_import
from opstap.exchange.selectors.checking import Checked, check_file
from opstap.exchange.selectors.files import merged_overrides, read_file, remembered_overrides
from opstap.exchange.selectors.halts import halt_of
from opstap.exchange.selectors.terms import NOT_MADE, Terms, UnknownScale, terms_for
from opstap.exchange.tables.halt_texts import explain_halt
from opstap.exchange.tables.outcomes import as_lines, as_object, unreadable_object
from opstap.exchange.tables.problem_texts import describe_code
from opstap.exchange.tables.refusal_texts import describe_refusal
from opstap.foundation import dates
from opstap.foundation.spreadsheets.tables import SpreadsheetRefused
from opstap.municipality.models import Municipality

FIRST_MUNICIPALITY = "Mijn gemeente"
DEFAULT_SCALE = "vng"
LONG = 5_000
STEPS: dict[Step, str] = {"rows": "rijen gelezen", "clients": "cliënten vergeleken"}
WAYS_OUT = {
    Halt.COLUMNS_UNUSABLE: "Op de opdrachtregel: --map 'KOLOM=veld', of --map 'KOLOM=' om een kolom apart te houden.",
    Halt.ROWS_REFUSED: "Op de opdrachtregel: --skip-refused leest alleen de goede rijen in.",
    Halt.LARGE_CHANGE: "Op de opdrachtregel: --accept-large-change.",
}


def run(arguments: list[str]) -> int:
    """Import, try, or undo, as the arguments say."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if (given.file is None) == (given.undo is None):
        parser.error("noem een bestand om in te lezen, of --undo met het kenmerk van een import")
    with override("nl"):
        if given.undo is not None:
            return _undo(given.undo)
        return _import(given)


def _parser() -> Arguments:
    parser = Arguments("import", "Leest cliënten en plaatsingen in uit xlsx, xls, ods of csv.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="het bestand")
    parser.add_argument("--dry-run", action="store_true", help="controleer alleen, leg niets vast")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="vorm van de uitkomst")
    parser.add_argument(
        "--map", action="append", default=[], type=_mapping, metavar="HEADING=field", help="wat een kolom betekent"
    )
    parser.add_argument("--scale", metavar="KEY", help="ladder waarop de treden staan")
    parser.add_argument("--reference-date", type=_day, metavar="DATE", help="peildatum van het bestand")
    parser.add_argument("--municipality", metavar="NAME", help="gemeente, als er meer zijn of als zij nog niet bestaat")
    parser.add_argument("--skip-refused", action="store_true", help="sla geweigerde rijen over")
    parser.add_argument("--strict", action="store_true", help="weiger onbekende teams en medewerkers")
    parser.add_argument("--accept-large-change", action="store_true", help="neem ook een grote verandering over")
    parser.add_argument("--undo", metavar="REFERENCE", help="draai een import terug")
    return parser


def _mapping(text: str) -> tuple[str, str]:
    heading, sign, field = text.rpartition("=")
    if not sign or not heading.strip():
        message = f"'{text}' kan niet: schrijf KOLOM=veld, of KOLOM= om de kolom apart te houden"
        raise argparse.ArgumentTypeError(message)
    return heading.strip(), field.strip()


def _day(text: str) -> date:
    try:
        return dates.parse_day(text)
    except ValueError:
        message = f"'{text}' is geen dag: schrijf 2026-12-31 of 31-12-2026"
        raise argparse.ArgumentTypeError(message) from None


def _import(given: argparse.Namespace) -> int:
    content = _content(given)
    begin("import", lambda: meant_by(given.municipality))
    progress = _Progress()
    progress.say("bestand lezen")
    try:
        file = read_file(content, Path(given.file).name)
    except SpreadsheetRefused as refused:
        raise _unreadable(given, refused.code, *describe_refusal(refused.code, refused.params)) from None
    progress.long = progress.long or len(file.rows) > LONG
    try:
        terms = _terms(given)
        progress.say(f"{len(file.rows)} rijen controleren")
        remembered = remembered_overrides(terms.municipality, file.headings)
        overrides = merged_overrides(remembered, dict(given.map))
        checked = check_file(file, terms=terms, overrides=overrides, told=progress.count)
    except UnknownScale as unknown:
        return _wrong(f"er is geen ladder '{unknown.key}'. Er zijn: {', '.join(unknown.known)}.")
    except ColumnsRefused as refused:
        return _wrong(" ".join(describe_code(refused.code, refused.params)))
    return _concluded(given, checked, progress)


def _content(given: argparse.Namespace) -> bytes:
    name = given.file
    try:
        return Path(name).read_bytes()
    except IsADirectoryError:
        refusal = _unreadable(given, "file_is_folder", f"'{name}' is een map, geen bestand.", "Noem het bestand erin.")
    except FileNotFoundError:
        message = f"Het bestand '{name}' bestaat niet."
        refusal = _unreadable(given, "file_missing", message, "Controleer de naam en de map.")
    except OSError as error:
        message = f"Het bestand '{name}' kan niet gelezen worden: {error.strerror}."
        refusal = _unreadable(given, "file_unreadable", message, "Controleer of u het bestand mag lezen.")
    raise refusal


def _unreadable(given: argparse.Namespace, code: str, message: str, fix: str) -> Refusal:
    """Said as an object too, where the other program waits for one."""
    if given.format == "json":
        _print([json.dumps(unreadable_object(code, message, fix), ensure_ascii=False, indent=1)])
    return Refusal(f"{message} {fix}")


def _terms(given: argparse.Namespace) -> Terms:
    """For the municipality that is meant; on an empty installation for one that is still to be made."""
    scale = given.scale
    if Municipality.objects.exists():
        municipality = the_municipality(given.municipality)
    else:
        municipality = Municipality(pk=NOT_MADE, name=given.municipality or FIRST_MUNICIPALITY)
        scale = scale or DEFAULT_SCALE
    return terms_for(municipality, scale_key=scale, reference_date=given.reference_date, strict=given.strict)


def _concluded(given: argparse.Namespace, checked: Checked, progress: _Progress) -> int:
    if not given.dry_run:
        empty_old_staging(by=command_line(), now=dates.now())
    halt = halt_of(checked, skip_refused=given.skip_refused, accept_large_change=given.accept_large_change)
    if halt is not None:
        _show(given, checked)
        raise _halted(halt.code, halt.params)
    if given.dry_run:
        _show(given, checked)
        sys.stderr.write("Proef: er is niets vastgelegd.\n")
        return DONE
    progress.say("vastleggen")
    try:
        imported = import_checked(
            by=command_line(),
            checked=checked,
            skip_refused=given.skip_refused,
            accept_large_change=given.accept_large_change,
        )
    except ImportHalted as halted:
        raise _halted(halted.code, halted.params) from None
    _show(given, imported.checked)
    batch = imported.batch
    if not imported.checked.plan.additions.count:
        sys.stderr.write(f"Alles was al bekend in {batch.municipality.name}: er is niets veranderd.\n")
        return DONE
    sys.stderr.write(
        f"Ingelezen in {batch.municipality.name}. Terugdraaien kan met: opstap import --undo {batch.reference}\n"
    )
    return DONE


def _batch(reference: str) -> ImportBatch | None:
    return ImportBatch.objects.select_related("municipality").filter(reference=reference.strip()).first()


def _town_of(reference: str) -> Municipality | None:
    batch = _batch(reference)
    return batch.municipality if batch else None


def _undo(reference: str) -> int:
    begin("import", lambda: _town_of(reference))
    batch = _batch(reference)
    if batch is None:
        recent = ImportBatch.objects.exclude(recording=None).order_by("-made_at")[:5]
        known = ", ".join(f"{one.reference} ({one.file_name})" for one in recent)
        raise Refusal(f"er is geen import '{reference}'." + (f" De laatste waren: {known}." if known else ""))
    _Progress().say("terugdraaien")
    try:
        undone = undo_import(by=command_line(), batch=batch)
    except ImportHalted as halted:
        raise _halted(halted.code, halted.params) from None
    sys.stdout.write(f"Teruggedraaid: {undone.superseded} gegevens uit {batch.file_name} gelden niet meer.\n")
    if undone.left:
        sys.stdout.write(f"{undone.left} gegevens bleven staan: die zijn daarna door iemand verbeterd.\n")
    return DONE


def _halted(code: Halt, params: Mapping[str, Any]) -> Refusal:
    return Refusal(f"{explain_halt(code, params)} {WAYS_OUT.get(code, '')}".strip())


def _show(given: argparse.Namespace, checked: Checked) -> None:
    if given.format == "json":
        _print([json.dumps(as_object(checked), ensure_ascii=False, indent=1)])
    else:
        _print(as_lines(checked))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _wrong(message: str) -> int:
    sys.stderr.write(f"opstap import: {message}\n")
    return WRONG_USE


def on_terminal() -> bool:
    """Whether somebody looks on."""
    return sys.stderr.isatty()


class _Progress:
    """Says on standard error what is being done and how far it is, on a terminal or when it takes long.

    On a terminal the count stays on one line; in a log there is a line for every tenth.
    """

    def __init__(self) -> None:
        self.terminal = self.long = on_terminal()
        self.tenths: set[tuple[Step, int]] = set()

    def say(self, what: str) -> None:
        if self.long:
            self._write(f"{what} …", end="\n")

    def count(self, step: Step, done: int, of: int) -> None:
        tenth = (step, done * 10 // of)
        if self.long and (self.terminal or tenth not in self.tenths):
            self.tenths.add(tenth)
            self._write(f"  {STEPS[step]}: {done:,} van {of:,}".replace(",", "."), end="" if self.terminal else "\n")

    def _write(self, text: str, *, end: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}{end}" if self.terminal else f"{text}{end}")
        sys.stderr.flush()
