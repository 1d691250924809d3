"""Verdicts on groups that hold whatever is true of people of whom nothing is known.

Not here: the verdict where everybody is known (`standardised`).
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from opstap.analytics.uncertainty.standardised import Limits, Mix, Verdict, counts_of, limits_of

G = TypeVar("G", bound=Hashable)
S = TypeVar("S", bound=Hashable)


def verdicts_whatever(
    groups: Mapping[G, Mapping[S, Mix | tuple[int, int]]],
    unseen: Mapping[G, int],
    beyond: int,
    *,
    only: Collection[G],
) -> dict[G, Verdict | None]:
    """The verdict of `standardised` on each group of `only`, where it is the same whatever is true of people of whom
    nothing is known; `None` where it hangs on them.

    Shapes: `groups` as `standardised` takes them. `beyond` others may count in all strata together, in any of them,
    with any answer or not at all; `unseen` says how many others may count in a group. They need not be the same people.
    Units: persons.

    Why it holds: with n of the others in a stratum of N, y of whom have it, its share (Y + y) / (N + n) lies between
    Y / (N + beyond) and (Y + beyond) / (N + beyond). A number that is a sum of draws, and so each of its quantiles,
    only rises with the chance of a draw, and one draw more raises a quantile by nought to one. So each limit lies
    between that of the least shares, and that of the greatest shares with all `unseen` of the group; what is observed
    between what is known and that with all of them. The ends need not come together: then less is told than could be,
    never more. Source: the issue on steering information; decision 71.
    """
    strata = dict.fromkeys(one for own in groups.values() for one in own)
    known, having = counts_of(list(groups.values()), dict(zip(strata, range(len(strata)), strict=True)))
    all_known, all_having = known.sum(axis=0) + beyond, having.sum(axis=0)
    rows = [place for place, group in enumerate(groups) if group in only]
    mine, found = known[rows], having[rows].sum(axis=1).tolist()
    ends = (limits_of(mine, all_known, all_having), limits_of(mine, all_known, all_having + beyond))
    wanted = [group for group in groups if group in only]
    return {
        group: _surely(has, unseen.get(group, 0), low, high)
        for group, has, low, high in zip(wanted, found, *ends, strict=True)
    }


def _surely(having: int, unseen: int, least: tuple[Limits, Limits], most: tuple[Limits, Limits]) -> Verdict | None:
    (near, far), (near_most, far_most) = least, most
    at_most = having + unseen
    sure = {
        Verdict.MUCH_LESS: at_most < far.low,
        Verdict.LESS: at_most < near.low and having >= far_most.low + unseen,
        Verdict.WITHIN: at_most <= near.high and having >= near_most.low + unseen,
        Verdict.MORE: having > near_most.high + unseen and at_most <= far.high,
        Verdict.MUCH_MORE: having > far_most.high + unseen,
    }
    return next((verdict for verdict, is_so in sure.items() if is_so), None)
