"""Whom somebody had on the earlier day and may not see any more: how many, and nothing else of them.

Not here: who they are, and what share that leaves (`uncertainty.estimates`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from opstap.analytics.counted import Sum

HANDED_OVER: Final = "handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Persons in a caseload on the earlier day: `theirs` are all of them, `seen` those who can be followed since, and
    `persons` those who were handed over, of whom nothing is known here: nor whether they were placed.

    `groups` is how many there were in each group of the earlier day; `None` where a group may not be told. Units:
    persons. Source: the issue on steering information (a cohort is closed).
    """

    persons: int = 0
    seen: int = 0
    theirs: int = 0
    groups: Mapping[str, int] | None = field(default_factory=dict)

    @property
    def is_told_by_group(self) -> bool:
        """Whether of each group it is known how many they are."""
        return self.groups is not None or not self.persons

    @property
    def is_any(self) -> bool:
        """Whether anybody was handed over, of all of them or from one group of them to another."""
        return self.persons > 0 or any((self.groups or {}).values())

    def most(self, group: str | None = None) -> int:
        """How many of them there are in a group at most; of everybody where none is named."""
        return self.persons if group is None or self.groups is None else self.groups.get(group, 0)

    def sums(self) -> Iterator[Sum]:
        """Together with who can be followed they are all of the earlier day."""
        yield Sum("theirs on the earlier day", (self.seen, self.persons), self.theirs)


NOBODY: Final = HandedOver()
