"""Spreadsheets: one table in, one table out, in the formats an office uses.

`reading.read_table` takes the bytes of an xlsx, xls, ods or CSV file and finds the heading row, the encoding and the
delimiter itself; a file that can't or mustn't be read is refused with a code (`tables.SpreadsheetRefused`).
Workbooks are unfolded by a program of its own (`unfolding`) that may use little memory and time.
`writing.write_table` gives CSV, xlsx or ods with typed cells, the same bytes for the same input, and no live formula.
Not here: what a heading or a cell means, and the words in which a refusal is told.
"""
