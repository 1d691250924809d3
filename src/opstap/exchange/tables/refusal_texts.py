"""Why a file is refused as a whole, and what the reader of files did to it, in the words of the user."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.exchange.tables.problem_texts.words import Told, Words, filled

_SAVE_AGAIN = _("Open the file in your spreadsheet program and save it again as .xlsx, .ods or .csv.")
_SPLIT = _("Split the file into smaller ones and import them one after the other.")

REFUSALS: Mapping[str, Words] = {
    "empty": Words(_("The file is empty."), _("Check that the right file was chosen.")),
    "too_large": Words(_("The file is %(size)s MB; at most %(most)s MB can be read."), _SPLIT),
    "zip_bomb": Words(
        _("The file unfolds to far more than a spreadsheet holds, so it was not opened."),
        _("Open it in your spreadsheet program, copy the filled cells to a new sheet and save that."),
    ),
    "not_a_spreadsheet": Words(_("“%(name)s” is %(what)s, not a spreadsheet, whatever its name says."), _SAVE_AGAIN),
    "password_protected": Words(
        _("The file is protected with a password."), _("Save it without a password and import it again.")
    ),
    "too_many_columns": Words(
        _("The file has %(columns)s columns; at most %(limit)s can be read."),
        _("Remove the columns that aren't needed. Check that no stray cells are filled far to the right."),
    ),
    "too_many_rows": Words(_("The file has more than %(limit)s rows."), _SPLIT),
    "single_column": Words(
        _("The file has one column only."),
        _("Check that the columns of the CSV file are separated by a semicolon, a comma or a tab."),
    ),
    "no_heading": Words(
        _("No row of the file looks like a heading."),
        _("Give the first row a heading for each column, such as Klantnummer, BSN, Achternaam and Trede."),
    ),
    "no_rows": Words(_("There is a heading in row %(row)s and nothing below it."), _("Check that the file is filled.")),
    "broken": Words(_("“%(name)s” is damaged or was not saved completely."), _SAVE_AGAIN),
}
_UNNAMED = Words(_("The file can't be read."), _SAVE_AGAIN)

KINDS: Mapping[str, Promise] = {
    "pdf": _("a PDF document"),
    "image": _("a picture"),
    "word": _("a text document"),
    "presentation": _("a presentation"),
    "html": _("a web page"),
    "xml": _("an XML file"),
    "archive": _("an archive of other files"),
    "unknown": _("something else"),
}

NOTES: Mapping[str, Promise] = {
    "title_rows_skipped": _("The heading was found in row %(heading_row)s; what stands above it was passed over."),
    "total_row_left_out": _("Row %(row)s is a row of totals and was passed over."),
    "duplicate_heading": _("The heading “%(heading)s” occurs more than once; one is now called “%(renamed)s”."),
    "unnamed_column": _("A column without a heading is called “%(heading)s”."),
    "merged_cells": _("%(cells)s cells merged with the one above them were read as that one."),
    "sheet_chosen": _("The sheet “%(sheet)s” was read. The file has: %(sheets)s."),
    "read_as_windows_1252": _("The file is not in UTF-8; it was read as Windows text. Check letters with accents."),
}


def describe_refusal(code: str, params: Mapping[str, object]) -> Told:
    """Why the file is refused and what to do, for the code and parameters of `SpreadsheetRefused`."""
    words = REFUSALS.get(code, _UNNAMED)
    more = {
        "what": KINDS.get(str(params.get("kind")), KINDS["unknown"]),
        "size": _megabytes(params.get("bytes")),
        "most": _megabytes(params.get("limit")),
    }
    return Told(filled(words.message, {**params, **more}), filled(words.fix, {**params, **more}))


def describe_note(code: str, params: Mapping[str, object]) -> str:
    """What the reader of files did, in one sentence; empty for a note that has no words."""
    return filled(NOTES.get(code, ""), params)


def _megabytes(count: object) -> str:
    return str(-(-count // 1_000_000)) if isinstance(count, int) else ""
