"""Drafts as personal data: whoever writes about a client, it is found by the client."""

from __future__ import annotations

import pytest

from opstap.accounts.operations import save_draft
from opstap.accounts.permissions import actor_for
from opstap.accounts.personal_data import personal_data_of
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db


def test_a_draft_of_any_form_about_a_client_is_given_and_no_other() -> None:
    town = a_municipality()
    worker = a_case_manager(a_team(town))
    client, other = a_client(town, number="K1"), a_client(town, number="K2")
    for about in (client.reference, f"{client.reference}.vng", f"{other.reference}.vng"):
        save_draft(by=actor_for(worker), kind="placement", about=about, content={"level": ["2+"]})
    held = personal_data_of(client)
    assert len(held) == 2
    assert all('"level": ["2+"]' in str(row.values["content"]) for row in held)
