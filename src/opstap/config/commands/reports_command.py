"""`opstap reports`: the list of reports, with what each column means."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.utils.translation import override

from opstap.config.arguments import Arguments
from opstap.reporting.tables.definitions import ReportDefinition
from opstap.reporting.tables.reports import REPORTS


def run(arguments: list[str]) -> int:
    """Print the list."""
    parser = Arguments("reports")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    given = parser.parse_args(arguments)
    definitions = [report.definition for report in REPORTS.values()]
    with override("nl"):
        if given.format == "json":
            listed = [described(definition) for definition in definitions]
            sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
            return 0
        for definition in definitions:
            sys.stdout.write(f"{definition.key:<16} {definition.title}: {definition.question}\n")
    return 0


def described(definition: ReportDefinition) -> dict[str, Any]:
    """A definition as JSON has it."""
    return {
        "name": definition.key,
        "title": str(definition.title),
        "meaning": str(definition.meaning),
        "codes": list(definition.codes),
        "parameters": list(definition.parameters),
        "columns": [
            {
                "key": column.key,
                "label": str(column.label),
                "unit": column.unit,
                "meaning": str(column.meaning),
                **({"values": {key: str(words) for key, words in column.values}} if column.values else {}),
            }
            for column in definition.columns
        ],
    }
