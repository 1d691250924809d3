"""The half-yearly look at roles: the administrator prepares it, somebody else signs it, and what is taken away ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opstap.accounts.models import AuthorisationReview, ReviewedRole, RoleHolding
from opstap.accounts.operations.holding import HoldingRefused, end_now
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.authorisations import LIST, authorisations_on, open_review, state_of_list
from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class Judged:
    """What is said of one role that somebody holds."""

    stays: bool
    remark: str = ""


def prepare_authorisations(
    *, by: Actor, municipality: Municipality, judged: Mapping[int, Judged], opened_on: str | None = None
) -> None:
    """Say of each role that is held today whether it stays; until it is signed it can be prepared again.

    ReplacedMeanwhile when it was prepared anew, or signed, since the page of `opened_on`; the same where it is signed.
    """
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    with writing(by=by, verb="prepare_authorisations", count=len(judged)):
        require_unchanged(LIST, state_of_list(municipality.pk), opened_on)
        review = open_review(municipality.pk)
        if review is None:
            review = AuthorisationReview(municipality=municipality)
        review.prepared_by_id, review.prepared_at = _person(by), dates.now()
        review.save()
        _say(review, judged)


def sign_authorisations(
    *,
    by: Actor,
    municipality: Municipality,
    judged: Mapping[int, Judged],
    next_on: date,
    opened_on: str | None = None,
) -> int:
    """Sign what somebody else prepared; the roles that are taken away end today. Returns how many.

    HoldingRefused when it was not prepared, was prepared by the same person, lacks a role that is held by now, or would
    leave nobody who can give roles.
    """
    by.require("sign_off_authorisations")
    require_here(by, municipality.pk)
    with writing(by=by, verb="sign_authorisations", count=len(judged)):
        require_unchanged(LIST, state_of_list(municipality.pk), opened_on)
        review = open_review(municipality.pk)
        if review is None:
            raise HoldingRefused("not_prepared")
        if review.prepared_by_id == by.user_id:
            raise HoldingRefused("prepared_oneself")
        today = dates.today()
        if {one.holding for one in authorisations_on(municipality.pk, today)} != set(judged):
            raise HoldingRefused("roles_changed")
        _say(review, judged)
        gone = [holding for holding, one in judged.items() if not one.stays]
        for holding in RoleHolding.objects.filter(pk__in=gone, municipality=municipality).select_related("user"):
            end_now(by, holding, today)
        review.signed_by_id, review.signed_at, review.next_on = _person(by), dates.now(), next_on
        review.save()
    return len(gone)


def _say(review: AuthorisationReview, judged: Mapping[int, Judged]) -> None:
    ReviewedRole.objects.filter(review=review).delete()
    known = RoleHolding.objects.filter(pk__in=judged, municipality=review.municipality_id)
    ReviewedRole.objects.bulk_create(
        ReviewedRole(review=review, holding=holding, stays=judged[holding.pk].stays, remark=judged[holding.pk].remark)
        for holding in known
    )


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise HoldingRefused("nobody")
    return by.user_id
