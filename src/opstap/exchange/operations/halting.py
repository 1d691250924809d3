"""What stops an import before it writes anything, and who may import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from opstap.audit.permissions import Actor
from opstap.exchange.enums import BatchState, Halt
from opstap.exchange.models import ImportBatch
from opstap.exchange.selectors.checking import Checked
from opstap.municipality.models import Municipality


class ImportHalted(Exception):
    """Nothing was written: why, as a code with what belongs to it, and the check if it came to that."""

    def __init__(self, code: Halt, params: Mapping[str, Any] | None = None, checked: Checked | None = None) -> None:
        super().__init__(code.value)
        self.code, self.params, self.checked = code, dict(params or {}), checked


def require_importer(by: Actor, municipality: Municipality) -> None:
    """Importing is for who holds the permission, in the own municipality."""
    by.require("import_clients")
    if not by.may_all and by.municipality_id != municipality.pk:
        raise PermissionDenied("import_clients")


def locked_batch(batch: ImportBatch, state: BatchState, otherwise: Halt) -> ImportBatch:
    """The batch as it stands now, held until the transaction ends; halts when it isn't in this state."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != state.value:
        raise ImportHalted(otherwise, {"state": held.state})
    return held
