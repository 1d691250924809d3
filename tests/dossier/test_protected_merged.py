"""A protected dossier that was merged: who has the one that was kept guides the client, so nobody is left alone."""

from __future__ import annotations

import pytest

from opstap.clients.operations import Share, assign_clients, merge_clients, protect_dossier
from opstap.dossier.selectors.protected import waiting_protections
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client
from tests.factories.desk import IN_A_MONTH, Office, days_ago

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)


@pytest.mark.parametrize("assigned", [True, False])
def test_whoever_has_the_kept_dossier_guides_the_protected_one(office: Office, *, assigned: bool) -> None:
    double, kept = office.of(None), a_client(office.town)
    protect_dossier(by=BY, client=double, reason="colleague", review_on=IN_A_MONTH, why="x")
    merge_clients(by=BY, client=double, kept=kept, why="dubbel")
    worker = office.kim.pk if assigned else None
    assign_clients(by=BY, shares=[Share(kept.pk, worker, office.team.pk)], from_on=TODAY, reason="")
    assert waiting_protections(acting(office.coordinator), TODAY).exists() is not assigned
