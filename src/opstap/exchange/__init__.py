"""Exchange: files in and out. Here: the import of clients with their placements from a spreadsheet.

`logic` recognises columns and reads values (free of Django); `selectors.plan` compares what a file says with what is
known and lists the rows each room should add; `operations` stage a file, check it, confirm it in one transaction and
undo it by superseding. Staged rows stand encrypted and are emptied after 30 days.
Not here: opening spreadsheets (`foundation.spreadsheets`), the rules of a placement (`ladder`) or a client (`clients`).
"""
