"""Models of the exchange room."""

from opstap.exchange.models.batches import ImportBatch, RememberedMapping, StagedRow

__all__ = ["ImportBatch", "RememberedMapping", "StagedRow"]
