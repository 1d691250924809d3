"""Reads for the forms: the lists of today, the goals of the municipality's ladder, the suppliers known so far."""

from __future__ import annotations

from datetime import date

from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording, remembered
from opstap.clients.models import Client
from opstap.clients.permissions import visible_clients
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.models import Level
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on
from opstap.municipality.selectors import CodeOption, labels_on, options_on, setting_on
from opstap.plans.enums import KindOf
from opstap.plans.models import Instrument, Trajectory

SUPPLIERS = 200
Lists = dict[str, dict[str, str]]
Options = dict[str, dict[str, CodeOption]]


def labels_of(day: date, language: str) -> Lists:
    """Every code of this room's lists as it is called on a day."""
    return _labels(latest_recording(), day, language)


def options_of(day: date) -> Options:
    """The same codes with the period in which each can be chosen."""
    options: Options = _options(latest_recording(), day)
    return options


@remembered
def _labels(latest: int, day: date, language: str) -> Lists:
    del latest
    return labels_on([one.value for one in KindOf], day, language)


@remembered
def _options(latest: int, day: date) -> Options:
    del latest
    return options_on([one.value for one in KindOf], day)


def own_scale(client: Client, day: date) -> ScaleOnDay:
    """The ladder of the client's municipality."""
    scale: ScaleOnDay = _scale(latest_recording(), client.municipality_id, day)
    return scale


@remembered
def _scale(latest: int, municipality_id: int, day: date) -> ScaleOnDay:
    del latest
    key = str(setting_on(municipality_id, "default_scale", day))
    scale = scale_on(key, day)
    if scale is None:
        raise LookupError(key)
    return scale


def goals_of(scale: ScaleOnDay, held: Trajectory | None, language: str) -> list[tuple[str, str]]:
    """The levels that can be a goal, by their id; with the goal that stands, if it is of another scale."""
    goals = [
        (str(level.id), f"{level.code} {level.name(language)}") for level in scale.levels if level.code != UNDETERMINED
    ]
    goal = held.goal_level if held is not None else None
    if isinstance(goal, Level) and str(goal.pk) not in dict(goals):
        goals.append((str(goal.pk), f"{goal.code} ({goal.scale.name(language)})"))
    return goals


def suppliers_of(actor: Actor) -> list[str]:
    """Names that were used before for whom one sees, to choose from: what is typed for another may tell of them."""
    used = Instrument.objects.current().filter(client__in=visible_clients(actor).values("pk")).exclude(supplier="")
    return list(used.order_by("supplier").values_list("supplier", flat=True).distinct()[:SUPPLIERS])
