"""Whoever has a caseload in a role that a municipality composed can answer what colleagues ask of them."""

from __future__ import annotations

import pytest

from opstap.accounts.models import OwnRole, RoleHolding
from opstap.accounts.operations import end_role, give_role
from opstap.audit.permissions import command_line
from opstap.clients.models import Assignment
from opstap.clients.operations import request_handovers
from tests.factories.accounts import acting
from tests.factories.desk import Office, days_ago

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)


@pytest.fixture
def narrow(office: Office) -> Office:
    """Kim is a case manager in a role for which nothing was ticked but contacts."""
    sent = {"name_nl": "contactwerker", "description_nl": "Spreekt met mensen.", "permissions": ["record_contacts"]}
    answer = office.sign_in(office.administrator).browser.post("/beheer/rollen/nieuw/?van=case_manager", sent)
    assert answer.status_code == 302
    held, role = RoleHolding.objects.get(user=office.kim), OwnRole.objects.get()
    end_role(by=command_line(), holding=held, ends_on=TODAY)
    give_role(by=command_line(), user=office.kim, role=role.base, own_role=role, team=None, since=TODAY)
    return office


def asked(office: Office) -> str:
    ids = [office.of(office.jo).pk]
    (batch,) = request_handovers(by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=TODAY, note="")
    return batch


def test_who_is_asked_to_take_over_can_do_so(narrow: Office) -> None:
    page = f"/overdracht/{asked(narrow)}/"
    assert "Jo Visser vraagt u" in narrow.sign_in(narrow.kim).page("/meldingen/")
    assert "Neem over" in narrow.page(page)
    assert narrow.browser.post(page, {"action": "accept"}).status_code == 302
    assert Assignment.objects.active_on(TODAY).get().worker == narrow.kim


def test_a_role_of_before_that_rule_can_too(narrow: Office) -> None:
    OwnRole.objects.update(permissions=["see_clients", "hold_caseload", "record_contacts"])
    page = f"/overdracht/{asked(narrow)}/"
    assert narrow.sign_in(narrow.kim).browser.post(page, {"action": "refuse", "why": "Vol"}).status_code == 302
