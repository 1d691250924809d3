"""Who needs attention in the town: about as many as in life; and for one person as for all of them at once."""

from __future__ import annotations

import pytest

from opstap.accounts.models import Team
from opstap.accounts.permissions import actor_for
from opstap.clients.models import Client
from opstap.clients.permissions import dossier_or_404
from opstap.dossier.enums import Reason
from opstap.dossier.selectors.asking import reasons_in
from opstap.dossier.selectors.attention import AWAY, COUNT, desk_of, reasons_of
from opstap.dossier.selectors.story import story_of
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.questions import understand
from opstap.reporting.selectors.signals import signals_of
from tests.demo.towns import UNTIL
from tests.factories.accounts import a_coordinator, a_team_leader

pytestmark = pytest.mark.django_db
EACH = 4  # every fourth person


def test_a_third_to_half_of_the_people_ask_attention_and_each_reason_occurs(town: Municipality) -> None:
    rows = desk_of(town.pk, UNTIL).rows
    assert 0.35 <= (rows[COUNT] > 0).sum() / rows.height <= 0.55
    shares = {reason: rows[reason.value].sum() / rows.height for reason in Reason}
    assert all(0.005 < share < 0.3 for share in shares.values()), shares


def test_the_dossier_finds_the_same_reasons_as_the_list(town: Municipality) -> None:
    desk, coordinator = desk_of(town.pk, UNTIL), actor_for(a_coordinator(town))
    kept = [client_id for client_id, away in desk.rows.select("client_id", AWAY).rows() if away]
    chosen = {*kept, *list(desk.rows["client_id"])[::EACH]}
    references = Client.objects.filter(pk__in=chosen).values_list("pk", "reference")
    found = {}
    for client_id, reference in references:
        client, merged = dossier_or_404(coordinator, reference)
        story = story_of(coordinator, client, merged, today=UNTIL, language="nl")
        found[client_id] = reasons_in(story, desk.parts)
    assert len(found) > 600 / EACH
    assert found == {client_id: reasons_of(desk, client_id) for client_id in found}
    assert {reason for reasons in found.values() for reason in reasons} == set(Reason)


def test_a_leader_meets_a_target_that_two_years_missed_and_one_that_only_a_coordinator_can_judge(
    town: Municipality,
) -> None:
    team = Team.objects.get(municipality=town, name="Ontwikkeling")
    found = {}
    for user in (a_team_leader(team), a_coordinator(town)):
        asked = Asked(report="indicators", on=UNTIL.isoformat())
        question = understand(asked, actor=actor_for(user), municipality=town, language="nl", parameters=("on",))
        signals = signals_of(question)
        found[user.pk] = [
            {one.indicator for one in some if one.team == str(team.pk)} for some in (signals.told, signals.untold)
        ]
    leader, coordinator = found.values()
    assert leader == [{"placed_last_year"}, {"risen"}]
    assert coordinator == [{"placed_last_year", "risen"}, set()]
