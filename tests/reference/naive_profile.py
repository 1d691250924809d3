"""Features counted person by person, written without the room it checks."""

from collections.abc import Iterable, Mapping


def profiled(
    clients: Iterable[int],
    levels: Mapping[int, str],
    answers: Mapping[int, bool],
    *,
    absent: bool | None,
) -> dict[str | None, list[int]]:
    """Per code of a whole level [persons, who has it, who has not, not known]; `None` for those not placed."""
    counts: dict[str | None, list[int]] = {}
    for client in sorted(set(clients)):
        line = counts.setdefault(levels.get(client), [0, 0, 0, 0])
        line[0] += 1
        has = answers.get(client, absent)
        line[1 if has is True else 2 if has is False else 3] += 1
    return counts
