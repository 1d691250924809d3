"""What the report on quality finds and life in the town does not bring by itself: one example of each."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.audit.permissions import Actor
from opstap.clients.logic import BenefitSpellRow, FollowUpRow
from opstap.clients.models import FollowUp
from opstap.clients.operations import record_benefit_spells, record_death, record_held_fact
from opstap.demo.logic.ladder_walk import TOP
from opstap.demo.logic.placing import SCALE
from opstap.foundation.dates import years_before
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.plans.logic import TrajectoryRow
from opstap.plans.models import Instrument, Trajectory
from opstap.plans.operations import record_trajectories

MONTH = timedelta(days=30)
MOST = 20  # that are looked through for one who fits
UNPAID = ("1", "2", "3", "4")


def leave_findings(by: Actor, municipality: Municipality, today: date) -> None:
    """As of the last day, where the town is large enough to have them; the same people for the same town."""
    _died(by, municipality, today)
    _ended_without_reason(by, municipality, today)
    _trajectory_ended(by, municipality, today)
    _sheltered_lately(by, municipality, today)
    _benefit_goes_on(by, municipality, today)


def _died(by: Actor, municipality: Municipality, today: date) -> None:
    """Of somebody it is known that they died, and nobody closed the dossier."""
    held = FollowUp.objects.active_on(today).filter(client__municipality=municipality, starts_on__lt=today - 2 * MONTH)
    last = held.select_related("client").order_by("-client__number").first()
    if last is not None:
        record_death(by=by, client=last.client, died_on=today - timedelta(days=9), why="bericht van de familie")


def _ended_without_reason(by: Actor, municipality: Municipality, today: date) -> None:
    """Somebody who left this year, without a word of why."""
    ended = FollowUp.objects.current().filter(
        client__municipality=municipality, ends_on__gt=years_before(today, 1) + MONTH, ends_on__lt=today - MONTH
    )
    still = FollowUp.objects.current().filter(ends_on__isnull=True).values("client")
    last = ended.exclude(client__in=still).exclude(end_reason="deceased").order_by("-ends_on", "client__number").first()
    if last is not None:
        row = FollowUpRow(last.client_id, last.starts_on, last.ends_on, last.ground, replaces_id=last.pk)
        record_held_fact(by=by, what="follow_up", row=row, why="overgenomen uit het vorige systeem")


def _trajectory_ended(by: Actor, municipality: Municipality, today: date) -> None:
    """Of somebody the trajectory ended and the instrument under it runs on."""
    runs = Instrument.objects.active_on(today).filter(client__municipality=municipality)
    for instrument in runs.order_by("-client__number", "pk")[:MOST]:
        led = list(Trajectory.objects.active_on(today).filter(client=instrument.client_id))
        if len(led) == 1 and led[0].starts_on < today - 2 * MONTH:
            held = led[0]
            row = TrajectoryRow(
                held.client_id, held.reference, held.kind, held.starts_on, today - MONTH, name=held.name,
                goal_level_id=held.goal_level_id, maintains_level=held.maintains_level, end_reason="partly_reached",
                replaces_id=held.pk,
            )  # fmt: skip
            record_trajectories(by=by, rows=[row])
            return


def _sheltered_lately(by: Actor, municipality: Municipality, today: date) -> None:
    """Somebody began in sheltered work, and nobody placed them since."""
    held = FollowUp.objects.active_on(today).filter(client__municipality=municipality, starts_on__lt=today - 2 * MONTH)
    for client in held.order_by("-client__number").values_list("client", flat=True)[1:MOST]:
        placed = Measurement.objects.current().filter(client=client, scale__key=SCALE, second_assessment=False)
        last = placed.select_related("level__parent").order_by("-measured_on", "-pk").first()
        if last is not None and (last.level.parent or last.level).code in UNPAID and last.measured_on < today - MONTH:
            spell = BenefitSpellRow(client, "sheltered_work", today - MONTH)
            record_benefit_spells(by=by, rows=[spell])
            return


def _benefit_goes_on(by: Actor, municipality: Municipality, today: date) -> None:
    """Somebody has work without help, and their benefit was begun again by mistake."""
    held = FollowUp.objects.active_on(today).filter(client__municipality=municipality)
    placed = Measurement.objects.current().filter(
        client__in=held.values("client"), scale__key=SCALE, second_assessment=False
    )
    latest = {row.client_id: row for row in placed.select_related("level").order_by("measured_on", "pk")}
    on_top = [row for row in latest.values() if row.level.code == str(TOP) and row.measured_on < today - 2 * MONTH]
    if on_top:
        first = min(on_top, key=lambda row: row.client_id)
        record_benefit_spells(by=by, rows=[BenefitSpellRow(first.client_id, "participatiewet", today - MONTH)])
