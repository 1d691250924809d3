"""Taking over a postcode table from a file, whole or not at all."""

from __future__ import annotations

from datetime import date

from opstap.audit.permissions import Actor
from opstap.exchange.logic.districts import heading_score, read_districts
from opstap.foundation.spreadsheets.reading import read_table
from opstap.municipality.logic import Replacement
from opstap.municipality.models import Municipality
from opstap.municipality.operations import replace_districts


def import_districts(
    *, by: Actor, municipality: Municipality, content: bytes, file_name: str, since: date
) -> Replacement:
    """Let the postcode table of the file hold from a day on.

    SpreadsheetRefused for a file that can't be read, DistrictsRefused for a table with something wrong in it.
    """
    by.require("configure_municipality")
    table = read_table(content, file_name, heading_score=heading_score)
    rows = read_districts(table, municipality.pk, since)
    return replace_districts(by=by, municipality=municipality, rows=rows, since=since)
