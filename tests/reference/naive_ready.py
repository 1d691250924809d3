"""Who is ready for a step up, person by person, written without the room it checks."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.reference.rows import Rung


def why(  # noqa: PLR0917 # everything it depends on, in sight
    placed: tuple[int, int | None, date] | None,
    goals: Sequence[int | None],
    rungs: Mapping[int, Rung],
    order: Mapping[str, int],
    since: date,
    halves: bool,
    ladder: bool,
) -> str:
    """What one person is, by level, expected level and day of the placement, and the goals of trajectories."""
    if placed is None or rungs[placed[0]].code == "0":
        return "not_placed"
    if not ladder:
        return "no_order"
    level, expected, day = placed
    if expected is None or rungs[expected].code == "0":
        return "not_known"
    here, there = ((rungs[one].code if halves else rungs[one].whole) for one in (level, expected))
    if order[there] <= order[here]:
        return "not_higher"
    if day <= since:
        return "long_ago"
    known = {pk: rung for pk, rung in rungs.items() if rung.code != "0"}
    led = [None if goal is None else known.get(goal) for goal in goals]
    if any(one is not None and order[one.code if halves else one.whole] > order[here] for one in led):
        return "on_their_way"
    return "no_goal" if None in led else "ready"
