"""Traits on two days, person by person, written without the room it checks."""

from collections.abc import Iterable, Mapping


def changed(clients: Iterable[int], then: Mapping[int, int], now: Mapping[int, int]) -> list[int]:
    """Persons who have it still, no longer, since, never, and of whom it is not known (absent or -1) on a day."""
    counts = [0, 0, 0, 0, 0]
    for client in sorted(set(clients)):
        before, after = then.get(client, -1), now.get(client, -1)
        if before == -1 or after == -1:
            counts[4] += 1
        elif before == 1:
            counts[0 if after == 1 else 1] += 1
        else:
            counts[2 if after == 1 else 3] += 1
    return counts
