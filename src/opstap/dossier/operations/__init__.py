"""What takes several rooms at once: somebody leaves, and all that was agreed with them falls away."""

from opstap.dossier.operations.leaving import close_dossier, record_departure

__all__ = ["close_dossier", "record_departure"]
