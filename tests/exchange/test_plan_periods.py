"""Follow-up and benefit: opened, closed, put back in time, returned to; never two of one kind at once."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.clients.models import BenefitSpell, FollowUp
from opstap.municipality.models import Municipality
from tests.exchange.imports import checked, counts, errors, held, imported, lines, town, warnings

pytestmark = pytest.mark.django_db
HEAD = (
    "Klantnummer;Achternaam;Begin uitkering;Einde uitkering;Uitkering;Begin begeleiding;Einde begeleiding;"
    "Reden uitstroom"
)
PERIOD = ("starts_on", "ends_on")


@pytest.fixture
def municipality() -> Municipality:
    return town()


def row(
    begin: str = "", end: str = "", *, kind: str = "pw", follow: str = "", until: str = "", reason: str = ""
) -> str:
    return f"K1;Bakker;{begin};{end};{kind};{follow};{until};{reason}"


def test_follow_up_starts_with_benefit_else_placement_else_reference_date(municipality: Municipality) -> None:
    content = lines(
        "Klantnummer;Achternaam;Begin begeleiding;Begin uitkering;Uitkering;Datum meting;Trede",
        "K1;Een;01-01-2019;01-02-2019;pw;01-03-2019;2",
        "K2;Twee;;01-02-2019;pw;01-03-2019;2",
        "K3;Drie;;;Nug;01-03-2019;2",
        "K4;Vier;;;geen;;",
    )
    imported(municipality, content, reference_date=date(2019, 4, 1))
    assert held(FollowUp, "client__number", "starts_on", "ground") == [
        ("K1", date(2019, 1, 1), "benefit"),
        ("K2", date(2019, 2, 1), "benefit"),
        ("K3", date(2019, 3, 1), "nugger"),
        ("K4", date(2019, 4, 1), "other"),
    ]


@pytest.mark.parametrize(
    ("begin", "kind", "said"),
    [
        ("31-12-2014", "WWB", set()),
        ("01-01-2015", "WWB", {"code_ended"}),
        ("01-05-2018", "Wsw", {"code_ended"}),
        ("01-05-2008", "Participatiewet", set()),  # systems gave running benefits the name of the new act
    ],
)
def test_a_benefit_that_begins_after_its_act_ended_is_taken_over_with_a_warning(
    municipality: Municipality, begin: str, kind: str, said: set[str]
) -> None:
    outcome = imported(municipality, lines(HEAD, row(begin, kind=kind)))
    assert (counts(outcome), warnings(outcome)) == ((1, 0, 0, 0), said)


def test_an_end_is_the_last_day_and_closes(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2019")))
    outcome = imported(municipality, lines(HEAD, row("01-01-2019", "30-06-2020", until="31-12-2020", reason="werk")))
    assert counts(outcome) == (0, 1, 0, 0)
    assert held(FollowUp, *PERIOD) == [(date(2019, 1, 1), date(2021, 1, 1))]
    assert held(BenefitSpell, *PERIOD, "exit_reason") == [(date(2019, 1, 1), date(2020, 7, 1), "employment")]
    assert outcome.checked.plan.large_change.clients == 1
    assert counts(imported(municipality, lines(HEAD, row("01-01-2019")))) == (0, 0, 1, 0)


def test_an_earlier_begin_puts_a_spell_back_in_time(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-06-2019")))
    imported(municipality, lines(HEAD, row("01-01-2018")))
    assert held(BenefitSpell, *PERIOD) == [(date(2018, 1, 1), None)]
    assert BenefitSpell.objects.filter(replaces__isnull=False).count() == 1


def test_a_later_begin_without_an_end_is_not_guessed(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2018")))
    outcome = imported(municipality, lines(HEAD, row("01-06-2019")))
    assert (counts(outcome), warnings(outcome)) == ((0, 0, 1, 0), {"benefit_still_open"})
    assert held(BenefitSpell, *PERIOD) == [(date(2018, 1, 1), None)]


def test_a_second_spell_follows_where_the_file_ends_the_first(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2018")))
    both = lines(HEAD, row("01-01-2018", "31-12-2018"), row("01-06-2019"))
    assert counts(imported(municipality, both)) == (0, 2, 0, 0)
    assert held(BenefitSpell, *PERIOD) == [(date(2018, 1, 1), date(2019, 1, 1)), (date(2019, 6, 1), None)]
    assert held(FollowUp, *PERIOD) == [(date(2018, 1, 1), None)]
    assert counts(imported(municipality, both)) == (0, 0, 2, 0)


def test_another_kind_ends_the_one_that_runs(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2010", kind="WWB")))
    changed = imported(municipality, lines(HEAD, row("01-01-2015", kind="pw")))
    assert held(BenefitSpell, "starts_on", "ends_on", "kind") == [
        (date(2010, 1, 1), date(2015, 1, 1), "wwb"),
        (date(2015, 1, 1), None, "participatiewet"),
    ]
    assert changed.checked.plan.large_change.clients == 0
    assert counts(imported(municipality, lines(HEAD, row("01-01-2010", kind="WWB")))) == (0, 0, 1, 0)


def test_another_kind_from_the_same_day_was_a_mistake(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2019")))
    imported(municipality, lines(HEAD, row("01-01-2019", kind="ioaw")))
    assert held(BenefitSpell, *PERIOD, "kind") == [(date(2019, 1, 1), None, "ioaw")]


def test_who_returns_after_closing_is_followed_again(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-01-2018", "31-12-2018", until="31-01-2019")))
    again = lines(HEAD, row("01-06-2021"))
    assert counts(imported(municipality, again)) == (0, 1, 0, 0)
    assert held(FollowUp, *PERIOD) == [(date(2018, 1, 1), date(2019, 2, 1)), (date(2021, 6, 1), None)]
    assert len(held(BenefitSpell, *PERIOD)) == 2
    assert counts(imported(municipality, again)) == (0, 0, 1, 0)


def test_history_of_follow_up_comes_in_whatever_the_order(municipality: Municipality) -> None:
    rows = [
        row("01-01-2018", "31-12-2018", follow="01-01-2018", until="31-01-2019"),
        row("01-06-2021", follow="01-05-2021"),
    ]
    imported(municipality, lines(HEAD, *rows))
    imported(municipality, lines(HEAD, *(line.replace("K1", "K2") for line in reversed(rows))))
    for model in (FollowUp, BenefitSpell):
        assert held(model, *PERIOD, number="K1") == held(model, *PERIOD, number="K2")
        assert len(held(model, *PERIOD, number="K1")) == 2


def test_a_begin_of_follow_up_before_the_known_one_puts_it_back(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("01-06-2019")))
    imported(municipality, lines(HEAD, row("01-06-2019", follow="01-03-2019")))
    assert held(FollowUp, *PERIOD) == [(date(2019, 3, 1), None)]


def test_a_status_without_begin_holds_with_follow_up_a_benefit_is_not_invented(municipality: Municipality) -> None:
    content = lines(
        "Klantnummer;Achternaam;Uitkering;Datum meting;Trede", "K1;Een;Nug;01-03-2019;2", "K2;Twee;pw;01-03-2019;2"
    )
    outcome = imported(municipality, content)
    assert warnings(outcome) == {"benefit_without_begin"}
    assert held(BenefitSpell, "client__number", "kind", "starts_on") == [("K1", "nugger", date(2019, 3, 1))]
    assert counts(imported(municipality, content)) == (0, 0, 2, 0)


def test_a_benefit_without_kind_is_assistance_by_the_act_of_the_day(municipality: Municipality) -> None:
    content = lines("Klantnummer;Achternaam;Begin uitkering", "K1;Een;01-03-2010", "K2;Twee;01-03-2019")
    outcome = imported(municipality, content)
    assert warnings(outcome) == {"benefit_kind_assumed"}
    assert held(BenefitSpell, "client__number", "kind") == [("K1", "wwb"), ("K2", "participatiewet")]
    again = imported(municipality, content)
    assert (counts(again), warnings(again)) == ((0, 0, 2, 0), set())


def test_an_end_of_follow_up_before_its_start_is_refused(municipality: Municipality) -> None:
    found = checked(municipality, lines(HEAD, row("01-06-2019", until="01-01-2019")))
    assert errors(found) == [(2, "Einde begeleiding", "follow_up_end_before_begin")]


def test_a_start_that_stands_in_a_refused_row_is_not_replaced_by_another_day(municipality: Municipality) -> None:
    content = lines(
        "Klantnummer;Achternaam;Einde begeleiding;Datum meting;Trede;Belemmering",
        "K1;Bakker;;;;geld",
        "K1;Bakker;17-07-2020;26-04-2021;2;",
    )
    for _ in range(2):
        outcome = imported(municipality, content, skip_refused=True, reference_date=date(2020, 7, 1))
        assert counts(outcome) == (0, 0, 0, 2)
        assert errors(outcome.checked) == [
            (2, "Datum meting", "start_refused"), (3, "Einde begeleiding", "follow_up_end_before_begin"),
        ]  # fmt: skip
    assert held(FollowUp, "starts_on") == []


def test_a_start_that_another_row_gives_too_does_without_the_refused_one(municipality: Municipality) -> None:
    content = lines(
        "Klantnummer;Achternaam;Begin begeleiding;Einde begeleiding;Datum meting;Trede",
        "K1;Bakker;01-01-2021;;;",
        "K1;Bakker;;17-07-2020;26-04-2021;2",
    )
    for expected in ((1, 0, 0, 1), (0, 0, 1, 1)):
        assert counts(imported(municipality, content, skip_refused=True)) == expected
    assert held(FollowUp, "starts_on") == [date(2021, 1, 1)]


def test_benefits_are_told_in_the_order_of_their_days(municipality: Municipality) -> None:
    imported(municipality, lines(HEAD, row("27-06-2020", kind="ioaw")))
    content = lines(HEAD, row("06-07-2020", kind="ioaw"), row("02-07-2020", "03-07-2020", kind="pw"))
    assert counts(imported(municipality, content)) == (0, 2, 0, 0)
    assert held(BenefitSpell, "kind", *PERIOD) == [
        ("ioaw", date(2020, 6, 27), date(2020, 7, 2)),
        ("ioaw", date(2020, 7, 6), None),
        ("participatiewet", date(2020, 7, 2), date(2020, 7, 4)),
    ]
    assert counts(imported(municipality, content)) == (0, 0, 2, 0)


def test_of_one_day_a_benefit_with_its_begin_comes_before_a_status(municipality: Municipality) -> None:
    content = lines(
        "Klantnummer;Achternaam;Begin uitkering;Einde uitkering;Uitkering;Datum meting;Trede",
        "K1;Bakker;;;Nug;28-06-2020;1",
        "K1;Bakker;28-06-2020;28-06-2020;pw;;",
    )
    assert counts(imported(municipality, content)) == (2, 0, 0, 0)
    known = held(BenefitSpell, "kind", *PERIOD)
    assert counts(imported(municipality, content)) == (0, 0, 2, 0)
    assert held(BenefitSpell, "kind", *PERIOD) == known
