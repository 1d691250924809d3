"""Texts about the columns of a file and what was said of them by hand."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code
from opstap.exchange.tables.problem_texts.words import Words

COLUMNS: Mapping[str, Words] = {
    Code.COLUMN_TWICE: Words(
        _("The columns “%(first)s” and “%(column)s” both stand for the same thing (%(field)s)."),
        _("Choose one of the two, and set the other to “keep aside” (on the command line: --map '%(column)s=')."),
    ),
    Code.KEY_COLUMN_MISSING: Words(
        _("No column holds the client number or the BSN, so it isn't clear who the rows are about."),
        _(
            "Say which column it is (on the command line: --map 'HEADING=client_number' or --map 'HEADING=bsn'). "
            "The file has: %(headings)s."
        ),
    ),
    Code.COLUMN_LEFT_OUT: Words(
        _("The column “%(column)s” is not read and not kept: %(why)s."),
        _("Nothing needs to be done. Better still: leave this column out of the file next time."),
    ),
    Code.COLUMN_OF_PART: Words(
        _("The column “%(column)s” is kept aside: your municipality does not use the part “%(name)s”."),
        _("Nothing needs to be done. If it is to be read, let that part be switched on first and read the file again."),
    ),
    Code.UNKNOWN_FIELD: Words(
        _("Opstap has no field “%(field)s”."),
        _("Choose one of: %(fields)s. With nothing behind the = sign the column is kept aside."),
    ),
    Code.UNKNOWN_HEADING: Words(
        _("The file has no column “%(heading)s”."),
        _("Choose one of the headings in the file: %(headings)s."),
    ),
}
