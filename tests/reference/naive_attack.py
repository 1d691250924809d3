"""What can be worked out of tables by hand: by intervals where they share one side, by trying everything where not."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Span = tuple[int, float]
NO_END = float("inf")


def through_one_side(tables: Sequence[Mapping[tuple[str, str], Span]]) -> list[dict[tuple[str, str], Span]]:
    """Tables that share their first side alone, each cell with what it may be by itself: what it may be by all of them.

    The persons of a row are as many in each table; a cell is what is left of its row when the others take the most, or
    the least, that they can.
    """
    rows = {row for table in tables for row, _column in table}
    sums: dict[str, Span] = {}
    for row in rows:
        spans = [[span for (name, _), span in table.items() if name == row] for table in tables]
        low: float = max(sum(span[0] for span in table) for table in spans)
        high = min(sum(span[1] for span in table) for table in spans)
        sums[row] = (int(low), high)
    found = []
    for table in tables:
        by_all = {}
        for (row, column), (least, most) in table.items():
            others = [span for (name, other), span in table.items() if name == row and other != column]
            low = max(float(least), sums[row][0] - sum(span[1] for span in others))
            high = min(most, sums[row][1] - sum(span[0] for span in others))
            by_all[row, column] = (int(max(0, low)), high)
        found.append(by_all)
    return found


Pair = tuple[int, int]
Spans = Mapping[Pair, tuple[int, int]]


Half = tuple[int, int, int, int]
Cube = dict[tuple[int, int, int], int]


def cubes(ab: Spans, bc: Spans, ac: Spans, most: int, tries: int) -> Iterator[Cube] | None:
    """Every way to fill a cube of two by two by two so that each of its three faces is within its spans, with no more
    than `most` in a cell; `None` when that takes more tries than these.
    """

    def halves(b: int) -> list[Half]:
        """x(0,b,0), x(0,b,1), x(1,b,0), x(1,b,1) that fit the faces ab and bc."""
        found = []
        for one, two, three, four in product(range(most + 1), repeat=4):
            fits = _in(one + two, ab[0, b]) and _in(three + four, ab[1, b])
            if fits and _in(one + three, bc[b, 0]) and _in(two + four, bc[b, 1]):
                found.append((one, two, three, four))
        return found

    both_halves = (halves(0), halves(1))
    if len(both_halves[0]) * len(both_halves[1]) > tries:
        return None
    return _fitting(both_halves, ac)


def _fitting(halves: tuple[list[Half], list[Half]], ac: Spans) -> Iterator[Cube]:
    for first, second in product(*halves):
        sums = [one + two for one, two in zip(first, second, strict=True)]
        if all(_in(sums[2 * a + c], ac[a, c]) for a, c in product((0, 1), repeat=2)):
            both = (first, second)
            yield {(a, b, c): both[b][2 * a + c] for a, b, c in product((0, 1), repeat=3)}


def _in(count: int, span: tuple[int, int]) -> bool:
    return span[0] <= count <= span[1]
