"""The levels over the years: as printed before Opstap, then as published. Nothing here counts people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.ladder.selectors.scales import scale_on
from opstap.municipality.logic import DEFAULT_SCALE
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
    """One day of the series; `None` is hidden, and a level that is not there was not printed."""

    on: date
    counts: Mapping[str, int | None]
    printed: EarlierFigures | None = None
    publication: Publication | None = None

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


def series_of(municipality_id: int) -> list[Moment]:
    """Every day on the own scale, the earliest first: as printed, and as in each publication that holds."""
    key, _levels = levels_of_series(municipality_id)
    found = [Moment(one.on, one.counts, printed=one) for one in earlier_figures(municipality_id) if one.scale == key]
    for one in set_down(municipality_id):
        table = Released.of(one.figures).table(LEVEL)
        if table is not None and one.scale == key and not one.withdrawn:
            found.append(Moment(one.on, {code: count for (code,), count in table.shown.items()}, publication=one))
    known = {level.code for level in _levels}
    return [
        Moment(one.on, {code: n for code, n in one.counts.items() if code in known}, one.printed, one.publication)
        for one in sorted(found, key=lambda one: (one.on, one.printed is None))
    ]
