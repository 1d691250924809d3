"""`opstap privacy access NUMMER`: everything that is kept about one person, as a document or as data."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from opstap.audit.logic.seen import note_asked
from opstap.clients.models import Client
from opstap.clients.selectors.merged import merged_dossiers
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.choosing import the_municipality, write_out
from opstap.config.commands.logging import begin
from opstap.foundation import dates
from opstap.foundation.documents import DocumentsUnavailable, as_pdf
from opstap.municipality.models import Municipality
from opstap.privacy.selectors.giving import colleagues, whole_of
from opstap.privacy.selectors.people import reference_for
from opstap.privacy.selectors.retention import terms_on
from opstap.privacy.tables.giving.data import as_json
from opstap.privacy.tables.giving.letter import dossier_html


def run(arguments: list[str]) -> int:
    """Give it out; in the access log it stands as asked for by the command."""
    parser = Arguments("privacy", "Wat er over één cliënt bewaard wordt, om aan de cliënt te geven.")
    parser.add_argument("action", choices=["access"], help="access: het hele dossier, met wie er keek")
    parser.add_argument("number", metavar="NUMMER", help="cliëntnummer of BSN")
    parser.add_argument(
        "--out", metavar="BESTAND", help="bestand: .pdf om te lezen, .json als gegevens (standaarduitvoer)"
    )
    parser.add_argument("--municipality", metavar="NAAM", help="de gemeente, als er meer zijn")
    given = parser.parse_args(arguments)
    ending = Path(given.out).suffix if given.out else ".json"
    if ending not in {".pdf", ".json"}:
        parser.error("--out eindigt op .pdf of .json")
    begin("privacy")
    town = the_municipality(given.municipality)
    client = _client(town, given.number)
    note_asked(client.reference)
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
