"""Reads: settings and parts on a day, code lists with their labels, the pension day of a person, districts."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from opstap.foundation.crypto import LookUp
from opstap.municipality.logic import OWN_TRAIT, PART_PREFIX, PARTS, SETTINGS, PensionAge, pension_day
from opstap.municipality.models import (
    Code,
    CodeLabel,
    CodeList,
    Municipality,
    PostcodeDistrict,
    Setting,
    SetupCode,
    StatePensionAge,
    TraitDefinition,
)

PLACE = Coalesce("own_position", "position")  # the order of a list: the installation's own goes first
PLACE_OF_CODE = Coalesce("code__own_position", "code__position")
SETUP_CODE_HOLDS = timedelta(hours=24)


@dataclass(frozen=True)
class CodeOption:
    """A code as it reads on a day, and whether it can be chosen on it; `valid_until` is the first day it can't be."""

    code: str
    nl: str
    en: str
    counts_as_benefit: bool
    synonyms: tuple[str, ...]
    finer: tuple[str, ...]
    is_offered: bool = True
    valid_from: date | None = None
    valid_until: date | None = None

    def label(self, language: str) -> str:
        """The label in a language; Dutch when it is not English."""
        return self.en if language == "en" else self.nl

    def holds_in(self, first: date, last: date) -> bool:
        """Whether it can be chosen on one of the days from the first to the last."""
        return (self.valid_from or date.min) <= last and first < (self.valid_until or date.max)


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


def setting_on(municipality_id: int, key: str, day: date, *, recording: int | None = None) -> int | str:
    """The value that holds on a day (as known at a recording), or the default. KeyError for an unknown setting."""
    return settings_on(municipality_id, [key], day, recording=recording)[key]


def settings_on(
    municipality_id: int, keys: Collection[str], day: date, *, recording: int | None = None
) -> dict[str, int | str]:
    """The same for several settings, in one query."""
    rows = Setting.objects.filter(municipality=municipality_id, key__in=keys)
    if recording is not None:
        rows = rows.filter(recording__lte=recording)
    known = list(rows.order_by("recording", "pk"))
    replaced = {row.replaces_id for row in known}
    held = [
        row
        for row in known
        if row.pk not in replaced
        and not row.withdrawn
        and row.starts_on <= day
        and (row.ends_on is None or day < row.ends_on)
    ]
    values = {row.key: row.value for row in held}
    return {key: _typed(values.get(key, SETTINGS[key].default), SETTINGS[key].default) for key in keys}


def consents_to_figures_by_worker(municipality_id: int, day: date) -> bool:
    """Whether the works council's consent to figures by case manager holds on a day (FIELD 5; WOR, art. 27)."""
    return bool(setting_on(municipality_id, "works_council_consent", day))


def _typed(value: int | str, default: int | str) -> int | str:
    return int(value) if isinstance(default, int) else str(value)


@dataclass(frozen=True)
class SettingPeriod:
    """A value that a setting has for a period; `holds` unless it was replaced by what was recorded later."""

    value: int | str
    starts_on: date
    ends_on: date | None
    holds: bool
    recorded_at: datetime
    recorded_by: str


def periods_of(municipality_id: int, keys: Collection[str]) -> dict[str, list[SettingPeriod]]:
    """All that was recorded of these settings, the latest period first; one query."""
    rows = list(
        Setting.objects.filter(municipality=municipality_id, key__in=keys)
        .select_related("recording")
        .order_by("-starts_on", "-recording", "-pk")
    )
    replaced = {row.replaces_id for row in rows}
    periods: dict[str, list[SettingPeriod]] = {key: [] for key in keys}
    for row in rows:
        if row.withdrawn:
            continue
        holds = row.pk not in replaced
        period = SettingPeriod(row.value, row.starts_on, row.ends_on, holds, row.recording.at, row.recording.actor_name)
        periods[row.key].append(period)
    return periods


def parts_on(municipality_id: int, day: date) -> frozenset[str]:
    """The parts that a municipality works with on a day; one query."""
    held = Setting.objects.active_on(day).filter(municipality=municipality_id, key__startswith=PART_PREFIX, value="off")
    return frozenset(PARTS) - {key.removeprefix(PART_PREFIX) for key in held.values_list("key", flat=True)}


