"""`opstap privacy`: everything that is kept about one person, to give to them; or erasing them."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from opstap.audit.logic.seen import note_asked
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.selectors.merged import merged_dossiers
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.choosing import meant_by, the_municipality, write_out
from opstap.config.commands.logging import begin
from opstap.foundation import dates
from opstap.foundation.crypto import LedgerBroken
from opstap.foundation.documents import DocumentsUnavailable, as_pdf
from opstap.foundation.snapshots.traces import leave_no_trace
from opstap.municipality.models import Municipality
from opstap.privacy.operations import HeldBack, erase_again, erase_client
from opstap.privacy.selectors.giving import colleagues, whole_of
from opstap.privacy.selectors.people import reference_for
from opstap.privacy.selectors.retention import terms_on
from opstap.privacy.tables.giving.data import as_json
from opstap.privacy.tables.giving.letter import dossier_html
from opstap.privacy.tasks import write_anew_later


def run(arguments: list[str]) -> int:
    """Give it out; in the access log it stands as asked for by the command."""
    parser = Arguments("privacy", "Wat er over één cliënt bewaard wordt, om aan de cliënt te geven.")
    parser.add_argument(
        "action",
        choices=["access", "erase", "again"],
        help="access: het hele dossier, met wie er keek; erase: wissen; again: wie gewist was en terug is",
    )
    parser.add_argument("number", metavar="NUMMER", nargs="?", help="cliëntnummer of BSN")
    parser.add_argument(
        "--out", metavar="BESTAND", help="bestand: .pdf om te lezen, .json als gegevens (standaarduitvoer)"
    )
    parser.add_argument("--municipality", metavar="NAAM", help="de gemeente, als er meer zijn")
    parser.add_argument("--sure", action="store_true", help="erase, again: dit kan niet ongedaan gemaakt worden")
    given = parser.parse_args(arguments)
    ending = Path(given.out).suffix if given.out else ".json"
    if ending not in {".pdf", ".json"}:
        parser.error("--out eindigt op .pdf of .json")
    if (given.number is None) != (given.action == "again"):
        parser.error("bij access en erase hoort een NUMMER, bij again niet")
    if given.action == "again":
        begin("privacy")
        return _erase_again(sure=given.sure)
    begin("privacy", lambda: meant_by(given.municipality))
    town = the_municipality(given.municipality)
    client = _client(town, given.number)
    note_asked(client.reference)
    if given.action == "erase":
        return _erase(client, sure=given.sure)
    write_out(_content(client, town, ending), given.out)
    return 0


def _client(town: Municipality, number: str) -> Client:
    found = Client.objects.filter(municipality=town, reference=reference_for(town.pk, number) or "-").first()
    if found is None:
        raise Refusal("niemand in deze gemeente heeft dit cliëntnummer of BSN. Kijk na wat er staat.")
    kept = merged_dossiers([found.pk]).get(found.pk, found.pk)
    return Client.objects.get(pk=kept)


def _content(client: Client, town: Municipality, ending: str) -> bytes:
    today, whole = dates.today(), whole_of(client)
    if ending == ".json":
        return as_json(
            whole, town=town.name, terms=terms_on(town.pk, today), colleagues=colleagues(town.pk), made_on=today
        )
    try:
        with override("nl"):
            return as_pdf(dossier_html(whole, town, today))
    except DocumentsUnavailable as refused:
        raise Refusal(f"een document maken kan hier niet: installeer {' '.join(refused.packages)}.") from None


def _erase_again(*, sure: bool) -> int:
    _require_sure(sure=sure)
    try:
        gone = erase_again(by=command_line())
    except LedgerBroken:
        raise Refusal(f"{settings.OPSTAP_ERASURES} is beschadigd of niet heel. Zet het terug zoals het was.") from None
    sys.stdout.write(f"{gone} mensen die gewist waren, zijn opnieuw gewist.\n")
    _leave_no_trace()
    return 0


def _require_sure(*, sure: bool) -> None:
    if not sure:
        raise Refusal("wissen kan niet ongedaan gemaakt worden. Zet er --sure bij als het zo moet.")


def _erase(client: Client, *, sure: bool) -> int:
    _require_sure(sure=sure)
    try:
        gone = erase_client(by=command_line(), client=client)
    except HeldBack:
        raise Refusal("dit dossier wordt tegengehouden: er loopt nog iets. Geef het eerst vrij.") from None
    except ReplacedMeanwhile:
        raise Refusal("over deze cliënt werd net iets vastgelegd. Er is niets gewist. Probeer het opnieuw.") from None
    except LedgerBroken:
        raise Refusal(
            f"{settings.OPSTAP_ERASURES} is beschadigd of niet heel. Er is niets gewist. Zet het terug zoals het was."
        ) from None
    sys.stdout.write(f"Gewist: {sum(gone.values())} rijen. Wat overblijft om te tellen, zegt niet wie het was.\n")
    _leave_no_trace()
    return 0


def _leave_no_trace() -> None:
    if not leave_no_trace(connection):
        write_anew_later()
        sys.stdout.write(
            "In de bestanden van de database kunnen nog sporen staan. SQLite: een achtergrondtaak haalt ze weg "
            "zodra niemand meeleest. PostgreSQL: doe VACUUM FULL; het write-ahead log en oude reservekopieën verlopen "
            "vanzelf.\n"
        )
