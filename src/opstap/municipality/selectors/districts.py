"""Reads: the postcode table as it holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from opstap.municipality.models import PostcodeDistrict


@dataclass(frozen=True)
class DistrictOnDay:
    """A postcode with its wijk and buurt. A group goes by its code, or by its name where the table has no code."""

    postcode: str
    district_code: str
    district_name: str
    neighbourhood_code: str
    neighbourhood_name: str

    @property
    def district(self) -> str:
        """The group of the wijk."""
        return self.district_code or self.district_name

    @property
    def neighbourhood(self) -> str:
        """The group of the buurt, empty where the table has none. Two wijken may each have a Centrum."""
        if self.neighbourhood_code or not self.neighbourhood_name:
            return self.neighbourhood_code
        return f"{self.district}/{self.neighbourhood_name}"


def districts_on(municipality_id: int, day: date, *, recording: int) -> list[DistrictOnDay]:
    """The postcode table that holds on a day, as known at a recording, by wijk and buurt. One query."""
    known = PostcodeDistrict.objects.filter(municipality=municipality_id, recording__lte=recording)
    later = PostcodeDistrict.objects.filter(replaces=OuterRef("pk"), recording__lte=recording)
    held = known.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), ~Exists(later), withdrawn=False, starts_on__lte=day
    )
    columns = ("postcode", "district_code", "district_name", "neighbourhood_code", "neighbourhood_name")
    return [DistrictOnDay(*row) for row in held.order_by(*columns[2:], "postcode").values_list(*columns)]