def municipality_with_parts(municipality_id: int, day: date) -> tuple[Municipality, frozenset[str]]:
    """A municipality and the parts it works with on a day, in the one query that every page asks."""
    switched_off = Setting.objects.active_on(day).filter(municipality=OuterRef("pk"), value="off")
    off = {f"without_{key}": Exists(switched_off.filter(key=PART_PREFIX + key)) for key in PARTS}
    found = Municipality.objects.annotate(**off).get(pk=municipality_id)
    return found, frozenset(key for key in PARTS if not getattr(found, f"without_{key}"))


def is_set_up() -> bool:
    """Whether this installation has a municipality; nobody can have an account without one."""
    return Municipality.objects.exists()


def setup_digest(code: str) -> bytes:
    """What is kept of a set-up code; capitals, spaces and hyphens make no difference."""
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return LookUp(settings.OPSTAP_KEYS.key("secret"), "setup-code").digest(plain)


def setup_code_waits(now: datetime) -> bool:
    """Whether a code was made that still opens the set-up page."""
    return SetupCode.objects.filter(made_at__gt=now - SETUP_CODE_HOLDS).exists()


def setup_code_is_right(code: str, now: datetime) -> bool:
    """Whether this is the code that was printed, less than a day ago."""
    kept = SetupCode.objects.filter(made_at__gt=now - SETUP_CODE_HOLDS).first()
    return kept is not None and hmac.compare_digest(bytes(kept.digest), setup_digest(code))


def codes_on(list_key: str, day: date) -> list[CodeOption]:
    """All codes of a list, labelled as on that day, in the order of the list."""
    codes: QuerySet[Code] = (
        Code.objects.filter(code_list__key=list_key).prefetch_related("labels").order_by(PLACE, "pk")
    )
    return [_option(code, list(code.labels.all()), day) for code in codes]


def codes_valid(list_keys: Collection[str]) -> dict[str, dict[str, tuple[date | None, date | None]]]:
    """For each list its codes with the half-open period in which each can be chosen; one query for all lists."""
    found: dict[str, dict[str, tuple[date | None, date | None]]] = {key: {} for key in list_keys}
    for code in Code.objects.filter(code_list__key__in=list_keys).select_related("code_list").order_by(PLACE, "pk"):
        found[code.code_list.key][code.code] = (code.valid_from, last_day_of(code))
    return found


def last_day_of(code: Code) -> date | None:
    """The first day on which a code can't be chosen any more: by the law, or because it was ended here."""
    ends = [end for end in (code.valid_until, code.ended_on) if end is not None]
    return min(ends) if ends else None


def is_offered_on(code: Code, day: date) -> bool:
    """Whether a code can be chosen on a day."""
    return (code.valid_from or date.min) <= day < (last_day_of(code) or date.max)


def labels_on(list_keys: Collection[str], day: date, language: str) -> dict[str, dict[str, str]]:
    """For each list code to label in one language, in the order of the list; one query for all lists."""
    return words_on(list_keys, day, language)[0]


Words = dict[str, dict[str, str]]


def words_on(list_keys: Collection[str], day: date, language: str) -> tuple[Words, Words]:
    """The labels of all codes, to read what was recorded, and of those that can be chosen on the day; one query."""
    told = CodeLabel.objects.filter(code__code_list__key__in=list_keys).select_related("code__code_list")
    labels: Words = {key: {} for key in list_keys}
    choices: Words = {key: {} for key in list_keys}
    for code, own in groupby(told.order_by(PLACE_OF_CODE, "code", "pk"), key=lambda label: label.code):
        label = _holding(own, day)
        words = label.en if language == "en" else label.nl
        labels[code.code_list.key][code.code] = words
        if is_offered_on(code, day):
            choices[code.code_list.key][code.code] = words
    return labels, choices


