"""Setting figures down: asked for by somebody, made by the attack in the background, and withdrawn when wrong."""

from opstap.reporting.operations.publications.asking import (
    MONTHS,
    PublicationTerms,
    TableTerms,
    ask_publication,
    ask_table,
    withdraw_publication,
)
from opstap.reporting.operations.publications.making import make_asked
from opstap.reporting.operations.publications.rows import PublicationRefused

__all__ = [
    "MONTHS",
    "PublicationRefused",
    "PublicationTerms",
    "TableTerms",
    "ask_publication",
    "ask_table",
    "make_asked",
    "withdraw_publication",
]
