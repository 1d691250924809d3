"""A publication as it is written, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import Actor
from opstap.reporting.logic.free_text import fault_of
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import is_being_made


class PublicationRefused(Exception):
    """What can't be set down or withdrawn so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication as it is written."""

    municipality_id: int
    reference: str
    within: str
    title: str
    promise: str
    asker: str
    on: date
    earlier: date
    counted: int
    scale: str
    threshold: int
    dimensions: list[str]
    figures: dict[str, Any]
    why: str
    replaces_id: int | None = None


def row_of(one: Publication) -> PublicationRow:
    """A correction of it that says the same."""
    return PublicationRow(
        municipality_id=one.municipality_id,
        reference=one.reference,
        within=one.within,
        title=one.title,
        promise=one.promise,
        asker=one.asker,
        on=one.on,
        earlier=one.earlier,
        counted=one.counted,
        scale=one.scale,
        threshold=one.threshold,
        dimensions=one.dimensions,
        figures=one.figures,
        why=one.why,
        replaces_id=one.pk,
    )


def require_own(by: Actor, municipality_id: int) -> None:
    """Nobody sets figures down for another municipality."""
    if by.municipality_id not in {None, municipality_id}:
        message = "not one's own municipality"
        raise PermissionDenied(message)


def refuse_text(*texts: str) -> None:
    """Whoever reads publications reads these words: nobody is named in them."""
    if fault := fault_of(*texts):
        raise PublicationRefused(fault)


def refuse_while_made(municipality_id: int) -> None:
    """One at a time: each has to reckon with the one before it."""
    if is_being_made(municipality_id):
        raise PublicationRefused("being_made")
