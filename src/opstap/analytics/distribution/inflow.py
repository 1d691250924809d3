"""Who came into follow-up in a period beside who was there already. Not here: who is new, and what they are like."""

from collections.abc import Iterator
from dataclasses import dataclass

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflow:
    """The people in follow-up on the later day: who is new, and who was there before.

    Units: persons. `followed` are all of them. Of the new `returned` were in follow-up once before, and `back`
    of these on the earlier day itself: they were away in between. `went` came and
    left again within the period: they are in neither. Of who was there before `taken_over` were in no caseload of the
    viewer on the earlier day. Both are `None` where they can't be told apart by what is asked.
    Source: FIELD B-45, C-33.
    """

    new: Profile
    there: Profile
    followed: int
    returned: int
    back: int = 0
    went: int | None = None
    taken_over: int | None = None

    @property
    def base(self) -> int:
        """The persons in follow-up on the later day."""
        return self.followed

    def sums(self) -> Iterator[Sum]:
        """The new and the others are all there are; each side adds up; who returned is new, so the rest is too."""
        yield Sum("new and there before", (self.new.base, self.there.base), self.followed)
        yield Sum("returned and first", (self.returned, max(0, self.new.base - self.returned)), self.new.base)
        yield Sum("back and returned from before", (self.back, max(0, self.returned - self.back)), self.returned)
        taken = self.taken_over or 0
        yield Sum("taken over and had before", (taken, max(0, self.there.base - taken)), self.there.base)
        yield from self.new.sums()
        yield from self.there.sums()
