"""The pure part of the import: a table of cells in, typed rows and problems out. Free of Django.

    table = read_table(content, name, heading_score=heading_score)
    columns = recognise(table.headings, overrides=overrides)
    rows, problems = parse(table, columns, vocabulary)
    refused = refused_rows(problems)

`recognise` raises `ColumnsRefused` for an override that names no field or heading; problems of the columns
themselves stand in `columns.problems`, and without `columns.usable` nothing is parsed. Codes and parameters leave
here; the words to them are made in `exchange/tables/problem_texts`. What the database knows is the caller's
to compare: new or changed, workers and teams, the start of follow-up, a new client without a name.
"""

from opstap.exchange.logic.columns import ColumnMap, ColumnsRefused, heading_score, recognise, still_present
from opstap.exchange.logic.faults import Code, Problem, refused_rows
from opstap.exchange.logic.fields import FIELDS
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.rows import parse, parse_rows
from opstap.exchange.logic.validity import activity_on, trajectory_on
from opstap.exchange.logic.values.trajectories import ActivitySaid, TrajectorySaid, read_activity, read_trajectory
from opstap.exchange.logic.vocabulary import LISTS, CodeWord, LevelWord, Vocabulary
from opstap.exchange.logic.words import normalise

__all__ = [
    "FIELDS",
    "LISTS",
    "ActivitySaid",
    "Code",
    "CodeWord",
    "ColumnMap",
    "ColumnsRefused",
    "LevelWord",
    "ParsedRow",
    "Problem",
    "TrajectorySaid",
    "Vocabulary",
    "activity_on",
    "heading_score",
    "normalise",
    "parse",
    "parse_rows",
    "read_activity",
    "read_trajectory",
    "recognise",
    "refused_rows",
    "still_present",
    "trajectory_on",
]
