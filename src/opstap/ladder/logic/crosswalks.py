"""What a crosswalk may say, and what it says about half-levels: pure functions on codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opstap.ladder.enums import UNDETERMINED

Counterparts = Mapping[str, str | None]
"""Code of a level of the source to the code of its counterpart; None: it has no counterpart."""


@dataclass(frozen=True, slots=True)
class CrosswalkFault:
    """Something a crosswalk can't say, by a code and the level it is about."""

    code: str
    level: str = ""


class CrosswalkRefused(Exception):
    """A crosswalk that can't be saved; nothing was written."""

    def __init__(self, faults: Sequence[CrosswalkFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.code} {fault.level}".strip() for fault in faults[:10]))


def crosswalk_faults(
    source: Mapping[str, str | None], target: Sequence[str], counterparts: Counterparts
) -> list[CrosswalkFault]:
    """`source` has each level of the source with its whole level (None for a whole one), `target` the codes there.

    Every whole level has exactly one entry; a half-level may have one of its own. Code 0 (not determined) is no level
    to stand on: it leads to code 0 where the target has that, else to nothing, and nothing else leads to it.
    """
    faults = [CrosswalkFault("level_unknown", code) for code in counterparts if code not in source]
    wholes = [code for code, parent in source.items() if parent is None]
    faults.extend(CrosswalkFault("level_without_entry", code) for code in wholes if code not in counterparts)
    for code, counterpart in counterparts.items():
        if counterpart is not None and counterpart not in target:
            faults.append(CrosswalkFault("counterpart_unknown", code))
        elif (code == UNDETERMINED and UNDETERMINED in target) != (counterpart == UNDETERMINED):
            faults.append(CrosswalkFault("undetermined_is_no_level", code))
    return faults


def with_halves(source: Mapping[str, str | None], counterparts: Counterparts) -> dict[str, str | None]:
    """Every level with its counterpart: a half-level follows its whole level unless it has an entry of its own."""
    return {
        code: counterparts[code] if code in counterparts else counterparts.get(parent or code)
        for code, parent in source.items()
    }
