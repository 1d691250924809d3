"""For whom something began between two days, by walking day by day, written without the room it checks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

Spells = Sequence[tuple[date, date]]


def began(spells: Mapping[int, Spells], earlier: date, later: date, gap: int) -> dict[int, date]:
    """By client the first day in it after the earlier day, up to the later, without a day in it just before."""
    found = {}
    for client, own in spells.items():
        days = {start + timedelta(days=number) for start, end in own for number in range((end - start).days)}
        for day in sorted(days):
            before = any(day - timedelta(days=number) in days for number in range(1, gap + 2))
            if earlier < day <= later and not before:
                found[client] = day
                break
    return found
