"""The words of groups: every dimension's group codes with a public code and labels in a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from opstap.accounts.models import Team, User
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.permissions import Actor
from opstap.audit.selectors import remembered
from opstap.clients.models import Programme
from opstap.clients.permissions import sees_whole_municipality
from opstap.facts.selectors.dimensions import BENEFIT_DURATION, DIMENSIONS, UNKNOWN
from opstap.facts.selectors.durations import duration_classes, duration_years
from opstap.foundation.ui.wording import worded_once
from opstap.municipality.logic import CHOICE, PARTS, YES_NO
from opstap.municipality.selectors import DistrictOnDay, OwnTrait, districts_on, labels_on


@dataclass(frozen=True)
class Group:
    """A group of a dimension. `code` as counted, `public` as it may stand in an address, `label` in words."""

    code: str
    public: str
    label: str


GROUPING = {YES_NO, CHOICE}  # kinds of own traits that make groups
GroupWords = Mapping[str, Mapping[str, Group]]


def dimensions_for(
    actor: Actor, own: Collection[OwnTrait] = (), parts: Collection[str] = PARTS, *, consented: bool = False
) -> list[str]:
    """Dimensions that may group the figures of this viewer: figures of one worker are for the command line, and with
    the works council's consent (`consented`) for who leads them.

    `own` are the traits that the municipality defined; a number or a day makes no groups. What comes from a part that
    the municipality does without is none either.
    """
    leads = actor.may("reach_team") or sees_whole_municipality(actor)
    hidden = set() if actor.may_all or (consented and leads) else {"worker"}
    hidden |= {key for key, one in DIMENSIONS.items() if one.part and one.part not in parts}
    if not (actor.may_all or leads):
        hidden.add("team")
    return [key for key in DIMENSIONS if key not in hidden] + [x.code for x in own if x.kind in GROUPING]


@remembered
def group_words(
    latest: int,
    municipality_id: int,
    keys: tuple[str, ...],
    day: date,
    language: str,
    *,
    recording: int,
    own: tuple[OwnTrait, ...] = (),
) -> GroupWords:
    """For each dimension its groups by code, in their order; `unknown` last. Districts as known at the recording."""
    del latest
    lists = {key: dimension.code_list for key, dimension in DIMENSIONS.items() if dimension.code_list and key in keys}
    labels = labels_on(set(lists.values()), day, language)
    words: dict[str, dict[str, Group]] = {}
    named = _named(_NAMED & set(keys), municipality_id)
    own_labels = {trait.code: trait.labels(language) for trait in own}
    lived = districts_on(municipality_id, day, recording=recording) if _LIVED & set(keys) else []
    with override(language):
        for key in keys:
            listed = lists.get(key)
            plain = labels[listed] if listed is not None else own_labels.get(key) or _plain(key)
            groups = {code: Group(code, code, label) for code, label in plain.items()}
            if key in named:
                groups = named[key]
            if key in _LIVED:
                groups = _lived(key, lived)
            if key == BENEFIT_DURATION:
                plain = _durations(duration_years(recording, municipality_id, day))
                groups = {code: Group(code, code, label) for code, label in plain.items()}
            groups.setdefault(UNKNOWN, Group(UNKNOWN, UNKNOWN, _NOT_IN[key]() if key in _NOT_IN else _("unknown")))
            words[key] = groups
    return words


@worded_once
def dimension_label(key: str) -> str:
    """What a dimension is called."""
    return _(_LABELS[key]) if key in _LABELS else key


_LABELS = {
    "team": gettext_noop("team"),
    "worker": gettext_noop("case manager"),
    "sex": gettext_noop("sex"),
    "age": gettext_noop("age"),
    "benefit": gettext_noop("benefit"),
    "benefit-duration": gettext_noop("time on benefit"),
    "household": gettext_noop("type of household"),
    "exemption": gettext_noop("exemption"),
    "barrier": gettext_noop("barrier"),
    "low-literacy": gettext_noop("low literacy"),
    "basic-qualification": gettext_noop("basic qualification"),
    "integration": gettext_noop("civic integration"),
    "income": gettext_noop("income situation"),
    "trajectory": gettext_noop("kind of trajectory"),
    "instrument": gettext_noop("instrument in use, by kind"),
    "district": gettext_noop("district"),
    "neighbourhood": gettext_noop("neighbourhood"),
    "programme": gettext_noop("programme"),
}
_NAMED = {"team", "worker", "programme"}
_LIVED = {"district", "neighbourhood"}
_NOT_IN = {
    "team": lambda: _("without a team"),
    "worker": lambda: _("without a case manager"),
    "benefit": lambda: _("no benefit recorded"),
    "benefit-duration": lambda: _("no benefit"),
    "exemption": lambda: _("no exemption"),
    "barrier": lambda: _("none recorded"),
    "trajectory": lambda: _("no trajectory"),
    "instrument": lambda: _("no instrument"),
    "district": lambda: _("no district known"),
    "neighbourhood": lambda: _("no neighbourhood known"),
    "programme": lambda: _("in no programme"),
}


def _durations(years: tuple[int, ...]) -> dict[str, str]:
    """The classes of time on benefit in words."""
    (_first, shortest), *middle, (_last, longest) = duration_classes(years)
    below = ngettext("shorter than {years} year", "shorter than {years} years", years[0]).format(years=years[0])
    between = {
        code: _("{low} to {high} years").format(low=low, high=high)
        for low, (high, code) in zip(years, middle, strict=False)
    }
    above = ngettext("{years} year or longer", "{years} years or longer", years[-1]).format(years=years[-1])
    return {shortest: below, **between, longest: above}


def _plain(key: str) -> dict[str, str]:
    if key == "age":
        return {
            "<27": _("younger than 27"),
            "27-44": _("27 to 44"),
            "45-55": _("45 to 55"),
            "56-pension": _("56 to state pension age"),
            "pension+": _("state pension age and older"),
        }
    if key == "exemption":
        return {"yes": _("exempt")}
    return {"yes": _("yes"), "no": _("no")}


def _named(keys: Collection[str], municipality_id: int) -> dict[str, dict[str, Group]]:
    """Teams, case managers and programmes by name, of whichever is asked for, in one query."""
    models: dict[str, QuerySet[Team] | QuerySet[User] | QuerySet[Programme]] = {
        "team": Team.objects.filter(municipality=municipality_id),
        "worker": workers_of(municipality_id),
        "programme": Programme.objects.filter(municipality=municipality_id),
    }
    if not keys:
        return {}
    columns = ("dimension", "pk", "reference", "name")
    first, *others = [
        models[key].order_by().annotate(dimension=Value(key)).values_list(*columns) for key in sorted(keys)
    ]
    words: dict[str, dict[str, Group]] = {key: {} for key in keys}
    for key, pk, reference, name in first.union(*others, all=True).order_by("name"):
        words[key][str(pk)] = Group(str(pk), reference, name)
    return words


def _lived(key: str, table: Sequence[DistrictOnDay]) -> dict[str, Group]:
    """Wijken or buurten in the order of their names; a buurt whose name occurs twice names its wijk too."""
    if key == "district":
        return {row.district: Group(row.district, row.district, row.district_name) for row in table}
    named = {row.neighbourhood: row for row in table if row.neighbourhood}
    times = Counter(row.neighbourhood_name for row in named.values())
    return {
        code: Group(code, code, _neighbourhood_label(row, is_double=times[row.neighbourhood_name] > 1))
        for code, row in named.items()
    }


def _neighbourhood_label(row: DistrictOnDay, *, is_double: bool) -> str:
    name = row.neighbourhood_name or row.neighbourhood_code
    return f"{name} ({row.district_name})" if is_double else name
