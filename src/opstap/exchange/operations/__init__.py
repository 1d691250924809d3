"""Writing in the exchange room: staging a file, confirming it, undoing it; taking over a postcode table."""

from opstap.exchange.operations.confirming import Imported, confirm_batch, import_checked
from opstap.exchange.operations.districts import import_districts
from opstap.exchange.operations.halting import ImportHalted
from opstap.exchange.operations.homing import home_kept_values
from opstap.exchange.operations.staging import (
    change_cell,
    change_mapping,
    check_batch,
    empty_old_staging,
    stage_file,
)
from opstap.exchange.operations.undoing import discard_import, undo_import

__all__ = [
    "ImportHalted",
    "Imported",
    "change_cell",
    "change_mapping",
    "check_batch",
    "confirm_batch",
    "discard_import",
    "empty_old_staging",
    "home_kept_values",
    "import_checked",
    "import_districts",
    "stage_file",
    "undo_import",
]
