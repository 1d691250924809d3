"""The only door for numbers to anyone who may not see the people: tables in, published tables out, or a refusal.

`publish` hides the small cells of a set of tables, rounds the others, and attacks the whole set by integer programming
as somebody would who has read all of it; what that recovers is hidden too, until it recovers nothing. `attack` is the
same attack alone. A `Published` is made here only.
"""

from opstap.analytics.disclosure.attack import Attack, Finding, Known, Link, attack
from opstap.analytics.disclosure.joint import TooManyCells
from opstap.analytics.disclosure.protecting import NotSafe, Published, publish
from opstap.analytics.disclosure.tables import Axis, Cell, PublishedTable, Rules, Shape, Table, Whole
from opstap.analytics.disclosure.worth import Lot, publish_by_worth

__all__ = [
    "Attack",
    "Axis",
    "Cell",
    "Finding",
    "Known",
    "Link",
    "Lot",
    "NotSafe",
    "Published",
    "PublishedTable",
    "Rules",
    "Shape",
    "Table",
    "TooManyCells",
    "Whole",
    "attack",
    "publish",
    "publish_by_worth",
]
