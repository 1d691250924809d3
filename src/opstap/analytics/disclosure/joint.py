"""What all tables together say of one unknown: how many persons stand in each combination of classes.

Tables that hang together like a tree (each shares with the rest only what it shares with one other) agree with some
population whenever they agree on what they share, so their own cells are unknowns enough. Others are taken together
until they do. So the attack knows all that the tables say together, and no less.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Final

from opstap.analytics.disclosure.tables import Shape

Clique = tuple[str, ...]
"""Dimensions whose combinations are unknowns together, by name."""
MOST_CELLS: Final = 20_000


class TooManyCells(Exception):
    """The tables have more combinations together than the attack can look through."""

    def __init__(self, cells: int) -> None:
        super().__init__(f"{cells} cells; the attack looks through {MOST_CELLS} at most")
        self.cells = cells


def leaves_of(shapes: Sequence[Shape]) -> dict[str, tuple[str, ...]]:
    """The finest classes of each dimension. Raises `ValueError` where tables disagree, or a class overlaps another."""
    found: dict[str, frozenset[str]] = {}
    for shape in shapes:
        for axis, name in zip(shape.axes, shape.dimensions, strict=True):
            named = [leaf for leaves in axis.classes.values() for leaf in leaves]
            if len(named) > len(axis.leaves) or found.setdefault(name, axis.leaves) != axis.leaves:
                message = f"table {shape.key} has other classes of {axis.dimension} than the rest, or one twice"
                raise ValueError(message)
    return {name: tuple(sorted(leaves)) for name, leaves in found.items()}


def cliques_of(shapes: Sequence[Shape], leaves: Mapping[str, Sequence[str]]) -> list[Clique]:
    """The sets of dimensions to take together. Raises `TooManyCells`."""
    edges = _largest({frozenset(shape.dimensions) for shape in shapes})
    if _is_knotted(edges):
        edges = _taken_together(edges, leaves)
    cells = sum(_size(edge, leaves) for edge in edges)
    if cells > MOST_CELLS:
        raise TooManyCells(cells)
    return sorted(tuple(sorted(edge)) for edge in edges)


def _largest(edges: set[frozenset[str]]) -> set[frozenset[str]]:
    return {edge for edge in edges if not any(edge < other for other in edges)}


def _is_knotted(edges: set[frozenset[str]]) -> bool:
    """Whether anything is left when everything that hangs on one other is taken off, again and again.

    Source: M. H. Graham, and C. T. Yu and M. Z. Ozsoyoglu (1979), on acyclic sets of tables.
    """
    left = set(edges)
    while len(left) > 1:
        hanging = next((edge for edge in sorted(left, key=sorted) if _hangs(edge, left)), None)
        if hanging is None:
            return True
        left.remove(hanging)
    return False


def _taken_together(edges: set[frozenset[str]], leaves: Mapping[str, Sequence[str]]) -> set[frozenset[str]]:
    """Each dimension is taken with all that it lies beside, the one with the fewest combinations first, and those of
    which all lie beside each other already before that; what it was taken with lies beside each other from then on.

    Source: D. J. Rose (1970), and U. Kjaerulff (1990), on the elimination of unknowns.
    """
    beside = {name: frozenset().union(*(edge for edge in edges if name in edge)) for name in leaves}
    found: set[frozenset[str]] = set()
    while beside:
        name = min(
            beside,
            key=lambda one: (
                not all(beside[one] <= beside[other] for other in beside[one]),
                _size(beside[one], leaves),
                one,
            ),
        )
        together = beside.pop(name)
        found.add(together)
        rest = together - {name}
        beside = {other: (near | rest if other in rest else near) - {name} for other, near in beside.items()}
    return _largest(found)


def _hangs(edge: frozenset[str], edges: set[frozenset[str]]) -> bool:
    others = edges - {edge}
    shared = edge & frozenset[str]().union(*others)
    return any(shared <= other for other in others)


def _size(edge: frozenset[str], leaves: Mapping[str, Sequence[str]]) -> int:
    return prod(len(leaves[name]) for name in edge)
