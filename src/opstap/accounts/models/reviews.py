"""The half-yearly look at who holds which role: prepared by one, signed by another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from opstap.accounts.models.teams import RoleHolding
from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class AuthorisationReview(models.Model):
    """One such look: who prepared it, who signed it, and when the next is due. One at a time is open."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="authorisation_reviews")
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="prepared_reviews")
    prepared_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="signed_reviews")
    signed_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(signed_at__isnull=True), name="one_authorisation_review_is_open"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ReviewedRole(models.Model):
    """What such a look says of one role that somebody holds: it stays, or is taken away, and why."""

    review = models.ForeignKey(AuthorisationReview, on_delete=models.CASCADE, related_name="roles")
    holding = models.ForeignKey(RoleHolding, on_delete=models.CASCADE, related_name="reviews")
    stays = models.BooleanField()
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "holding"], name="a_role_is_reviewed_once")]

    def __str__(self) -> str:
        return f"{self.review}: {self.holding}"
