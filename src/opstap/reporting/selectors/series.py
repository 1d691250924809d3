"""The levels over the years: as printed before Opstap, then as published. Nothing here counts people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from opstap.facts.selectors.cache import facts_of
from opstap.foundation import dates
from opstap.ladder.selectors.scales import scale_on
from opstap.municipality.logic import DEFAULT_SCALE, DISCLOSURE_THRESHOLD
from opstap.municipality.selectors import setting_on
from opstap.reporting.logic.released import LEVEL, NONE, Released
from opstap.reporting.models import EarlierFigures, Publication
from opstap.reporting.selectors.publications import set_down


@dataclass(frozen=True)
class SeriesLevel:
    """A level of the municipality's own scale, or none."""

    code: str
    nl: str
    en: str

    def name(self, language: str) -> str:
        """Its words, with its code before them."""
        words = self.en if language == "en" else self.nl
        return words if self.code == NONE else f"{self.code} {words}"


@dataclass(frozen=True)
class Moment:
    """One day of the series; `None` is hidden, and a level that is not there was not printed.

    `is_counted_too`: printed, of a day that Opstap counts itself by now.
    """

    on: date
    counts: Mapping[str, int | None]
    printed: EarlierFigures | None = None
    publication: Publication | None = None
    is_counted_too: bool = False

    @property
    def whole(self) -> int:
        """The sum of what is shown."""
        return sum(count for count in self.counts.values() if count is not None)


def levels_of_series(municipality_id: int) -> tuple[str, list[SeriesLevel]]:
    """The key of the municipality's own scale, and its whole levels as they read today, with who has none."""
    today = dates.today()
    key = str(setting_on(municipality_id, DEFAULT_SCALE, today))
    scale = scale_on(key, today)
    levels = [SeriesLevel(one.code, one.name_nl, one.name_en) for one in (scale.whole_levels if scale else ())]
    return key, [*levels, SeriesLevel(NONE, _("without a level"), _("without a level"))]


def earlier_figures(municipality_id: int) -> list[EarlierFigures]:
    """What was printed and stands, the earliest first."""
    rows = EarlierFigures.objects.current().filter(municipality=municipality_id)
    return list(rows.select_related("recording").order_by("on", "pk"))


def earlier_row(municipality_id: int, reference: str) -> EarlierFigures | None:
    """A printed table that stands."""
    return next((one for one in earlier_figures(municipality_id) if one.reference == reference), None)


def counted_from(municipality_id: int) -> date | None:
    """The first day that Opstap counts itself: of the first placement known, or that a publication looks back to.

    From then on a number could be one of Opstap's own, and none of these goes past the check on small numbers.
    """
    placed = facts_of(municipality_id).table("measurements")["valid_from"]
    days = [one.earlier for one in set_down(municipality_id)]
    first = placed.min()
    return min([*days, first] if isinstance(first, date) else days, default=None)


def threshold_of(municipality_id: int) -> int:
    """Below this a number is hidden from who sees publications alone."""
    return int(setting_on(municipality_id, DISCLOSURE_THRESHOLD, dates.today()))


def series_of(municipality_id: int, *, in_full: bool) -> list[Moment]:
    """Every day on the own scale, the earliest first: as printed, and as in each publication that holds.

    `in_full` is for who makes publications. For others the small printed numbers are hidden, those of nobody too, and
    what is of a day that Opstap counts itself is left out.
    """
    key, levels = levels_of_series(municipality_id)
    found = [one for one in _printed(municipality_id, in_full=in_full) if one.printed and one.printed.scale == key]
    for one in set_down(municipality_id):
        table = Released.of(one.figures).table(LEVEL)
        if table is not None and one.scale == key and not one.withdrawn:
            found.append(Moment(one.on, {code: count for (code,), count in table.shown.items()}, publication=one))
    known = {level.code for level in levels}
    return [
        replace(one, counts={code: count for code, count in one.counts.items() if code in known})
        for one in sorted(found, key=lambda one: (one.on, one.printed is None))
    ]


def _printed(municipality_id: int, *, in_full: bool) -> list[Moment]:
    rows = earlier_figures(municipality_id)
    if not rows:
        return []
    first, least = counted_from(municipality_id), 0 if in_full else threshold_of(municipality_id)
    found = [
        Moment(
            one.on,
            {code: count if count >= least else None for code, count in one.counts.items()},
            printed=one,
            is_counted_too=first is not None and one.on >= first,
        )
        for one in rows
    ]
    return [one for one in found if in_full or not one.is_counted_too]
