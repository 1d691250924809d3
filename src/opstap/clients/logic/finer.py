"""Finer kinds of barriers as values: what the versions of a client's barriers were said to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opstap.clients.enums import FinerKind

# Within which broad kind (of the code list) each finer kind falls; a broad kind without an entry has none.
FINER_OF: Mapping[str, tuple[FinerKind, ...]] = {
    "health": (FinerKind.PHYSICAL, FinerKind.PSYCHOLOGICAL, FinerKind.ADDICTED),
    "other": (FinerKind.JUSTICE,),
}


@dataclass(frozen=True, slots=True)
class FinerRow:
    """A finer kind beside a version of a barrier, sealed."""

    client_id: int
    barrier_id: int
    kind_encrypted: bytes
    kind_key: str
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class FinerSaid:
    """What was said of a barrier in a recording: the row, and the kind; empty when it was taken back."""

    pk: int
    recording: int
    kind: str


@dataclass(frozen=True, slots=True)
class FinerKinds:
    """Of some clients: the first version of each later version of a barrier, and what was said of it, in order."""

    first: Mapping[int, int] = field(default_factory=dict)
    said: Mapping[int, Sequence[FinerSaid]] = field(default_factory=dict)

    def standing(self, barrier: int) -> FinerSaid | None:
        """What stands of a barrier, by any version of it."""
        rows = self.said.get(self.first.get(barrier, barrier), ())
        return rows[-1] if rows and rows[-1].kind else None

    def known(self, barrier: int, recording: int, broad: str) -> str:
        """The finer kind of a version, as recorded by then; empty when there was none within its broad kind."""
        rows = [one for one in self.said.get(self.first.get(barrier, barrier), ()) if one.recording <= recording]
        kind = rows[-1].kind if rows else ""
        foreign = {one for key, kinds in FINER_OF.items() if key != broad for one in kinds}
        return "" if kind in foreign else kind
