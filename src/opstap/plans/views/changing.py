"""Ending, correcting and withdrawing what stands; a correction and a withdrawal with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation.ui.conflicts import settled_words
from opstap.plans.enums import Part
from opstap.plans.forms import (
    KEEP,
    ActivityForm,
    EndForm,
    InstrumentForm,
    PeriodForm,
    TrajectoryForm,
    WhyForm,
    last_day_of,
)
from opstap.plans.logic import PlansRefused, Remark
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations import (
    end_trajectory,
    record_activities,
    record_instruments,
    record_trajectories,
    withdraw_activities,
    withdraw_instruments,
    withdraw_trajectory,
)
from opstap.plans.selectors.choices import goals_of, suppliers_of
from opstap.plans.selectors.help import Thing, activity_row, instrument_row, under
from opstap.plans.tables.help import part_words, title_of
from opstap.plans.views.page import Desk, desk_of, show_faults
from opstap.plans.views.rows import trajectory_of
from opstap.plans.views.versions import Meeting, meeting_of, part_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_plans")
def end(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """The last day and what came of it. What has ended asks where this person stands now."""
    desk = desk_of(request, reference)
    met_on = meeting_of(desk, item)
    if met_on.led is not None:
        return met_on.led
    thing, part = met_on.thing, part_of(met_on.thing)
    running = _running_under(thing, desk)
    form = EndForm(
        request.POST or None,
        lists=desk.choices,
        part=part,
        starts_on=thing.starts_on,
        running=len(running),
        initial={"last_day": max(desk.today, thing.starts_on)},
    )
    if _recorded(desk, met_on, form, lambda: _end(desk, thing, form)):
        over = part is not Part.ACTIVITY and form.cleaned_data["last_day"] <= desk.today
        return desk.on(place_again=over)
    state = met_on.told(partial(_form_of, desk))
    title = _("End: %(what)s") % {"what": title_of(thing, desk.labels)}
    context = desk.context(
        _("End"), form=form, title=title, thing=thing, running=[title_of(one, desk.labels) for one in running],
        may_place=part is not Part.ACTIVITY and desk.actor.may("record_placements"), opened=state,
    )  # fmt: skip
    return render(request, "plans/end.html", context, status=state.status(form))


def _end(desk: Desk, thing: Thing, form: EndForm) -> list[Remark]:
    given = form.cleaned_data
    if isinstance(thing, Trajectory):
        return end_trajectory(
            by=desk.actor,
            trajectory=thing,
            ends_on=form.ends_on,
            reason=given["end_reason"],
            result=given.get("result", ""),
        )
    if isinstance(thing, Activity):
        ended = replace(activity_row(thing), ends_on=form.ends_on, why="", replaces_id=thing.pk)
        return record_activities(by=desk.actor, rows=[ended])
    used = replace(instrument_row(thing), ends_on=form.ends_on, result=given["result"], why="", replaces_id=thing.pk)
    return record_instruments(by=desk.actor, rows=[used])


def _running_under(thing: Thing, desk: Desk) -> list[Instrument]:
    if not isinstance(thing, Trajectory):
        return []
    _activities, instruments = under([thing.reference])
    return [one for one in instruments if one.ends_on is None or one.ends_on > desk.today]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_plans")
def change(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """What stands, to be put right with the reason."""
    desk = desk_of(request, reference)
    met_on = meeting_of(desk, item)
    if met_on.led is not None:
        return met_on.led
    thing = met_on.thing
    form = _form_of(desk, thing, request.POST or None)
    if _recorded(desk, met_on, form, lambda: _change(desk, thing, form)):
        return desk.on()
    form, state = met_on.corrected(form, partial(_form_of, desk))
    if state.is_settled:
        messages.success(request, settled_words())
        return desk.on()
    context = desk.context(
        _("Correct"),
        form=form,
        title=_("Correct: %(what)s") % {"what": title_of(thing, desk.labels)},
        suppliers=suppliers_of(desk.actor) if isinstance(thing, Instrument) else [],
        opened=state,
    )
    return render(request, "plans/thing.html", context, status=state.status(form))


def _form_of(desk: Desk, thing: Thing, data: QueryDict | None) -> TrajectoryForm | ActivityForm | InstrumentForm:
    """The form of a correction on a version."""
    start: dict[str, Any] = {
        "starts_on": thing.starts_on, "last_day": last_day_of(thing.ends_on), "kind": thing.kind
    }  # fmt: skip
    if isinstance(thing, Activity):
        start["description"] = thing.description
        return ActivityForm(data, lists=desk.choices_with(thing.kind), corrects=True, initial=start)
    if isinstance(thing, Instrument):
        start |= {"supplier": thing.supplier, "result": thing.result}
        lists = desk.choices_with(thing.kind, thing.result)
        return InstrumentForm(data, lists=lists, corrects=True, initial=start)
    goal = KEEP if thing.maintains_level else str(thing.goal_level_id or "")
    start |= {"name": thing.name, "goal": goal, "end_reason": thing.end_reason}
    goals = goals_of(desk.scale, thing, desk.language)
    lists = desk.choices_with(thing.kind, thing.end_reason)
    return TrajectoryForm(data, lists=lists, goals=goals, corrects=True, initial=start)


def _change(desk: Desk, thing: Thing, form: PeriodForm) -> list[Remark]:
    given = form.cleaned_data
    said: dict[str, Any] = {
        "starts_on": given["starts_on"],
        "ends_on": form.ends_on,
        "why": given["why"],
        "kind": given["kind"],
        "replaces_id": thing.pk,
    }
    if isinstance(thing, Activity):
        return record_activities(
            by=desk.actor, rows=[replace(activity_row(thing), description=given["description"], **said)]
        )
    if isinstance(thing, Instrument):
        used = replace(instrument_row(thing), supplier=given["supplier"], result=given["result"], **said)
        return record_instruments(by=desk.actor, rows=[used])
    if not (isinstance(form, TrajectoryForm) and isinstance(thing, Trajectory)):
        raise TypeError(form)
    return record_trajectories(by=desk.actor, rows=[trajectory_of(desk, form, thing)])


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_plans")
def withdraw(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """What should never have been there; a trajectory with all that hangs under it."""
    desk = desk_of(request, reference)
    met_on = meeting_of(desk, item)
    if met_on.led is not None:
        return met_on.led
    thing, part = met_on.thing, part_of(met_on.thing)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and met_on.held is not None and form.is_valid():
        try:
            _withdraw(desk, thing, form.cleaned_data["why"])
        except ReplacedMeanwhile:
            met_on.read_again()
        else:
            messages.success(request, _("Withdrawn: it counts no longer."))
            return desk.on()
    if met_on.saved.is_this_withdrawal(request.POST):
        messages.success(request, settled_words())
        return desk.on()
    state = met_on.told(partial(_form_of, desk))
    activities, instruments = under([thing.reference]) if part is Part.TRAJECTORY else ([], [])
    context = desk.context(
        _("Withdraw"), form=form, title=title_of(thing, desk.labels), part=part_words(part), thing=thing,
        last_day=last_day_of(thing.ends_on), beneath=len(activities) + len(instruments), opened=state,
    )  # fmt: skip
    return render(request, "plans/withdraw.html", context, status=state.status(form))


def _withdraw(desk: Desk, thing: Thing, why: str) -> None:
    if isinstance(thing, Trajectory):
        withdraw_trajectory(by=desk.actor, trajectory=thing, why=why)
    elif isinstance(thing, Activity):
        withdraw_activities(by=desk.actor, activity_ids=[thing.pk], why=why)
    else:
        withdraw_instruments(by=desk.actor, instrument_ids=[thing.pk], why=why)


def _recorded(desk: Desk, met_on: Meeting, form: Any, record: Callable[[], list[Remark]]) -> bool:
    """Whether it is saved; not what says no version, or one that somebody else changed since."""
    if desk.request.method != "POST" or met_on.held is None or not form.is_valid():
        return False
    try:
        remarks = record()
    except PlansRefused as refused:
        show_faults(form, refused)
        return False
    except ReplacedMeanwhile:
        met_on.read_again()
        return False
    desk.said(_("Saved. What stood there before is kept."), remarks)
    return True
