"""Texts about days: how they are written, and of birth and death."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code
from opstap.exchange.tables.problem_texts.words import CORRECT_OR_EMPTY, WRITE_DAY, Words

DATES: Mapping[str, Words] = {
    Code.DATE_UNREADABLE: Words(_("“%(value)s” is not a date."), WRITE_DAY),
    Code.DATE_TWO_DIGIT_YEAR: Words(
        _("The year in %(value)s has two digits: is it %(earlier)s or %(later)s?"),
        _("Write the year with four digits."),
    ),
    Code.DATE_ONLY_YEAR: Words(_("%(value)s is a year, not a day."), WRITE_DAY),
    Code.DATE_INCOMPLETE: Words(
        _("In %(value)s the day or the month is unknown."),
        _("Fill in a whole date that is close enough, such as 1 July of that year, or leave the cell empty."),
    ),
    Code.DATE_IMPOSSIBLE: Words(_("The day %(value)s doesn't exist."), CORRECT_OR_EMPTY),
    Code.DATE_MONTH_FIRST: Words(
        _("In %(value)s the month seems to stand before the day."),
        _("Write %(suggestion)s if that is the day that is meant."),
    ),
    Code.DATE_OUT_OF_RANGE: Words(
        _("The year of %(value)s isn't between %(earliest)s and %(latest)s."), CORRECT_OR_EMPTY
    ),
    Code.BIRTH_IN_FUTURE: Words(_("The birth date %(value)s is in the future."), _("Correct the birth date.")),
    Code.BIRTH_TOO_EARLY: Words(
        _("The birth date %(value)s is before %(earliest)s."), _("Correct the birth date; check the century.")
    ),
    Code.DIED_IN_FUTURE: Words(_("The date of death %(value)s is in the future."), CORRECT_OR_EMPTY),
    Code.DIED_BEFORE_BIRTH: Words(
        _("The date of death %(value)s is before the birth date %(born)s."), _("Correct one of the two dates.")
    ),
}
