"""The rules of the report `placement`, one spec each."""

from datetime import date
from decimal import Decimal

from tests.analytics.specs.scales import GROUPS, HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec, Table

JAN, FEB, MAR, JUN = (date(2024, month, 1) for month in (1, 2, 3, 6))


def followed(*clients: str) -> Table:
    return [{"client": client, "from": JAN} for client in clients]


def levels_of(*clients: int) -> Table:
    """The rows of a table over `THREE_LEVELS` with nobody on code 0: clients on 1, 2, 3, and not placed."""
    return [{"level": level, "clients": n} for level, n in zip(("0", "1", "2", "3", None), (0, *clients), strict=True)]


PLACEMENT_SPECS = (
    Spec(
        name="The latest placement counts",
        report="placement",
        sentence="A client stands where the latest placement on or before the reference date puts them.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes"},
                {"nr": 2, "client": "Anna", "on": MAR, "level": "2", "growth": "no"},
                {"nr": 3, "client": "Anna", "on": JUN, "level": "3", "growth": "unknown"},
            ],
        },
        expected=levels_of(0, 1, 0, 0),
    ),
    Spec(
        name="Half-levels roll up",
        report="placement",
        sentence="Whoever stands on a half-level counts on its whole level; no level is left out for being empty.",
        on=MAR,
        given={
            "levels": HALF_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2-", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "2+", "growth": "no"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "2", "growth": "yes"},
            ],
        },
        expected=[
            {"level": "1", "clients": 0, "without_growth": 0, "with_growth": 0, "unknown_growth": 0},
            {"level": "2", "clients": 3, "without_growth": 1, "with_growth": 2, "unknown_growth": 0},
            {"level": "3", "clients": 0, "without_growth": None, "with_growth": None, "unknown_growth": None},
            {"level": None, "clients": 0, "without_growth": None, "with_growth": None, "unknown_growth": None},
        ],
    ),
    Spec(
        name="A correction replaces",
        report="placement",
        sentence="A correction stands in the place of the row it names, also when it moves the day.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes"},
                {"nr": 2, "client": "Anna", "on": JAN, "level": "2", "growth": "yes", "recording": 2, "replaces": 1},
                {"nr": 3, "client": "Bram", "on": FEB, "level": "1", "growth": "yes"},
                {"nr": 4, "client": "Bram", "on": JUN, "level": "1", "growth": "yes", "recording": 2, "replaces": 3},
            ],
        },
        expected=levels_of(0, 1, 0, 1),
    ),
    Spec(
        name="A withdrawal takes the placement back",
        report="placement",
        sentence="After a withdrawal the placement before it holds again, and without one the client is not placed.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes"},
                {"nr": 2, "client": "Anna", "on": FEB, "level": "2", "growth": "yes"},
                {"nr": 3, "client": "Anna", "on": FEB, "level": "2", "replaces": 2, "withdrawn": "yes", "recording": 2},
                {"nr": 4, "client": "Bram", "on": FEB, "level": "2", "growth": "no"},
                {"nr": 5, "client": "Bram", "on": FEB, "level": "2", "replaces": 4, "withdrawn": "yes", "recording": 2},
            ],
        },
        expected=levels_of(1, 0, 0, 1),
    ),
    Spec(
        name="As known at an earlier moment",
        report="placement",
        sentence="A report as known at an earlier moment leaves out what was recorded since: it comes out again.",
        on=MAR,
        known_at=1,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes"},
                {"nr": 2, "client": "Anna", "on": JAN, "level": "2", "growth": "yes", "recording": 2, "replaces": 1},
                {"nr": 3, "client": "Bram", "on": JAN, "level": "2", "growth": "no", "recording": 3},
            ],
        },
        expected=levels_of(1, 0, 0, 1),
    ),
    Spec(
        name="Two placements on one day",
        report="placement",
        sentence="Of two placements on one day the one recorded later holds.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2", "growth": "yes", "recording": 2},
                {"nr": 2, "client": "Anna", "on": JAN, "level": "1", "growth": "yes", "recording": 1},
            ],
        },
        expected=levels_of(0, 1, 0, 0),
    ),
    Spec(
        name="In follow-up without a placement",
        report="placement",
        sentence="People in follow-up without a placement by that date are counted on a row of their own, at the end;"
        " people outside follow-up are not counted.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": JAN},
                {"client": "Bram", "from": JAN, "until": MAR},
                {"client": "Cees", "from": JUN},
            ],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JUN, "level": "1", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "1", "growth": "yes"},
            ],
        },
        expected=levels_of(0, 0, 0, 1),
    ),
    Spec(
        name="Code 0, not determined",
        report="placement",
        sentence="Code 0 has a row, also when nobody has it; growth is not counted on it.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna"),
            "placements": [{"nr": 1, "client": "Anna", "on": JAN, "level": "0", "growth": "unknown"}],
        },
        expected=[
            {"level": "0", "clients": 1, "with_growth": None},
            {"level": "1", "clients": 0, "with_growth": 0},
            {"level": "2", "clients": 0, "with_growth": 0},
            {"level": "3", "clients": 0, "with_growth": None},
            {"level": None, "clients": 0, "with_growth": None},
        ],
    ),
    Spec(
        name="Unknown growth potential",
        report="placement",
        sentence="Who has no answer on growth potential counts as unknown, within the denominator of the level.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram", "Cees"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "unknown"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "1", "growth": "yes"},
                {"nr": 3, "client": "Cees", "on": JAN, "level": "1", "growth": "yes"},
            ],
        },
        expected=[
            {"level": "0", "clients": 0, "with_growth": None},
            {"level": "1", "clients": 3, "with_growth": 2, "with_growth_share": Decimal("66.7"), "unknown_growth": 1},
            {"level": "2", "clients": 0, "with_growth": 0, "with_growth_share": None, "unknown_growth": 0},
            {"level": "3", "clients": 0, "with_growth": None, "with_growth_share": None, "unknown_growth": None},
            {"level": None, "clients": 0, "with_growth": None, "with_growth_share": None, "unknown_growth": None},
        ],
        totals={"clients": 3, "with_level_below_top": 3, "with_growth": 2, "unknown_growth": 1},
    ),
    Spec(
        name="The top level has no growth split",
        report="placement",
        sentence="On the top level nobody can rise: its growth is empty, and the growth totals leave it out.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2", "growth": "no"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "3", "growth": "yes"},
            ],
        },
        expected=[
            {"level": "0", "clients": 0, "without_growth": None, "with_growth": None},
            {"level": "1", "clients": 0, "without_growth": 0, "with_growth": 0},
            {"level": "2", "clients": 1, "without_growth": 1, "with_growth": 0},
            {"level": "3", "clients": 1, "without_growth": None, "with_growth": None},
            {"level": None, "clients": 0, "without_growth": None, "with_growth": None},
        ],
        totals={"clients": 2, "with_level_below_top": 1, "without_growth": 1, "with_growth": 0, "unknown_growth": 0},
    ),
    Spec(
        name="A grouping has no top",
        report="placement",
        sentence="The levels of a grouping have no order to rise in, so each keeps the growth that the scale gives it.",
        on=MAR,
        given={
            "levels": GROUPS,
            "follow-up": followed("Anna", "Bram"),
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "direct", "growth": "yes"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "care", "growth": "no"},
            ],
        },
        expected=[
            {"level": "direct", "clients": 1, "with_growth": 1},
            {"level": "learn", "clients": 0, "with_growth": 0},
            {"level": "care", "clients": 1, "with_growth": 0},
            {"level": None, "clients": 0, "with_growth": None},
        ],
        totals={"with_level_below_top": 2},
    ),
    Spec(
        name="By a trait that one may have twice",
        report="placement",
        sentence="Someone in two groups counts in both, and once in the total.",
        on=MAR,
        by="programme",
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": JAN, "programme": "language"},
                {"client": "Anna", "from": JAN, "programme": "work"},
                {"client": "Bram", "from": JAN, "programme": "work"},
            ],
            "placements": [{"nr": 1, "client": "Anna", "on": JAN, "level": "1", "growth": "yes"}],
        },
        expected=[
            {"group": "language", "level": "0", "clients": 0, "share": Decimal("0.0")},
            {"group": "language", "level": "1", "clients": 1, "share": Decimal("100.0")},
            {"group": "language", "level": "2", "clients": 0, "share": Decimal("0.0")},
            {"group": "language", "level": "3", "clients": 0, "share": Decimal("0.0")},
            {"group": "language", "level": None, "clients": 0, "share": Decimal("0.0")},
            {"group": "work", "level": "0", "clients": 0, "share": Decimal("0.0")},
            {"group": "work", "level": "1", "clients": 1, "share": Decimal("50.0")},
            {"group": "work", "level": "2", "clients": 0, "share": Decimal("0.0")},
            {"group": "work", "level": "3", "clients": 0, "share": Decimal("0.0")},
            {"group": "work", "level": None, "clients": 1, "share": Decimal("50.0")},
        ],
        totals={"clients": 2},
    ),
    Spec(
        name="Rounded half-up",
        report="placement",
        sentence="Shares are rounded once, from the counts, and a half goes up; a column need not add up to 100.",
        on=MAR,
        decimals=0,
        given={
            "levels": THREE_LEVELS,
            "follow-up": followed(*"ABCDEFGH"),
            "placements": [
                {"nr": nr, "client": client, "on": JAN, "level": "1" if client == "A" else "2", "growth": "no"}
                for nr, client in enumerate("ABCDEF", 1)
            ],
        },
        expected=[
            {"level": "0", "clients": 0, "share": Decimal(0), "without_growth_share": None},
            {"level": "1", "clients": 1, "share": Decimal(13), "without_growth_share": Decimal(100)},
            {"level": "2", "clients": 5, "share": Decimal(63), "without_growth_share": Decimal(100)},
            {"level": "3", "clients": 0, "share": Decimal(0), "without_growth_share": None},
            {"level": None, "clients": 2, "share": Decimal(25), "without_growth_share": None},
        ],
    ),
    Spec(
        name="Nobody in follow-up",
        report="placement",
        sentence="Of nobody no share can be taken: the share is empty, which is not 0 %.",
        on=MAR,
        given={"levels": THREE_LEVELS, "follow-up": [], "placements": []},
        expected=[{"level": level, "clients": 0, "share": None} for level in ("0", "1", "2", "3", None)],
        totals={"clients": 0, "with_level_below_top": 0},
    ),
)
