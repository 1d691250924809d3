"""The dossier as data: JSON by `dossier.schema.json`, never in the words of one language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from opstap.privacy.logic.retention import Term
from opstap.privacy.selectors.giving import Looked, Whole, shown_value
from opstap.privacy.tables.giving.document import who_looked

SCHEMA = "opstap-dossier/1"
OF_THE_STORE = frozenset({"folded_name", "digest", "client"})


def as_json(whole: Whole, *, town: str, terms: Iterable[Term], colleagues: Mapping[str, str], made_on: date) -> bytes:
    """Every row and every look."""
    told = {
        "schema": SCHEMA,
        "made_on": made_on.isoformat(),
        "municipality": town,
        "client_numbers": [client.number for client in whole.clients],
        "kept_for": [
            {"outcome": term.outcome, "years": term.years, "starts_at": term.starts_at, "source": term.source}
            for term in terms
        ],
        "records": [
            {
                "room": held.room,
                "kind": held.row.model,
                "state": held.state,
                "values": {
                    name: plain(shown_value(value, colleagues, "medewerker"))
                    for name, value in held.row.values.items()
                    if name not in OF_THE_STORE
                },
            }
            for held in whole.rows
        ],
        "looks": [_look(one, colleagues) for one in whole.looks],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _look(one: Looked, colleagues: Mapping[str, str]) -> dict[str, str]:
    return {
        "at": one.access.at.isoformat(),
        "who": who_looked(one.access, colleagues),
        "what": one.access.action,
        "how": "asked" if one.asked else "listed",
        "why": one.access.why,
        "result": one.access.result,
    }


def plain(value: object) -> str | int | float | bool | None:
    """A value as JSON knows it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
