"""Audit: the order of all writing, and what was done.

Each writing transaction takes one `Recording` (number, moment, actor, source) from a counter row that stays locked
until it commits, so numbers follow the order of commits. Fact tables of the rooms above inherit `Fact` and carry the
recording in which we learnt them. `Event` says which operation ran in a recording.
No foreign keys upward and no pages: actors are named by an opaque reference.
Erasure permits and the log of who looked come with the capabilities that need them.
"""
