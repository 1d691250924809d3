"""The small result of a lazy query as plain Python values. Not here: any query."""

from typing import Any

import narwhals as nw


def rows_of(result: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """The rows of a result that is small by nature, such as one row a level."""
    return collected(result).rows()


def collected(result: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """What comes out of a query.

    An engine that lives outside these columns gives its results by Arrow, and by pandas where that isn't installed.
    """
    try:
        return result.collect()
    except ModuleNotFoundError:
        return result.collect(backend="pandas")
