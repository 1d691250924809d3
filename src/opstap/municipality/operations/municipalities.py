"""Making a municipality and changing its settings."""

from __future__ import annotations

from datetime import date

from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.municipality.enums import Environment
from opstap.municipality.logic import SETTINGS
from opstap.municipality.models import Municipality, Setting
from opstap.municipality.selectors import last_change_of, words_of


def create_municipality(
    *,
    by: Actor,
    name: str,
    cbs_code: str = "",
    environment: str = Environment.PRODUCTION,
    default_scale: str = "vng",
    since: date,
) -> Municipality:
    """Make a municipality with its default scale."""
    by.require("configure_municipality")
    with writing(by=by, verb="create_municipality", about=name) as recording:
        municipality = Municipality.objects.create(name=name, cbs_code=cbs_code, environment=environment)
        Setting(
            recording=recording, municipality=municipality, key="default_scale", value=default_scale, starts_on=since
        ).save()
    return municipality


def change_municipality(
    *,
    by: Actor,
    municipality: Municipality,
    name: str,
    cbs_code: str,
    environment: str,
    banner: str,
    opened_on: str | None = None,
) -> None:
    """Give a municipality another name, code, environment or banner; what a demo is, it stays.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("configure_municipality")
    if (municipality.environment == Environment.DEMO) != (environment == Environment.DEMO):
        message = "a demo stays a demo, and nothing becomes one"
        raise ValueError(message)
    with writing(by=by, verb="change_municipality", about=municipality.reference):
        municipality.refresh_from_db()
        require_unchanged("municipality", words_of(municipality), opened_on)
        municipality.name, municipality.cbs_code = name, cbs_code
        municipality.environment, municipality.banner = environment, banner
        municipality.save()


def change_setting(
    *,
    by: Actor,
    municipality: Municipality,
    key: str,
    value: int | str,
    since: date,
    opened_on: str | None = None,
) -> Setting:
    """Let another value hold from a day on, until the next change that is known; what held before ends that day.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it was changed since.
    """
    by.require("configure_municipality")
    if key not in SETTINGS:
        raise KeyError(key)
    if not SETTINGS[key].takes(value):
        message = f"{key}: {value} is not possible"
        raise ValueError(message)
    with writing(by=by, verb="change_setting", about=key) as recording:
        standing = Setting.objects.filter(municipality=municipality, key=key)
        require_unchanged("setting", {"last": last_change_of(municipality.pk, key)}, opened_on)
        held = standing.active_on(since).order_by("-recording").first()
        following = standing.current().filter(starts_on__gt=since).order_by("starts_on").first()
        if isinstance(held, Setting):
            Setting(
                recording=recording,
                municipality=municipality,
                key=key,
                value=held.value,
                starts_on=held.starts_on,
                ends_on=since,
                replaces=held,
                withdrawn=held.starts_on == since,
            ).save()
        new = Setting(recording=recording, municipality=municipality, key=key, value=value, starts_on=since)
        new.ends_on = following.starts_on if following is not None else None
        new.save()
    return new
