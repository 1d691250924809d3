"""`opstap report NAME`: a report on the terminal or in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import override

from opstap.accounts.permissions import actor_for
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor, command_line
from opstap.config.arguments import Arguments
from opstap.config.command import WRONG_USE, Refusal, WrongUse
from opstap.config.commands.choosing import meant_by, the_municipality, write_out
from opstap.config.commands.logging import begin
from opstap.facts.selectors.dimensions import DIMENSIONS
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Asked, QuestionRefused
from opstap.reporting.selectors.questions import understand
from opstap.reporting.tables.chart_files import CHART_TYPES, as_chart_file, charts_of
from opstap.reporting.tables.colleagues import COLLEAGUES, COLLEAGUES_TRAITS
from opstap.reporting.tables.files import as_file, as_text
from opstap.reporting.tables.refusals import explain
from opstap.reporting.tables.reports import MATRIX, REPORTS, WHOLE, answer, tables_of
from opstap.reporting.tables.results import Result, as_json, references_in

MOST_NAMED = 30


def run(arguments: list[str]) -> int:
    """Answer the question of the command line."""
    given = _parser().parse_args(arguments)
    if given.name is None:
        raise WrongUse(f"noem een rapport. Er zijn: {', '.join(REPORTS)}.")
    if given.name not in REPORTS:
        raise WrongUse(f"'{given.name}' bestaat niet.{_meant(given.name, REPORTS)} Er zijn: {', '.join(REPORTS)}.")
    begin("report", lambda: meant_by(given.municipality))
    municipality = the_municipality(given.municipality)
    actor = _actor(given.actor, municipality)
    asked = Asked(
        report=given.name,
        on=given.on or "",
        compared_with=given.compared_with or "",
        known_at=given.known_at or "",
        scale=given.scale or "",
        crosswalk=given.crosswalk or "",
        by=given.by or "",
        team=given.team or "",
        where=tuple(given.where),
        decimals=given.decimals or "",
        shares=given.shares or "",
    )
    with override("nl"):
        try:
            result = _answered(asked, actor, municipality)
        except QuestionRefused as refused:
            sys.stderr.write(f"opstap report: {explain(refused, on_screen=False)}\n")
            return WRONG_USE
        note_listed(references_in(result))
        if given.format in CHART_TYPES or given.chart is not None:
            content = _drawn(result, given.format, given.chart, municipality)
        else:
            content = _rendered(result, given.format, given.table)
        write_out(content, given.out)
    return 0


def _answered(asked: Asked, actor: Actor, municipality: Municipality) -> Result:
    report = REPORTS[asked.report]
    question = understand(
        asked, actor=actor, municipality=municipality, language="nl", parameters=report.definition.parameters
    )
    return answer(question, "nl")


def _rendered(result: Result, file_format: str, table: str) -> bytes:
    """All of it in JSON, every table in a workbook, and one table in CSV and on a terminal: the first, or the named."""
    if file_format == "json":
        return (json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n").encode()
    tables = tables_of(result, sparse=file_format != "table")
    if table and table not in tables:
        raise WrongUse(f"rapport {result.definition.key} heeft geen tabel '{table}'. Er zijn: {', '.join(tables)}.")
    chosen = [tables[table]] if table else [*tables.values()]
    if file_format == "table":
        return as_text(result, chosen[0]).encode()
    return as_file(result, chosen, next(known for known in CONTENT_TYPES if known == file_format))


def _drawn(result: Result, file_format: str, number: int | None, municipality: Municipality) -> bytes:
    """One of its charts, the first unless another is named."""
    key = result.definition.key
    if file_format not in CHART_TYPES:
        raise WrongUse(f"een grafiek heeft --format {' of '.join(CHART_TYPES)} nodig.")
    charts = charts_of(result)
    if not charts:
        raise Refusal(f"rapport {key} heeft met deze vraag geen grafiek.")
    chosen = 1 if number is None else number
    if not 1 <= chosen <= len(charts):
        named = ", ".join(f"{place} ({chart.name})" for place, chart in enumerate(charts, start=1))
        raise WrongUse(f"rapport {key} heeft geen grafiek {chosen}. Er zijn: {named}.")
    return as_chart_file(result, charts[chosen - 1], file_format, municipality.name)


def _parser() -> Arguments:
    parser = Arguments("report")
    parser.add_argument("name", nargs="?", help=", ".join(REPORTS))
    parser.add_argument("--on", help="peildatum (vandaag)")
    parser.add_argument("--compared-with", help="eerdere dag om mee te vergelijken (een jaar voor de peildatum)")
    parser.add_argument("--known-at", help="zoals bekend op dit moment; een datum is het einde van die dag")
    parser.add_argument("--scale", help="sleutel van de ladder (die van de gemeente)")
    parser.add_argument("--crosswalk", metavar="KEY", help="lees plaatsingen op een andere ladder via deze omzetting")
    parser.add_argument("--by", help=f"kenmerk om naar uit te splitsen: {', '.join(DIMENSIONS)}")
    parser.add_argument("--where", action="append", default=[], metavar="DIMENSION=GROUP", help="alleen deze mensen")
    parser.add_argument("--team", help="alleen mensen van dit team")
    parser.add_argument("--as", dest="actor", metavar="USER", help="zoals deze gebruiker het ziet")
    parser.add_argument("--decimals", help="decimalen van percentages (1)")
    parser.add_argument("--shares", help="closing: percentages van treden zijn samen precies 100 (rounded)")
    parser.add_argument("--format", choices=["table", "json", "csv", "xlsx", "ods", *CHART_TYPES], default="table")
    parser.add_argument(
        "--table",
        help=f"{WHOLE}, {MATRIX} (van trede naar trede), {COLLEAGUES} of {COLLEAGUES_TRAITS} (ernaast), "
        "bij de rapporten die die hebben",
    )
    parser.add_argument("--chart", type=int, metavar="N", help="welke grafiek, bij --format svg of png (1)")
    parser.add_argument("--out", help="naar dit bestand schrijven")
    parser.add_argument("--municipality", help="als er meer zijn")
    return parser


def _actor(name: str | None, municipality: Municipality) -> Actor:
    if name is None:
        return command_line()
    users = workers_of(municipality.pk)
    for field in ("sign_in_name", "staff_code", "name"):
        user = users.filter(**{f"{field}__iexact": name}).first()
        if user is not None:
            return _who_sees_reports(actor_for(user, municipality.pk))
    known = list(users.order_by("name").values_list("name", flat=True)[: MOST_NAMED + 1])
    named = ", ".join(known[:MOST_NAMED]) + (", …" if len(known) > MOST_NAMED else "")
    raise WrongUse(
        f"er is geen gebruiker '{name}' in {municipality.name}.{_meant(name, known)} "
        + (f"Er zijn: {named}." if known else "Er zijn nog geen gebruikers.")
    )


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f" Bedoelt u {near[0]}?" if near else ""


def _who_sees_reports(actor: Actor) -> Actor:
    if not actor.may("see_reports"):
        raise Refusal(f"{actor.name} mag geen rapporten zien.")
    return actor
