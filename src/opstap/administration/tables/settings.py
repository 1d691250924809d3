"""Settings and their periods in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.municipality.logic import SETTINGS, SettingDefinition
from opstap.municipality.selectors import SettingPeriod

# For each setting its name, what it does, and the unit of a number.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "default_scale": (
        _("Default ladder"),
        _("The ladder or grouping that placing, reports and imports take when none is chosen."),
        "",
    ),
    "angle": (
        _("Reports: angle"),
        _("From which angle the list of reports opens. The other angles and all reports stay a step away."),
        "",
    ),
    "benefit_gap_days": (
        _("Gap in benefit"),
        _("A gap in benefit of at most so many days does not break how long somebody is on benefit."),
        _("days"),
    ),
    "duration_classes": (
        _("Time on benefit: classes"),
        _("The whole years at which a next class of time on benefit begins, rising, with commas between them."),
        "",
    ),
    "large_change_share": (
        _("Large change: share"),
        _("An import stops and asks when it changes more than this share of the clients."),
        "%",
    ),
    "large_change_clients": (
        _("Large change: clients"),
        _("An import does not stop for fewer changed clients than this, whatever their share."),
        _("clients"),
    ),
    "case_system_url": (
        _("Case system"),
        _("The address of a case in the case system, beginning with https://; {number} becomes the case number."),
        "",
    ),
    "works_council_consent": (
        _("Works council: figures by case manager"),
        _(
            "With the consent of the works council (WOR, art. 27), team leaders and coordinators see reports and Team "
            "by case manager as well. Without it figures of one worker are shown to nobody else."
        ),
        "",
    ),
    "finer_barriers_ground": (
        _("Finer kinds of barriers: ground"),
        _(
            "The ground (GDPR art. 9 and 10) on which physical, psychological, addiction and justice may be recorded "
            "with a barrier. Only who has that right sees them; no report or file does. Without a ground they are off."
        ),
        "",
    ),
    "finer_barriers_months": (
        _("Finer kinds of barriers: term"),
        _("So many months after it was first recorded a finer kind is erased; the barrier itself stays."),
        _("months"),
    ),
    "most_looks_an_hour": (
        _("Access log: many at once"),
        _(
            "Who opens more dossiers or searches more often than this within an hour, or takes more people of others "
            "along in a day's files, stands among the unusual looks."
        ),
        _("dossiers"),
    ),
    "log_sample_size": (
        _("Access log: sample"),
        _("So many looks are drawn from each month for the privacy officer to judge."),
        _("looks"),
    ),
    "former_reads_days": (
        _("Hand-over: reading along"),
        _("For so many days after a hand-over the former case manager may still read the dossier. 0 is not at all."),
        _("days"),
    ),
    "names_in_dossier": (
        _("Dossier for the client: names of workers"),
        _("Whether the dossier that a client asks for names the workers. Else it tells their function."),
        "",
    ),
    "privacy_desk": (
        _("Dossier for the client: privacy desk"),
        _("Where a client asks or complains about the own data: an address, telephone number or e-mail address."),
        "",
    ),
    "outside_search": (
        _("Somebody calls: outside one's reach"),
        _("What a worker is told of a client of a colleague, on an exact name with birth date, BSN or client number."),
        "",
    ),
    "outside_searches_an_hour": (
        _("Somebody calls: questions an hour"),
        _("So often may one worker ask that in an hour. Each question stands in the access log."),
        _("questions"),
    ),
    "new_from_organisation": (
        _("Signing in with the organisation: somebody new"),
        _("What is done when somebody without an account signs in with your organisation, in a group that has a role."),
        "",
    ),
    "second_factor_roles": (
        _("Second step at signing in"),
        _(
            "Who shows a code of an app or a passkey beside the password. Unless you choose otherwise everybody does, "
            "and in a demo nobody. Who has none yet sets one up at the next sign-in."
        ),
        "",
    ),
    "glass_minutes": (
        _("Emergency access: minutes"),
        _(
            "For so long a dossier out of reach stays open to who opened it with a reason. The team leader or the "
            "coordinator judges it."
        ),
        _("minutes"),
    ),
    "placement_months": (
        _("Placement: old after"),
        _(
            "Who was placed so many months ago or longer asks for attention in the caseload, and is a finding in the "
            "report on quality."
        ),
        _("months"),
    ),
    "undetermined_months": (
        _("Quality of what is recorded: not yet determined"),
        _("Who stands on code 0 for longer than so many months is a finding in the report on quality."),
        _("months"),
    ),
    "open_instrument_months": (
        _("Quality of what is recorded: instrument without an end"),
        _("An instrument without an end date that runs for longer than so many months is a finding."),
        _("months"),
    ),
    "open_trajectory_months": (
        _("Quality of what is recorded: trajectory without an end"),
        _("A trajectory without an end date that runs for longer than so many months is a finding."),
        _("months"),
    ),
    "disclosure_threshold": (
        _("Publications: smallest number"),
        _(
            "A count of fewer people is hidden in what is set down from now on. "
            "What was set down before stays as it is."
        ),
        _("people"),
    ),
    "staging_days": (
        _("Waiting imports"),
        _("After so many days the rows of an import that nobody confirmed are emptied."),
        _("days"),
    ),
}


CHOICE_WORDS: dict[str, dict[str, Any]] = {
    "angle": {
        "all": _("All reports"),
        "gate": _("The gate"),
        "operations": _("Our own work"),
        "coherence": _("Across programmes"),
        "steering": _("Accountability"),
        "neighbourhoods": _("Neighbourhoods and welfare"),
    },
    "new_from_organisation": {
        "refuse": _("they are refused until there is an account"),
        "make": _("an account is made, with the roles of their groups"),
    },
    "outside_search": {
        "off": _("nothing: nobody can ask"),
        "known": _("only whether the client is known"),
        "worker": _("whether the client is known, with worker and team"),
    },
}


@dataclass(frozen=True)
class PeriodLine:
    """A value with its period and who recorded it."""

    value: str
    starts_on: date | None
    ends_on: date | None
    state: str
    holds: bool
    recorded_at: datetime
    recorded_by: str
    is_later: bool


@dataclass(frozen=True)
class SettingLine:
    """A setting with its value of today, and the next one."""

    key: str
    name: str
    meaning: str
    value: str
    following: PeriodLine | None


def shown_settings() -> list[SettingDefinition]:
    """Every setting that is not a part."""
    return [definition for definition in SETTINGS.values() if not definition.is_part]


def name_of(key: str) -> str:
    """The name of a setting."""
    return str(WORDS[key][0])


def meaning_of(key: str) -> str:
    """What a setting does."""
    return str(WORDS[key][1])


def value_words(key: str, value: int | str, choices: Mapping[str, str]) -> str:
    """A value as people read it."""
    if choices and "," in str(value):
        return ", ".join(choices.get(one, one) for one in str(value).split(","))
    if str(value) in choices:
        return choices[str(value)]
    unit = str(WORDS[key][2]) if key in WORDS else ""
    return f"{value} {unit}".strip() or "–"


def setting_lines(
    periods: Mapping[str, Sequence[SettingPeriod]], choices: Mapping[str, Mapping[str, str]], today: date
) -> list[SettingLine]:
    """The settings as the list shows them."""
    lines = []
    for definition in shown_settings():
        key = definition.key
        known = period_lines(key, periods[key], choices.get(key, {}), today)
        value = held_value(periods[key], today)
        words = value_words(key, definition.default if value is None else value, choices.get(key, {}))
        later = [line for line in known if line.is_later]
        lines.append(SettingLine(key, name_of(key), meaning_of(key), words, later[-1] if later else None))
    return lines


def held_value(periods: Sequence[SettingPeriod], today: date) -> int | str | None:
    """The value of a day, or None where nobody changed the default."""
    for one in periods:
        if one.holds and one.starts_on <= today and (one.ends_on is None or today < one.ends_on):
            return one.value
    return None


def period_lines(
    key: str, periods: Sequence[SettingPeriod], choices: Mapping[str, str], today: date
) -> list[PeriodLine]:
    """All that was recorded, the latest period first."""
    return [
        PeriodLine(
            value_words(key, one.value, choices),
            None if one.starts_on <= dates.FIRST_DAY else one.starts_on,
            one.ends_on,
            _state(one, today),
            one.holds,
            one.recorded_at,
            one.recorded_by,
            one.holds and one.starts_on > today,
        )
        for one in periods
    ]


def _state(one: SettingPeriod, today: date) -> str:
    if not one.holds:
        return gettext("replaced")
    if one.starts_on > today:
        return pgettext("a period", "later")
    if one.ends_on is not None and one.ends_on <= today:
        return pgettext("a period", "ended")
    return pgettext("a period", "now")
