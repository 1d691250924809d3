"""What the fields of an import are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Mapping[str, Promise] = {
    "client_number": _("client number"),
    "bsn": _("BSN"),
    "surname": _("surname"),
    "name_prefix": _("name prefix"),
    "given_names": _("given names"),
    "initials": _("initials"),
    "full_name": _("full name"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "street": _("street"),
    "house_number": _("house number"),
    "postcode": _("postcode"),
    "city": _("city"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "preferred_language": _("preferred language"),
    "died_on": _("date of death"),
    "benefit_kind": _("kind of benefit"),
    "benefit_from": _("benefit from"),
    "benefit_until": _("benefit up to and including"),
    "entry_reason": _("reason of entry"),
    "exit_reason": _("reason of exit"),
    "worker": _("case manager"),
    "team": _("team"),
    "measured_on": _("date of placement"),
    "level": _("level"),
    "growth": _("growth potential"),
    "expected_level": _("expected level"),
    "expected_by": _("expected by"),
    "barrier": _("barrier"),
    "exemption": _("exemption"),
    "exemption_until": _("exemption up to and including"),
    "basic_qualification": _("basic qualification"),
    "low_literate": _("low literacy"),
    "integration": _("civic integration"),
    "income_situation": _("income situation"),
    "instrument_in_use": _("instrument in use"),
    "follow_up_from": _("follow-up from"),
    "follow_up_until": _("follow-up up to and including"),
    "household_type": _("type of household"),
    "trajectory": _("trajectory"),
    "trajectory_goal": _("goal of the trajectory"),
    "trajectory_from": _("trajectory from"),
    "trajectory_until": _("trajectory up to and including"),
    "activity": _("activity"),
    "instrument": _("instrument"),
    "supplier": _("supplier"),
    "instrument_from": _("instrument from"),
    "instrument_until": _("instrument up to and including"),
    "instrument_result": _("result of the instrument"),
    "remarks": _("remarks"),
}


def field_name(key: str) -> str | Promise:
    """The name of a field."""
    return NAMES.get(key, key)
