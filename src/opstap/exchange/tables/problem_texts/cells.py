"""Texts about one cell that can't be read as it is. Dates and levels have a file of their own."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code
from opstap.exchange.tables.problem_texts.words import Words

CELLS: Mapping[str, Words] = {
    Code.FORMULA_ERROR: Words(
        _("The cell holds an error of the spreadsheet (%(value)s) instead of a value."),
        _("Repair the formula in the spreadsheet, or type the value itself."),
    ),
    Code.TEXT_BECAME_DATE: Words(
        _("The spreadsheet turned this value into a date (%(value)s)."),
        _("Format the column “%(column)s” as text and type the value again."),
    ),
    Code.TEXT_TOO_LONG: Words(
        _("The text is %(length)s characters long; at most %(longest)s fit."),
        _("Shorten the text."),
    ),
    Code.UNREADABLE_CHARACTERS: Words(
        _("“%(value)s” holds characters that can't be read."),
        _("Type the value again, or save the file again as UTF-8."),
    ),
    Code.NUMBER_SHORTENED: Words(
        _("The spreadsheet shortened the number to %(value)s; the last digits are lost."),
        _("Format the column “%(column)s” as text and take the number from the source again."),
    ),
    Code.BSN_SHORTENED: Words(
        _("The spreadsheet shortened the BSN to %(value)s; the last digits are lost."),
        _("Format the column “%(column)s” as text and take the BSN from the source again."),
    ),
    Code.BSN_NOT_DIGITS: Words(
        _("“%(value)s” is not a BSN: a BSN has digits only."),
        _("Fill in the nine digits, or leave the cell empty if the row has a client number."),
    ),
    Code.BSN_LOST_ZERO: Words(
        _("BSN %(value)s has 8 digits; most likely the zero at the start was dropped."),
        _("Fill in %(suggestion)s and format the column as text."),
    ),
    Code.BSN_LENGTH: Words(
        _("BSN %(value)s has %(digits)s digits; a BSN has nine."),
        _("Look up the BSN in the source, or leave the cell empty if the row has a client number."),
    ),
    Code.BSN_CHECK: Words(
        _("BSN %(value)s doesn't exist: it fails the 11-test. Probably one digit is wrong or two have changed places."),
        _("Look up the BSN in the source, or leave the cell empty if the row has a client number."),
    ),
    Code.YES_NO_UNREADABLE: Words(
        _("“%(value)s” is not yes, no or unknown."), _("Fill in ja, nee or onbekend, or leave the cell empty.")
    ),
    Code.SEX_UNREADABLE: Words(
        _("“%(value)s” is not a sex that Opstap knows."), _("Fill in M, V, X or onbekend, or leave the cell empty.")
    ),
    Code.POSTCODE_UNREADABLE: Words(
        _("“%(value)s” is not a Dutch postcode."),
        _("Write it as 1234 AB. Leave the cell empty for an address abroad."),
    ),
    Code.EMAIL_IMPLAUSIBLE: Words(
        _("“%(value)s” can't be an e-mail address; it is left out."),
        _("Correct the address if the person is to get e-mail."),
    ),
    Code.PHONE_ZERO_ADDED: Words(
        _("The telephone number %(value)s lacks its first zero; %(taken)s is taken over."),
        _("Check the number. Format the column as text to prevent this."),
    ),
    Code.NAME_GUESSED: Words(
        _("It isn't clear where the surname starts in “%(value)s”; “%(surname)s” is taken over."),
        _("Write the name as “Surname, given name prefix”, or give each part a column of its own."),
    ),
    Code.CODE_UNKNOWN: Words(
        _("“%(value)s” is not in the list for this column."),
        _("Choose one of: %(known)s. Or leave the cell empty."),
    ),
    Code.CODE_NOT_YET: Words(
        _("“%(value)s” could not be chosen yet on %(day)s, only from %(begin)s on; it is taken over all the same."),
        _("Look whether the day is right, or choose what there was then: %(known)s."),
    ),
    Code.CODE_ENDED: Words(
        _("“%(value)s” could not be chosen any more on %(day)s, only up to %(last)s; it is taken over all the same."),
        _("Look whether the day is right, or choose what there was then: %(known)s."),
    ),
    Code.KIND_NOT_YET: Words(
        _("“%(value)s” could not be chosen yet on %(day)s, only from %(begin)s on."),
        _("Correct the day, or choose one of: %(known)s."),
    ),
    Code.KIND_ENDED: Words(
        _("“%(value)s” could not be chosen any more on %(day)s, only up to %(last)s."),
        _("Correct the day, or choose one of: %(known)s."),
    ),
    Code.KIND_AS_NAME: Words(
        _("“%(value)s” could not be chosen as a kind on %(day)s; it is taken over by its name."),
        _("Choose one of: %(known)s, if one of these fits."),
    ),
    Code.CODE_BROADENED: Words(
        _("“%(value)s” says more than Opstap holds; it is taken over as “%(kind)s”."),
        _("Nothing needs to be done."),
    ),
    Code.BARRIER_BROADENED: Words(
        _("Opstap holds barriers in broad kinds only: “%(word)s” is taken over as “%(kind)s”."),
        _("Nothing needs to be done."),
    ),
    Code.BARRIER_UNKNOWN: Words(
        _("Opstap doesn't know the barrier “%(word)s”; it is taken over as “other” and the word itself is not kept."),
        _("Choose one of: %(known)s, if one of these fits."),
    ),
}
