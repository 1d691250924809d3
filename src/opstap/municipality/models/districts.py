"""The postcode table: in which wijk and buurt a postcode lies, for a period, as known since a recording."""

from __future__ import annotations

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.municipality.models.municipalities import Municipality


class PostcodeDistrict(PeriodFact):
    """A postcode of four or six characters with its district (wijk) and neighbourhood (buurt)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="postcode_districts")
    postcode = models.CharField(max_length=6)
    district_code = models.CharField(max_length=20, blank=True)
    district_name = models.CharField(max_length=120)
    neighbourhood_code = models.CharField(max_length=20, blank=True)
    neighbourhood_name = models.CharField(max_length=120, blank=True)

    objects = PeriodQuerySet["PostcodeDistrict"].as_manager()

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["municipality", "postcode"], name="district_by_postcode")]

    def __str__(self) -> str:
        return f"{self.postcode} {self.district_name}"
