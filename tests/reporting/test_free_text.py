"""Words beside figures name nobody: what would is refused with what to do, on the page and beneath it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser

from opstap.reporting.logic.free_text import NAMES_SOMEBODY, NOT_RECORDED, fault_of
from opstap.reporting.operations import PublicationRefused, PublicationTerms, ask_publication, withdraw_publication
from opstap.reporting.operations.earlier import EarlierRefused, EarlierTerms, correct_earlier, enter_earlier
from opstap.reporting.operations.publications import TableTerms, ask_table
from opstap.reporting.selectors.series import earlier_figures
from tests.factories.accounts import a_coordinator
from tests.factories.pages import signed_in
from tests.factories.publications import BY, SetDown, a_publication, a_town_to_publish, an_earlier_table

WRONG = {
    "Over mevrouw met BSN 999990019": NAMES_SOMEBODY,
    "999.990.019": NAMES_SOMEBODY,
    "9999 90019": NAMES_SOMEBODY,
    "nummer 10000008": NAMES_SOMEBODY,
    "Bel 06-12345678": NAMES_SOMEBODY,
    "Bel (0515) 48 90 00.": NAMES_SOMEBODY,
    "+31 6 1234 5678": NAMES_SOMEBODY,
    "+31 (0)515 489000": NAMES_SOMEBODY,
    "0031612345678": NAMES_SOMEBODY,
    "Vraag van j.devries@fractie-x.nl": NAMES_SOMEBODY,
    "Hoeveel mensen naar nationaliteit?": NOT_RECORDED,
    "Wie is onwillig?": NOT_RECORDED,
}
RIGHT = (
    "De ladder, derde kwartaal 2026",
    "motie 2026-41, twee keer per jaar",
    "Zaak 2026.0041.123, besluit van 01-10-2026 en 12 november",
    "Raadsbrief 123456789",
    "De stand van 2026-09-30 naast die van 2025-09-30",
    "fractie X, 0 van de 10 mensen, 1.250 en 999 cliënten",
    "tabel 10000000",
)


@pytest.mark.parametrize("text", WRONG)
def test_what_names_somebody_or_is_not_recorded_is_found_wherever_it_stands(text: str) -> None:
    assert fault_of(text) == WRONG[text]
    assert fault_of("De ladder", text, "") == WRONG[text]


@pytest.mark.parametrize("text", RIGHT)
def test_what_a_council_writes_is_let_through(text: str) -> None:
    assert fault_of(text) == ""


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


@pytest.fixture
def coordinator(made: SetDown) -> Browser:
    return signed_in(a_coordinator(made.town))


@pytest.mark.django_db
def test_no_operation_writes_such_words(made: SetDown) -> None:
    for text, fault in (("BSN 999990019", NAMES_SOMEBODY), ("naar nationaliteit", NOT_RECORDED)):
        for terms in (PublicationTerms(text, made.on), PublicationTerms("De ladder", made.on, text)):
            with pytest.raises(PublicationRefused, match=fault):
                ask_publication(by=BY, municipality=made.town, terms=terms)
        with pytest.raises(EarlierRefused, match=fault):
            enter_earlier(by=BY, municipality=made.town, terms=EarlierTerms(date(2019, 1, 1), text, {"1": 3}))
    whole = a_publication(made.town, made.on)
    an_earlier_table(made.town)
    (printed,) = earlier_figures(made.town.pk)
    wrong = "bel 0515-489000"
    for table in (TableTerms(wrong, "de raad", ("age",)), TableTerms("Hoe oud?", wrong, ("age",))):
        with pytest.raises(PublicationRefused, match=NAMES_SOMEBODY):
            ask_table(by=BY, publication=whole, terms=table)
    with pytest.raises(PublicationRefused, match=NAMES_SOMEBODY):
        withdraw_publication(by=BY, publication=whole, why=wrong)
    with pytest.raises(EarlierRefused, match=NAMES_SOMEBODY):
        correct_earlier(by=BY, figures=printed, terms=EarlierTerms(date(2019, 1, 1), wrong, {"1": 3}))


@pytest.mark.django_db
def test_each_form_asks_to_name_nobody_and_says_at_the_field_what_to_do(made: SetDown, coordinator: Browser) -> None:
    whole = a_publication(made.town, made.on)
    page = f"/publicaties/{whole.reference}/"
    wrong = "vraag j.devries@fractie-x.nl"
    forms = {
        "/publicaties/vaststellen/": ("title", "promise"),
        f"{page}tabel/": ("question", "asker"),
        f"{page}intrekken/": ("why",),
        "/publicaties/reeks/invoeren/": ("source",),
    }
    for address, fields in forms.items():
        assert coordinator.get(address).content.decode().count("Noem niemand bij naam.") == len(fields), address
        answer = coordinator.post(address, dict.fromkeys(fields, wrong))
        assert answer.status_code == 400
        for field in fields:
            (said,) = answer.context["form"].errors[field]
            assert "Haal dat weg" in said
        kept = answer.content.decode()
        assert kept.count(wrong) >= len(fields), "what was typed is still there"
        (said,) = coordinator.post(address, {fields[0]: "naar geboorteland"}).context["form"].errors[fields[0]]
        assert "andere woorden" in said
