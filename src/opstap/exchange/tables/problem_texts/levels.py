"""Texts about levels and the placement they belong to."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code
from opstap.exchange.tables.problem_texts.words import Words

LEVELS: Mapping[str, Words] = {
    Code.LEVEL_UNKNOWN: Words(
        _("“%(value)s” is not a level of this scale."),
        _(
            "Choose one of: %(levels)s. If the column “%(column)s” holds no levels, set it to “keep aside” "
            "(on the command line: --map '%(column)s=')."
        ),
    ),
    Code.LEVEL_NO_HALF: Words(
        _("Level %(level)s has no half-levels on this scale, so “%(value)s” doesn't exist."),
        _("Fill in %(suggestion)s, or choose the scale that the file was made for."),
    ),
    Code.LEVEL_CONTRADICTS: Words(
        _("“%(value)s” says two things: the number is level %(level)s, the name is level %(named)s."),
        _("Leave the right one of the two."),
    ),
    Code.LEVEL_NAME_DIFFERS: Words(
        _("On this scale level %(level)s is called “%(right)s”, not “%(name)s”; the number is taken."),
        _("Check that the file belongs to this scale."),
    ),
    Code.LEVEL_DASH_BEFORE_NAME: Words(
        _("In “%(value)s” the dash is read as a line before the name, so as the whole level %(level)s."),
        _("Write only the number with the dash if the lower half is meant."),
    ),
    Code.LEVEL_WITHOUT_DATE: Words(
        _("Level %(level)s has no date on which it was found."),
        _("Fill in the date, or give a reference date for the whole file (on the command line: --reference-date)."),
    ),
    Code.NOT_DETERMINED_WITHOUT_DATE: Words(
        _("“%(value)s” has no date; the person is taken over without a placement."),
        _("Fill in the date if “not determined” is to be counted as an outcome."),
    ),
    Code.MEASURED_ON_REFERENCE_DATE: Words(
        _("Level %(value)s has no date of its own; it is placed on the reference date %(date)s."),
        _("Fill in the date if another day is meant."),
    ),
    Code.DATE_WITHOUT_LEVEL: Words(
        _("There is a date (%(value)s) but no level; the person is taken over without a placement."),
        _("Fill in the level if the person was placed that day."),
    ),
    Code.GROWTH_WITHOUT_PLACEMENT: Words(
        _("There is growth potential (%(value)s) but no level; it is not taken over."),
        _("Fill in the level and its date."),
    ),
    Code.EXPECTED_WITHOUT_PLACEMENT: Words(
        _("There is an expected level (%(value)s) but no current one; it is not taken over."),
        _("Fill in the level and its date."),
    ),
    Code.EXPECTED_BELOW_CURRENT: Words(
        _("The expected level %(expected)s is below the current level %(level)s."),
        _("Check both. If it is right, nothing needs to be done."),
    ),
    Code.HIGHER_WITHOUT_GROWTH: Words(
        _("Growth potential is “%(value)s”, but the expected level %(expected)s is above the current level %(level)s."),
        _("Correct one of the two: reports count both as they stand."),
    ),
    Code.GROWTH_WITHOUT_HIGHER: Words(
        _(
            "Growth potential is “%(value)s”, but the expected level %(expected)s is not above the current one, "
            "%(level)s."
        ),
        _("Correct one of the two: reports count both as they stand."),
    ),
    Code.EXPECTED_BY_BEFORE_MEASURED: Words(
        _("The level is expected by %(value)s, before the placement itself on %(measured)s."), _("Check both dates.")
    ),
    Code.MEASURED_IN_FUTURE: Words(
        _("The placement on %(value)s is in the future; today is %(today)s."), _("Correct the date.")
    ),
    Code.MEASURED_BEFORE_BIRTH: Words(
        _("The placement on %(value)s is before the birth date %(born)s."), _("Correct one of the two dates.")
    ),
    Code.MEASURED_AFTER_DEATH: Words(
        _("The placement on %(value)s is after the date of death %(died)s."), _("Check both dates.")
    ),
}
