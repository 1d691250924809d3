"""Facts: rows of the rooms below turned into narrow columnar tables for `analytics`, and their cache.

`selectors.cache.facts_of` gives the facts of a municipality as known now (kept in each server process, compared by
recording number with one cheap query, rebuilt for the touched clients only) or as known at an earlier recording.
`selectors.dimensions` says in which group each client falls on a day; `selectors.people` who is counted.
No models, no pages. Memory-mapped files for more than 100,000 clients are not made yet: every process reads for itself.
"""
