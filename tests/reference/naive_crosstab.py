"""Levels by columns, person by person, written without the room it checks."""

from collections.abc import Iterable, Mapping


def crossed(
    clients: Iterable[int], levels: Mapping[int, str], kinds: Mapping[int, str], otherwise: str
) -> dict[tuple[str | None, str], int]:
    """Persons by the code of their whole level (`None`: not placed) and their column; cells with nobody are absent."""
    cells: dict[tuple[str | None, str], int] = {}
    for client in sorted(set(clients)):
        cell = (levels.get(client), kinds.get(client, otherwise))
        cells[cell] = cells.get(cell, 0) + 1
    return cells
