"""Whom the reader of the log knows by a pseudonym: whoever is registered or erased since, at once."""

from __future__ import annotations

import pytest

from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.municipality.models import Municipality
from opstap.privacy.operations.erasing import erase_client
from opstap.privacy.selectors import around
from opstap.privacy.selectors.around import subjects_of
from tests.factories.clients import a_client
from tests.factories.municipality import a_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def numbers(town: Municipality) -> set[str]:
    return {one.number for one in subjects_of(latest_recording(), town.pk).values()}


def test_who_is_registered_or_erased_since_is_known_so_at_once() -> None:
    town = a_municipality()
    first = a_client(town)
    assert numbers(town) == {first.number}
    second = a_client(town)
    a_client(a_municipality())
    assert numbers(town) == {first.number, second.number}
    erase_client(by=command_line(), client=first)
    assert numbers(town) == {second.number}


def test_only_of_who_is_new_the_pseudonym_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    town = a_municipality()
    first, asked = a_client(town), list[str]()

    def noted(reference: str) -> bytes:
        asked.append(reference)
        return pseudonym_of(reference)

    monkeypatch.setattr(around, "pseudonym_of", noted)
    numbers(town)
    second = a_client(town)
    assert subjects_of(latest_recording(), town.pk)[pseudonym_of(second.reference)].number == second.number
    numbers(town)
    assert asked == [first.reference, second.reference]
