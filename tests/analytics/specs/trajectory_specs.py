"""The rules of the report `trajectories`, one spec each."""

from datetime import date

from tests.analytics.specs.scales import HALF_LEVELS, THREE_LEVELS
from tests.analytics.specs.spec import Spec

JAN, FEB, MAR, APR = (date(2024, month, 1) for month in (1, 2, 3, 4))
FOUR = [{"client": client, "from": JAN} for client in ("Anna", "Bram", "Cees", "Dora")]

TRAJECTORY_SPECS = (
    Spec(
        name="Trajectories by kind and goal",
        report="trajectories",
        sentence="Each running trajectory stands under its kind and its goal: a level, or keeping the level.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": FOUR,
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "3", "from": JAN},
                {"client": "Bram", "kind": "work", "goal": "2", "from": JAN},
                {"client": "Cees", "kind": "care", "keeps": "yes", "from": JAN},
                {"client": "Dora", "kind": "care", "from": JAN},
            ],
        },
        expected=[
            {"kind": "work", "goal": "2", "clients": 1, "trajectories": 1},
            {"kind": "work", "goal": "3", "clients": 1, "trajectories": 1},
            {"kind": "care", "goal": "keep", "clients": 1, "trajectories": 1},
            {"kind": "care", "goal": None, "clients": 1, "trajectories": 1},
        ],
        totals={"clients": 4, "with_trajectory": 4, "trajectories": 4},
    ),
    Spec(
        name="Somebody with two trajectories is one person",
        report="trajectories",
        sentence="Trajectories add up, persons don't: who has two counts once in all and once in each row.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": FOUR,
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "3", "from": JAN},
                {"client": "Anna", "kind": "work", "goal": "3", "from": FEB},
                {"client": "Anna", "kind": "care", "keeps": "yes", "from": FEB},
            ],
        },
        expected=[
            {"kind": "work", "goal": "3", "clients": 1, "trajectories": 2},
            {"kind": "care", "goal": "keep", "clients": 1, "trajectories": 1},
        ],
        totals={"clients": 4, "with_trajectory": 1, "trajectories": 3},
    ),
    Spec(
        name="Running on the reference date",
        report="trajectories",
        sentence="A trajectory counts from its first day until its end, which is the first day after; a plan does not.",
        on=MAR,
        given={
            "levels": THREE_LEVELS,
            "follow-up": [*FOUR[:3], {"client": "Dora", "from": JAN, "until": FEB}],
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "2", "from": MAR},
                {"client": "Bram", "kind": "work", "goal": "2", "from": JAN, "until": MAR},
                {"client": "Cees", "kind": "work", "goal": "2", "from": APR},
                {"client": "Dora", "kind": "work", "goal": "2", "from": JAN},
            ],
        },
        expected=[{"kind": "work", "goal": "2", "clients": 1, "trajectories": 1}],
        totals={"clients": 3, "with_trajectory": 1, "trajectories": 1},
    ),
    Spec(
        name="A goal on a half-level, and on another scale",
        report="trajectories",
        sentence="Half-levels are shown apart; a level of another scale is named as such, never translated in silence.",
        on=MAR,
        given={
            "levels": HALF_LEVELS,
            "follow-up": FOUR,
            "trajectories": [
                {"client": "Anna", "kind": "work", "goal": "2+", "from": JAN},
                {"client": "Bram", "kind": "work", "goal": "2-", "from": JAN},
                {"client": "Cees", "kind": "work", "goal": "group 4 of another scale", "from": JAN},
            ],
        },
        expected=[
            {"kind": "work", "goal": "2-", "clients": 1, "trajectories": 1},
            {"kind": "work", "goal": "2+", "clients": 1, "trajectories": 1},
            {"kind": "work", "goal": "other_scale", "clients": 1, "trajectories": 1},
        ],
    ),
    Spec(
        name="Trajectories by group",
        report="trajectories",
        sentence="By a dimension each group has its own rows and total.",
        on=MAR,
        by="team",
        given={
            "levels": THREE_LEVELS,
            "follow-up": [
                {"client": "Anna", "from": JAN, "team": "North"},
                {"client": "Bram", "from": JAN, "team": "South"},
                {"client": "Cees", "from": JAN, "team": "South"},
            ],
            "trajectories": [
                {"client": "Bram", "kind": "care", "keeps": "yes", "from": JAN},
                {"client": "Cees", "kind": "care", "keeps": "yes", "from": JAN},
            ],
        },
        expected=[{"group": "South", "kind": "care", "goal": "keep", "clients": 2, "trajectories": 2}],
        totals={"clients": 3, "with_trajectory": 2, "trajectories": 2},
    ),
)
