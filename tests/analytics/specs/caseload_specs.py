"""The rules of the report `caseload`, one spec each; levels are those of the scale vng. Run in tests/reporting."""

from datetime import date

from tests.analytics.specs.spec import Spec

JAN, FEB, MAR, APR, JUN = (date(2024, month, 1) for month in (1, 2, 3, 4, 6))
TWO = [{"client": client, "from": JAN} for client in ("Anna", "Bram")]

CASELOAD_SPECS = (
    Spec(
        name="Each client once, with where they stand and what is done",
        report="caseload",
        sentence="Goal is the expected level; trajectories name their own goal, a level or keeping the level. "
        "What there are several of stands in one cell.",
        on=MAR,
        given={
            "follow-up": TWO,
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "2+", "expected": "3"},
                {"nr": 2, "client": "Bram", "on": JAN, "level": "3-"},
            ],
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "3", "from": JAN, "activity": "Koor"},
                {"client": "Anna", "kind": "care", "keeps": "yes", "from": FEB},
            ],
            "barriers": [{"client": "Anna", "barrier": "money", "from": JAN}],
        },
        expected=[
            {
                "number": "Anna",
                "level": "2+",
                "goal": "3",
                "trajectory": "naar werk, naar trede 3; zorg en hulpverlening, behoud van niveau",
                "activity": "Koor",
                "barrier": "geld",
            },
            {"number": "Bram", "level": "3-", "goal": None, "trajectory": "", "activity": "", "barrier": ""},
        ],
        totals={"clients": 2, "with_trajectory": 1},
    ),
    Spec(
        name="The list as it was on the reference date",
        report="caseload",
        sentence="The last placement on or before that date counts, and what was going on then: what began later or "
        "had ended is not there, and neither is who was not in follow-up.",
        on=MAR,
        given={
            "follow-up": [
                TWO[0],
                {"client": "Bram", "from": JAN, "until": FEB},
                {"client": "Cees", "from": APR},
                {"client": "Dora", "from": JAN},
            ],
            "placements": [
                {"nr": 1, "client": "Anna", "on": JAN, "level": "1"},
                {"nr": 2, "client": "Anna", "on": FEB, "level": "2"},
                {"nr": 3, "client": "Anna", "on": APR, "level": "3"},
                {"nr": 4, "client": "Bram", "on": JAN, "level": "2"},
            ],
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "3", "from": JAN, "until": MAR, "activity": "Koor"},
                {"client": "Dora", "kind": "work", "goal": "3", "from": APR},
            ],
            "barriers": [{"client": "Anna", "barrier": "money", "from": JAN, "until": FEB}],
        },
        expected=[
            {"number": "Anna", "level": "2", "trajectory": "", "activity": "", "barrier": ""},
            {"number": "Dora", "level": None, "trajectory": "", "activity": "", "barrier": ""},
        ],
        totals={"clients": 2, "with_trajectory": 0},
    ),
    Spec(
        name="Who is in several groups stands in each of them",
        report="caseload",
        sentence="By a dimension the list is cut into groups; in total everybody is one.",
        on=MAR,
        by="barrier",
        given={
            "follow-up": TWO,
            "placements": [{"nr": 1, "client": "Anna", "on": JAN, "level": "2"}],
            "trajectories": [],
            "barriers": [
                {"client": "Anna", "barrier": "money", "from": JAN},
                {"client": "Anna", "barrier": "language", "from": JAN},
            ],
        },
        expected=[
            {"group": "money", "number": "Anna", "level": "2"},
            {"group": "language", "number": "Anna", "level": "2"},
            {"group": "unknown", "number": "Bram", "level": None},
        ],
        totals={"clients": 2},
    ),
)
