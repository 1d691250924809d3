"""The settings of a municipality: each with its meaning, its value from a day on, and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.logic import roles as all_roles
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.administration.forms import SettingForm
from opstap.administration.tables.settings import (
    CHOICE_WORDS,
    held_value,
    meaning_of,
    name_of,
    period_lines,
    setting_lines,
    shown_settings,
    value_words,
)
from opstap.administration.views.trails import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, Saved, begun_on, met, saved_by, sent_version
from opstap.foundation.versions import version_of_values
from opstap.ladder.selectors.scales import scales_on
from opstap.municipality.logic import SECOND_FACTOR, SETTINGS
from opstap.municipality.operations import change_setting
from opstap.municipality.selectors import last_change_of, periods_of


@require_safe
@requires("configure_municipality")
def settings(request: HttpRequest) -> HttpResponse:
    """Every setting with the value of today."""
    today = dates.today()
    periods = periods_of(municipality_of(request).pk, [definition.key for definition in shown_settings()])
    lines = setting_lines(periods, _choices(today), today)
    return render(request, "administration/settings.html", {"lines": lines, "trail": trail((_("Settings"), ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """One setting: another value from a day on, and what it was."""
    if key not in {definition.key for definition in shown_settings()}:
        raise Http404
    today, definition, municipality = dates.today(), SETTINGS[key], municipality_of(request)
    periods = periods_of(municipality.pk, [key])[key]
    held = held_value(periods, today)
    value = definition.default if held is None else held
    choices = _choices(today).get(key, {})

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> SettingForm:
        return SettingForm(sent, initial=dict(values), definition=definition, choices=list(choices.items()))

    sent = request.POST if request.method == "POST" else None
    form = made({"value": value, "since": today}, sent)
    state = begun_on(sent, _version(municipality.pk, key))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_setting(
                by=actor_of(request),
                municipality=municipality,
                key=key,
                value=given["value"],
                since=given["since"],
                opened_on=sent_version(request.POST),
            )
        except ReplacedMeanwhile:
            form, state = _met(request.POST, municipality.pk, key, made)
        if state.conflict is None or state.is_settled:
            messages.success(request, _("The new value is saved."))
            return redirect("administration:setting", key)
    lines = period_lines(key, periods, choices, today)
    context = {
        "name": name_of(key),
        "meaning": meaning_of(key),
        "value": value_words(key, value, choices),
        "default": value_words(key, definition.default, choices),
        "form": form,
        "opened": state,
        "lines": [line for line in lines if line.holds],
        "replaced": [line for line in lines if not line.holds],
        "trail": trail((_("Settings"), reverse("administration:settings")), (name_of(key), "")),
    }
    return render(request, "administration/setting.html", context, status=state.status(form))


def _met(
    sent: QueryDict, municipality_id: int, key: str, made: Callable[[Mapping[str, Any], QueryDict | None], SettingForm]
) -> tuple[SettingForm, Opened]:
    """Somebody else changed it while the form was open; or the form says no version, and nobody changed it yet."""
    last = max(periods_of(municipality_id, [key])[key], key=lambda period: period.recorded_at, default=None)
    newest, saved = {"value": SETTINGS[key].default, "since": dates.today()}, saved_by(None)
    if last is not None:
        newest, saved = {"value": last.value, "since": last.starts_on}, Saved(last.recorded_by, last.recorded_at)
    return met(made, sent, opened=None, newest=newest, version=_version(municipality_id, key), saved=saved)


def _version(municipality_id: int, key: str) -> str:
    return version_of_values("setting", {"last": last_change_of(municipality_id, key)})


def _choices(today: date) -> dict[str, dict[str, str]]:
    """Of the settings that are a choice: the choices with their words."""
    language = get_language() or "nl"
    roles = {key: role.name(language) for key, role in all_roles().items()}
    words = {key: {code: str(said) for code, said in choices.items()} for key, choices in CHOICE_WORDS.items()}
    return {
        "default_scale": {scale.key: scale.name(language) for scale in scales_on(today)},
        "names_in_dossier": {"off": _("function"), "on": _("name")},
        **words,
        SECOND_FACTOR: {"": _("everybody; in a demo nobody"), "all": _("everybody"), "none": _("nobody")} | roles,
    }
