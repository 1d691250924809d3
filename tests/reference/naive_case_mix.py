"""People counted by group and stratum one by one, written without the room it checks."""

from collections.abc import Iterable, Mapping


def mixed(
    people: Iterable[tuple[int, str | None, str | None]], answers: Mapping[int, bool], *, absent: bool | None
) -> dict[str, dict[str, list[int]]]:
    """By group and stratum [who has it, who has not, not known]."""
    counts: dict[str, dict[str, list[int]]] = {}
    for client, group, stratum in people:
        line = counts.setdefault(group or "", {}).setdefault(stratum or "", [0, 0, 0])
        has = answers.get(client, absent)
        line[0 if has is True else 1 if has is False else 2] += 1
    return counts
