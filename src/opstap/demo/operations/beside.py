"""Who works beside the case managers at the end of the history: coaches, a matcher, an intern; and whom they see."""

from __future__ import annotations

from datetime import timedelta

from opstap.accounts.models import Team, User
from opstap.accounts.operations import NewUser, create_workers
from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment
from opstap.clients.operations import Share, assign_clients
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.staff import BESIDE, WORKERS, Beside
from opstap.demo.operations.staffing import DOMAIN, Setup

SINCE = timedelta(days=100)
INTERNSHIP = timedelta(days=140)  # still to go


def work_beside(by: Actor, setup: Setup, span: Span) -> None:
    """Make them, and give each whom they guide along, by client number."""
    since = span.until - SINCE
    teams = {team.pk: team for team in Team.objects.filter(pk__in=setup.team_ids)}
    supervisor = User.objects.get(pk=setup.worker_ids[next(n for n, one in enumerate(WORKERS) if one.sign_in)])
    rows = [
        NewUser(
            name=one.name,
            sign_in_name=f"{one.sign_in}@{DOMAIN}",
            role=one.role,
            team=None if one.team is None else teams[setup.team_ids[one.team]],
            supervisor=supervisor if one.role == "intern" else None,
            until=span.until + INTERNSHIP if one.role == "intern" else None,
        )
        for one in BESIDE
    ]
    users = create_workers(by=by, municipality=setup.municipality, rows=rows, since=since)
    for user, one in zip(users, BESIDE, strict=True):
        if one.clients and one.team is not None:
            shares = [Share(pk, user.pk, _team(one, setup), one.along) for pk in _whom(one, setup, span)]
            assign_clients(by=by, shares=shares, from_on=since, reason="transferred")


def _team(one: Beside, setup: Setup) -> int | None:
    """A case manager has them in a team; who guides along is in none."""
    return setup.team_ids[one.team] if one.team is not None and one.along == "case_manager" else None


def _whom(one: Beside, setup: Setup, span: Span) -> list[int]:
    """Of a team's caseloads since before then, one in so many."""
    held = Assignment.objects.active_on(span.until).filter(
        team=setup.team_ids[one.team or 0], role="case_manager", worker__isnull=False, starts_on__lt=span.until - SINCE
    )
    ids = list(held.order_by("client__number").values_list("client", flat=True).distinct())
    return ids[one.first :: one.step][: one.clients]
