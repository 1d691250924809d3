"""How far people were expected to come within a year beside how far they came, in levels. Not here: how sure it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Steps:
    """Levels higher than on the earlier day: those expected, and those reached at most within the year.

    `expected` is `None` where no higher level was recorded that can be compared: then nothing is said of what was
    `reached`. That alone is `None` where nobody knows. Below 0 is reached by who stood lower all the time. A half-level
    is a half where the scale counts these.
    """

    expected: Fraction | None
    reached: Fraction | None
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.expected, self.reached)))

    def __hash__(self) -> int:
        """Worked out once: that of a fraction takes long, and persons are counted by these again and again."""
        return self._hash

    @property
    def apart(self) -> Fraction | None:
        """How much further than expected it went: below 0 where it went less far; `None` where nobody knows."""
        return None if self.expected is None or self.reached is None else self.reached - self.expected


@dataclass(frozen=True)
class Reach:
    """Persons in whom growth potential was seen, by the whole level of the earlier day and by their steps.

    Everyone is in it: of whom no higher level was expected, of whom it is not known how far they came, and the others.
    """

    levels: Mapping[str, Mapping[Steps, int]]

    @property
    def clients(self) -> int:
        """Everyone with growth potential."""
        return sum(self._steps.values())

    @property
    def aimless(self) -> int:
        """Of whom no higher level was recorded, so that there is no estimate to hold anything beside."""
        return sum(persons for steps, persons in self._steps.items() if steps.expected is None)

    @property
    def not_known(self) -> int:
        """Of whom a higher level was expected, and who were not placed again within the year."""
        return self.aimed - self.known

    @property
    def aimed(self) -> int:
        """Of whom a higher level was expected."""
        return self.clients - self.aimless

    @property
    def known(self) -> int:
        """Of whom it is known both how far was expected and how far they came."""
        return sum(self._known.values())

    @property
    def expected(self) -> Fraction:
        """All levels that were expected of those of whom both are known, together."""
        return sum((Fraction(one.expected or 0) * persons for one, persons in self._known.items()), Fraction())

    @property
    def reached(self) -> Fraction:
        """All levels that these reached, together."""
        return sum((Fraction(one.reached or 0) * persons for one, persons in self._known.items()), Fraction())

    @property
    def less_far(self) -> int:
        """Who came less far than was expected."""
        return self._on_side(-1)

    @property
    def as_far(self) -> int:
        """Who came exactly as far."""
        return self._on_side(0)

    @property
    def further(self) -> int:
        """Who came further."""
        return self._on_side(1)

    def apart(self) -> dict[str, Counter[Fraction]]:
        """By level the persons of whom both are known, by how much further than expected they came."""
        found: dict[str, Counter[Fraction]] = {}
        for level, counts in self.levels.items():
            for steps, persons in counts.items():
                if steps.apart is not None:
                    found.setdefault(level, Counter())[steps.apart] += persons
        return found

    def _on_side(self, side: int) -> int:
        return sum(
            persons
            for steps, persons in self._known.items()
            if steps.apart is not None and (steps.apart > 0) - (steps.apart < 0) == side
        )

    @cached_property
    def _steps(self) -> Counter[Steps]:
        found: Counter[Steps] = Counter()
        for counts in self.levels.values():
            found.update(counts)
        return found

    @cached_property
    def _known(self) -> Counter[Steps]:
        return Counter({steps: persons for steps, persons in self._steps.items() if steps.apart is not None})


Distances = Mapping[str, Mapping[Fraction, int]]
"""By level the persons by how much further than expected they came."""


def without(whole: Distances, own: Distances) -> dict[str, Counter[Fraction]]:
    """Those of everybody but of these, who are among them."""
    found = {level: Counter(counts) for level, counts in whole.items()}
    for level, counts in own.items():
        found[level] -= Counter(counts)
    return found


def together(parts: Iterable[Reach]) -> Reach:
    """Several groups that have nobody in common, as one."""
    found: dict[str, Counter[Steps]] = {}
    for part in parts:
        for level, counts in part.levels.items():
            whole = found.setdefault(level, Counter())
            for steps, persons in counts.items():
                whole[steps] += persons
    return Reach(found)
