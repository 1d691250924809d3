"""Twelve people of whom is counted by hand what became of them in a year."""

from __future__ import annotations

from datetime import date

from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument

SINCE, SOON, LATER = date(2023, 6, 1), date(2023, 11, 20), date(2024, 5, 20)
PAGE = "/rapporten/groei-gerealiseerd/?on=2024-06-15"

# Level, growth, expected, level in November and in May, out of follow-up from, instrument (o: on record, f: by file).
TWELVE = (
    ("1", "yes", "2", "2", "", None, "o"),
    ("1", "yes", "3", "2", "", None, "o"),
    ("1", "yes", "2", "2", "1", None, ""),
    ("1", "no", None, "1", "", None, ""),
    ("1", "yes", None, "", "", None, ""),
    ("2", "yes", "4", "", "5", None, "f"),
    ("2", "yes", "4", "1", "", None, ""),
    ("2", "yes", "3", "3", "", date(2024, 1, 1), ""),
    ("2", "no", None, "", "", date(2023, 9, 1), ""),
    ("2", "unknown", None, "3", "", None, ""),
    ("6", "unknown", None, "5", "", None, ""),
    ("0", "unknown", None, "1", "", None, ""),
)  # fmt: skip


def a_cohort() -> Municipality:
    """A municipality with these twelve; Jo Jansen has the first five in the caseload."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, growth, expected, soon, later, until, instrument) in enumerate(TWELVE):
        client = a_client(municipality, until=until, surname=f"Mens{number}")
        placed(client, level, on=SINCE, growth=growth, expected=expected)
        for code, day in ((soon, SOON), (later, LATER)):
            if code:
                placed(client, code, on=day)
        if instrument == "o":
            an_instrument(a_trajectory(client, since=date(2023, 3, 1)))
        if instrument == "f":
            with_trait(client, "instrument_in_use", "yes", SINCE)
        if number < 5:
            in_caseload(client, team=team, worker=worker)
    return municipality
