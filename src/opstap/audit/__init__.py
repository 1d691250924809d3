"""Audit: the order of all writing, what was done, and who looked.

Each writing transaction takes one `Recording` (number, moment, actor, source) from a counter row that stays locked
until it commits, so numbers follow the order of commits. Fact tables of the rooms above inherit `Fact` and carry the
recording in which we learnt them. `Event` says which operation ran in a recording.
No foreign keys upward and no pages: actors are named by an opaque reference.
`Access` is the access log: what everybody saw, asked or did, as chains that `opstap audit verify` follows, on a
connection of its own. Erasure permits come with the capability that needs them.
"""
