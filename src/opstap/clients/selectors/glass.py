"""Reads: broken glass with its reason, for who judges it, who oversees it, and who broke it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Value

from opstap.accounts.models import TeamMembership, User
from opstap.audit.permissions import Actor
from opstap.clients.enums import GlassVerdict
from opstap.clients.models import BrokenGlass, Client, GlassReview
from opstap.clients.selectors.same_person import about_one_of
from opstap.clients.selectors.sealing import opened_words
from opstap.clients.selectors.withheld import known_to, withheld_from
from opstap.foundation import dates

MOST_SHOWN = 200


@dataclass(frozen=True)
class Judged:
    """What was said of it, by whom and when."""

    verdict: GlassVerdict
    by: str
    at: datetime
    remark: str


@dataclass(frozen=True)
class GlassFound:
    """Who opened which dossier, why, until when, and what was said of it."""

    reference: str
    client: Client
    user: User
    reason: str
    why: str
    opens_at: datetime
    closes_at: datetime
    review_by: date
    judged: Judged | None

    def is_late(self, today: date) -> bool:
        """Whether it should have been judged by now."""
        return self.judged is None and self.review_by < today

    def is_open(self, moment: datetime) -> bool:
        """Whether the dossier is open still."""
        return self.opens_at <= moment < self.closes_at


def glasses(rows: QuerySet[BrokenGlass]) -> list[GlassFound]:
    """These, what is late on top and the latest first; two queries."""
    read = list(rows.select_related("client", "user").order_by("-opens_at", "-pk")[:MOST_SHOWN])
    said = GlassReview.objects.current().filter(glass__in=[row.reference for row in read]).select_related("recording")
    judged = {
        one.glass: Judged(
            GlassVerdict(one.verdict), one.recording.actor_name, one.recording.at, opened_words(one.note_encrypted)
        )
        for one in said
    }
    found = [
        GlassFound(
            row.reference, row.client, row.user, row.reason, opened_words(row.note_encrypted), row.opens_at,
            row.closes_at, row.review_by, judged.get(row.reference),
        )
        for row in read
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_late(dates.today()), one.judged is not None))


def glass_shown_to(actor: Actor) -> QuerySet[BrokenGlass]:
    """One's own, those of the people one leads, and of the whole municipality for who reads its access log."""
    rows = BrokenGlass.objects.current().filter(_here(actor))
    wanted = Q(user=actor.user_id or 0)
    if actor.may("judge_broken_glass"):
        wanted |= _led(actor)
    if actor.may("review_access_log"):
        wanted |= _here(actor)
    return rows.filter(wanted)


def glass_to_judge(actor: Actor) -> QuerySet[BrokenGlass]:
    """What waits for this leader; never one's own."""
    if not actor.may("judge_broken_glass"):
        return BrokenGlass.objects.none()
    return BrokenGlass.objects.unjudged().filter(_led(actor), _here(actor)).exclude(user=actor.user_id or 0)


def glass_to_oversee(actor: Actor) -> QuerySet[BrokenGlass]:
    """What the privacy officer is told of until it was judged."""
    if not actor.may("review_access_log"):
        return BrokenGlass.objects.none()
    return BrokenGlass.objects.unjudged().filter(_here(actor))


def glass_waiting(actor: Actor) -> QuerySet[BrokenGlass, int] | None:
    """How many wait for either, as a subquery of one number."""
    if not actor.may("judge_broken_glass") and not actor.may("review_access_log"):
        return None
    rows = glass_to_oversee(actor) if actor.may("review_access_log") else glass_to_judge(actor)
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    return counted.values_list("waiting", flat=True)


def _led(actor: Actor) -> Q:
    """Of the teams one leads; of the municipality for who reaches it. Never of whom one said to know. A leader from
    whom the dossier is protected leaves it to the coordinator: that somebody judges it holds always.
    """
    today = dates.today()
    if actor.may("reach_municipality"):
        return _here(actor) & ~_of_these(known_to(actor.user_id, today))
    members = TeamMembership.objects.active_on(today).filter(team_id__in=actor.team_ids)
    return Q(user__in=members.values("user")) & ~_of_these(withheld_from(actor.user_id, today))


def _here(actor: Actor) -> Q:
    """Of somebody of the municipality."""
    return about_one_of(Client.objects.filter(municipality=actor.municipality_id or 0))


def _of_these(kept: Q) -> Q:
    return about_one_of(Client.objects.filter(kept))
