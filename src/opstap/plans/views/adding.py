"""Beginning a trajectory, and adding an activity or instrument under one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import requires
from opstap.foundation.references import new_reference
from opstap.plans.enums import Part
from opstap.plans.forms import ActivityForm, BeginForm, InstrumentForm
from opstap.plans.logic import ActivityRow, InstrumentRow, PlansRefused
from opstap.plans.models import Trajectory
from opstap.plans.operations import begin_trajectory, record_activities, record_instruments
from opstap.plans.selectors.choices import goals_of, suppliers_of
from opstap.plans.tables.help import title_of
from opstap.plans.views.page import Desk, desk_of, show_faults
from opstap.plans.views.rows import trajectory_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_plans")
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """A trajectory with its first activity and instrument, in one form."""
    desk = desk_of(request, reference)
    form = BeginForm(
        request.POST or None,
        lists=desk.choices,
        goals=goals_of(desk.scale, None, desk.language),
        initial={"starts_on": desk.today},
    )
    if request.method == "POST" and form.is_valid() and _begun(desk, form):
        return desk.on()
    context = desk.context(_("Begin a trajectory"), form=form, suppliers=suppliers_of(desk.actor))
    return render(request, "plans/begin.html", context, status=400 if form.errors else 200)


def _begun(desk: Desk, form: BeginForm) -> bool:
    given = form.cleaned_data
    row = trajectory_of(desk, form)
    beside: dict[str, Any] = {"client_id": row.client_id, "trajectory": row.reference, "starts_on": row.starts_on}
    activities = [ActivityRow(reference=new_reference(), description=given["activity"], ends_on=row.ends_on, **beside)]
    instruments = [
        InstrumentRow(
            reference=new_reference(),
            kind=given["instrument"],
            supplier=given["supplier"],
            ends_on=row.ends_on,
            **beside,
        )
    ]
    try:
        remarks = begin_trajectory(
            by=desk.actor,
            trajectory=row,
            activities=activities if given["activity"] else (),
            instruments=instruments if given["instrument"] else (),
        )
    except PlansRefused as refused:
        show_faults(form, refused)
        return False
    desk.said(_("The trajectory is saved."), remarks)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_plans")
def add(request: HttpRequest, reference: str, item: str, part: Part) -> HttpResponse:
    """One more activity or instrument under a trajectory."""
    desk = desk_of(request, reference)
    _part, trajectory = desk.thing(item)
    if not isinstance(trajectory, Trajectory):
        raise Http404
    start = {"starts_on": max(desk.today, trajectory.starts_on)}
    form: ActivityForm | InstrumentForm
    if part is Part.ACTIVITY:
        form = ActivityForm(request.POST or None, lists=desk.choices, initial=start)
    else:
        form = InstrumentForm(request.POST or None, lists=desk.choices, initial=start)
    if request.method == "POST" and form.is_valid() and _added(desk, trajectory, form):
        return desk.on()
    title = _("Add an activity") if part is Part.ACTIVITY else _("Add an instrument")
    context = desk.context(
        title,
        form=form,
        title=title,
        under=title_of(trajectory, desk.labels),
        suppliers=suppliers_of(desk.actor) if part is Part.INSTRUMENT else [],
    )
    return render(request, "plans/thing.html", context, status=400 if form.errors else 200)


def _added(desk: Desk, trajectory: Trajectory, form: ActivityForm | InstrumentForm) -> bool:
    given = form.cleaned_data
    beside: dict[str, Any] = {
        "client_id": trajectory.client_id,
        "reference": new_reference(),
        "trajectory": trajectory.reference,
        "starts_on": given["starts_on"],
        "ends_on": form.ends_on,
        "kind": given["kind"],
    }
    try:
        if isinstance(form, ActivityForm):
            rows = [ActivityRow(description=given["description"], **beside)]
            remarks = record_activities(by=desk.actor, rows=rows)
        else:
            remarks = record_instruments(by=desk.actor, rows=[InstrumentRow(supplier=given["supplier"], **beside)])
    except PlansRefused as refused:
        show_faults(form, refused)
        return False
    desk.said(_("Saved."), remarks)
    return True
