"""How the people of a caseload came to be in it, one spec each; they stand on the page of the report `movement`."""

from datetime import date

from tests.analytics.specs.scales import THREE_LEVELS
from tests.analytics.specs.spec import Spec

STANDING_SPECS = (
    Spec(
        name="Whom a caseload got from another, or from none",
        report="movement",
        sentence=(
            "Of the seven whom Jo has on the later day Anna and Bram were hers and placed on the earlier one. Cees "
            "was in another caseload then and Dora in none, both placed: they were taken over. Emma was not placed "
            "and Finn not in follow-up: they are new on the ladder, whoever had them. Gerda is not placed now, "
            "wherever she came from. Hans, whom Jo handed over, is in none of it. So the parts are the whole caseload."
        ),
        on=date(2025, 3, 1),
        compared_with=date(2024, 3, 1),
        given={
            "levels": THREE_LEVELS,
            "people": [
                {"client": "Anna", "then": "Jo", "level then": "1", "now": "Jo", "level now": "2"},
                {"client": "Bram", "then": "Jo", "level then": "2", "now": "Jo", "level now": None},
                {"client": "Cees", "then": "Kim", "level then": "1", "now": "Jo", "level now": "1"},
                {"client": "Dora", "then": "nobody", "level then": "2", "now": "Jo", "level now": "2"},
                {"client": "Emma", "then": "Jo", "level then": None, "now": "Jo", "level now": "1"},
                {"client": "Finn", "then": None, "level then": None, "now": "Jo", "level now": "3"},
                {"client": "Gerda", "then": "Kim", "level then": "2", "now": "Jo", "level now": "0"},
                {"client": "Hans", "then": "Jo", "level then": "1", "now": "Kim", "level now": "3"},
            ],
        },
        expected=[{"people": 7, "stayed": 2, "entered": 2, "taken_over": 2, "unplaced": 1}],
    ),
)