def code_lists() -> list[CodeList]:
    """Every list with its codes and labels; three queries."""
    codes = Prefetch("codes", Code.objects.order_by(PLACE, "pk").prefetch_related("labels"))
    return list(CodeList.objects.order_by("name_nl").prefetch_related(codes))


def label_of(code: Code, day: date) -> CodeLabel:
    """What a code is called on a day."""
    return _holding(code.labels.all(), day)


def options_on(list_keys: Collection[str], day: date) -> dict[str, dict[str, CodeOption]]:
    """For each list its codes as they read on a day, in the order of the list; one query for all lists."""
    told = CodeLabel.objects.filter(code__code_list__key__in=list_keys).select_related("code__code_list")
    options: dict[str, dict[str, CodeOption]] = {key: {} for key in list_keys}
    for code, own in groupby(told.order_by(PLACE_OF_CODE, "code", "pk"), key=lambda label: label.code):
        options[code.code_list.key][code.code] = _option(code, list(own), day)
    return options


def pension_day_of(born: date) -> date | None:
    """The day someone reaches state pension age by the table."""
    return pension_day(born, pension_ages())


def pension_ages() -> list[PensionAge]:
    """The table of state pension ages by birth date."""
    return [PensionAge(row.born_from, row.born_until, row.years, row.months) for row in StatePensionAge.objects.all()]


def districts_on(municipality_id: int, day: date, *, recording: int) -> list[DistrictOnDay]:
    """The postcode table that holds on a day, as known at a recording, by wijk and buurt. One query."""
    known = PostcodeDistrict.objects.filter(municipality=municipality_id, recording__lte=recording)
    later = PostcodeDistrict.objects.filter(replaces=OuterRef("pk"), recording__lte=recording)
    held = known.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), ~Exists(later), withdrawn=False, starts_on__lte=day
    )
    columns = ("postcode", "district_code", "district_name", "neighbourhood_code", "neighbourhood_name")
    return [DistrictOnDay(*row) for row in held.order_by(*columns[2:], "postcode").values_list(*columns)]


def _option(code: Code, labels: Sequence[CodeLabel], day: date) -> CodeOption:
    """A code with its words; the own labels of other days lead to it too."""
    label = _holding(labels, day)
    synonyms = (*code.synonyms, *(words for one in labels if one.is_own for words in (one.nl, one.en)))
    words = (code.code, label.nl, label.en, code.counts_as_benefit, synonyms, tuple(code.finer))
    return CodeOption(
        *words, is_offered=is_offered_on(code, day), valid_from=code.valid_from, valid_until=last_day_of(code)
    )


def _holding(labels: Iterable[CodeLabel], day: date) -> CodeLabel:
    """The label of the day: the installation's own before the shipped one, and else the last one there is."""
    ordered = sorted(labels, key=lambda label: (label.is_own, label.starts_on or date.min, label.pk))
    holding = [label for label in ordered if (label.starts_on or date.min) <= day < (label.ends_on or date.max)]
    return (holding or ordered)[-1]


@dataclass(frozen=True)
class OwnTrait:
    """A trait that the municipality defined; `code` is what a fact has as its kind."""

    reference: str
    code: str
    kind: str
    name_nl: str
    name_en: str
    choices: tuple[tuple[str, str, str], ...]
    on_placement: bool
    starts_on: date
    ends_on: date | None

    def name(self, language: str) -> str:
        """What it is called."""
        return self.name_en if language == "en" else self.name_nl

    def labels(self, language: str) -> dict[str, str]:
        """The labels of its list, by code."""
        return {code: (en or nl) if language == "en" else nl for code, nl, en in self.choices}


def own_traits(municipality_id: int, day: date | None = None) -> list[OwnTrait]:
    """The traits that a municipality defined: those that hold on a day, or all there ever were."""
    rows = TraitDefinition.objects.filter(municipality=municipality_id)
    if day is not None:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    return [
        OwnTrait(
            reference=row.reference,
            code=OWN_TRAIT + row.key,
            kind=row.kind,
            name_nl=row.name_nl,
            name_en=row.name_en,
            choices=tuple((code, nl, en) for code, nl, en in row.choices),
            on_placement=row.on_placement,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]
