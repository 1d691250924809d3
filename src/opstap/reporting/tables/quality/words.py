"""The checks in words: what each is called, and how it counts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opstap.reporting.enums import Aspect
from opstap.reporting.selectors.quality.counting import ANY
from opstap.reporting.selectors.quality.leavers import ENDED
from opstap.reporting.selectors.quality.terms import ENDED_MONTHS, norms_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import Words

ASPECTS: Mapping[str, Words] = {
    Aspect.TIMELY.value: _("Timeliness"),
    Aspect.CORRECT.value: _("Correctness"),
    Aspect.COMPLETE.value: _("Completeness"),
}
NOT: Mapping[str, Words] = {
    Aspect.TIMELY.value: _("not timely"),
    Aspect.CORRECT.value: _("not correct"),
    Aspect.COMPLETE.value: _("not complete"),
}
TOGETHER: Mapping[str, Words] = {
    ANY: _("At least one finding"),
    Aspect.TIMELY.value: _("At least one that is not timely"),
    Aspect.CORRECT.value: _("At least one that is not correct"),
    Aspect.COMPLETE.value: _("At least one that is not complete"),
}
CHECKS: Mapping[str, tuple[Words, Words]] = {
    "placement_old": (
        _("Placement of {placement} months or older"),
        _("Of who was placed, code 0 too: the last time is so long ago, or longer. In the caseload it is the same."),
    ),
    "undetermined_long": (
        _("Not yet determined for longer than {undetermined} months"),
        _("Of who stands on code 0: since the first time without a level between."),
    ),
    "second_missing": (
        _("No second placement after a year"),
        _("Of who is followed for longer than a year and was placed: on one day only."),
    ),
    "expected_passed": (
        _("Expected date has passed"),
        _("Of who is expected elsewhere by a date and is not there yet: that date has passed, and nobody placed them."),
    ),
    "instrument_open": (
        _("Instrument for longer than {open_instrument} months without an end"),
        _("Of who has an instrument that runs: one began longer ago and has no end date."),
    ),
    "trajectory_open": (
        _("Trajectory for longer than {open_trajectory} months without an end"),
        _("Of who has a trajectory that runs: one began longer ago and has no end date."),
    ),
    "expected_lower": (
        _("Expected level below the current one"),
        _("Of who has both: by whole levels, unless half-levels count on this ladder. It can be meant so."),
    ),
    "independent_on_benefit": (
        _("Work without help, and a benefit"),
        _("Of who stands on a level that the scale marks as work without help: a benefit runs."),
    ),
    "independent_with_instrument": (
        _("Work without help, and an instrument"),
        _("Of the same people: an instrument is in use. Aftercare does not count on a level that can have it."),
    ),
    "paid_on_benefit_only": (
        _("Paid work, and income from benefit only"),
        _("Of who stands on a level of work, without help or with support, and whose income is known."),
    ),
    "earning_below_work": (
        _("Income from work, and a level without paid work"),
        _("Of who stands on another level and whose income is known: it comes from work, wholly or in part."),
    ),
    "sheltered_elsewhere": (
        _("Wsw or sheltered work, and another level"),
        _("Of who has Wsw or sheltered work: the level is not one that can be with support."),
    ),
    "income_denies_benefit": (
        _("A benefit, and income that says there is none"),
        _("Of who has a benefit that runs and whose income is known: that says there is no benefit."),
    ),
    "instrument_alone": (
        _("Instrument without a trajectory"),
        _("Of who has an instrument that runs: no trajectory does."),
    ),
    "double": (
        _("Perhaps entered twice"),
        _("Of whose birth date is known: another dossier that you may see has that birth date and a name much alike."),
    ),
    "died": (
        _("Died, and still in follow-up"),
        _("Of everybody: the day of death is recorded, and the follow-up goes on."),
    ),
    "not_placed": (_("No placement"), _("Of everybody but who died: nothing on this scale. Code 0 is not meant here.")),
    "growth_missing": (
        _("Growth potential not filled in"),
        _("Of who stands on a level that can have it."),
    ),
    "expected_missing": (
        _("Expected level not filled in"),
        _("Of the same people. It may be unknown; then it stands here until it is known."),
    ),
    "literacy_missing": (_("Low literacy not filled in"), _("Of everybody but who died. Unknown is not filled in.")),
    "qualification_missing": (
        _("Basic qualification not filled in"),
        _("Of everybody but who died. Unknown is not filled in."),
    ),
    "integration_missing": (
        _("Civic integration not filled in"),
        _("Of everybody but who died. Unknown is not filled in."),
    ),
    "income_missing": (_("Income situation not filled in"), _("Of everybody but who died. Unknown is not filled in.")),
    "no_worker": (
        _("No case manager"),
        _("Of everybody but who died: nobody has them in the caseload, also when a team has yet to divide the work."),
    ),
    "ended_without_reason": (
        _("Follow-up ended without a reason"),
        _("Of who left in the {ended} months up to the reference date: no reason is recorded, or it is unknown."),
    ),
}


def check_name(question: Question, key: str) -> str:
    """What a check is called, or all of them together."""
    words = TOGETHER[key] if key in TOGETHER else CHECKS[key][0]
    return str(words).format(**_numbers(question))


def check_meaning(question: Question, key: str) -> str:
    """How it counts; of who left and can't be opened by the viewer any more, who can."""
    said = str(CHECKS[key][1]).format(**_numbers(question))
    if key != ENDED or question.whole_municipality:
        return said
    handed = gettext(
        "You can't open these dossiers any more; a coordinator sees who they are and can record the reason."
    )
    return f"{said} {handed}"


def _numbers(question: Question) -> dict[str, int]:
    norms = norms_of(question)
    return {
        "placement": norms.placement,
        "ended": ENDED_MONTHS,
        "undetermined": norms.undetermined,
        "open_instrument": norms.open_instrument,
        "open_trajectory": norms.open_trajectory,
    }
