"""What is asked of a caseload, as it stands in an address and in a saved working list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

ANY = "any"
NONE = "none"
SORTS = ("name", "level", "expected", "since", "spoken", "next", "attention", "worker")
MOST_CHARACTERS = 60


@dataclass(frozen=True)
class Criteria:
    """The choices of a list. An empty word is no choice; teams and workers go by their references."""

    scale: str = ""
    attention: str = ""
    level: str = ""
    growth: str = ""
    team: str = ""
    worker: str = ""
    marked: str = ""
    priority: str = ""
    group: str = ""
    search: str = ""
    sort: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Criteria:
        """Read from the parameters of an address; what is unknown is passed over."""
        known = {field.name: given.get(field.name, "").strip()[:MOST_CHARACTERS] for field in fields(cls)}
        if known["sort"].removeprefix("-") not in SORTS:
            known["sort"] = ""
        return cls(**known)

    @property
    def query(self) -> str:
        """The same choices as an address."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """The choices that were made."""
        return [(field.name, getattr(self, field.name)) for field in fields(self) if getattr(self, field.name)]

    @property
    def filters(self) -> Criteria:
        """The choices without the order and without the ladder."""
        return replace(self, sort="", scale="")

    @property
    def kept(self) -> Criteria:
        """What can be kept under a name: without what was typed, which lives in a session."""
        return replace(self, search="")

    def but(self, **changed: str) -> Criteria:
        """The same with another choice."""
        return replace(self, **changed)


@dataclass(frozen=True)
class Shipped:
    """A working list that Opstap brings along: its key, which stands for its words, and what it asks.

    With a ladder in what it asks it is about the levels of that ladder, and about no other.
    """

    key: str
    criteria: Criteria

    def is_for(self, scale: str) -> bool:
        """Whether it is about people on this ladder."""
        return self.criteria.scale in {"", scale}


# Level 3 of the VNG ladder comes first for diagnosis (C-51); ready for a step up.
DIAGNOSIS_FIRST, READY = "diagnosis_first", "ready"
SHIPPED = (
    Shipped(DIAGNOSIS_FIRST, Criteria(scale="vng", level="3", group=DIAGNOSIS_FIRST)),
    Shipped(READY, Criteria(group=READY)),
)
