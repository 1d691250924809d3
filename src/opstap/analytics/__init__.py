"""All the counting of Opstap: plain Python over narwhals lazy frames, without Django and without naming an engine.

Facts come in as columns (`opstap.facts` builds them) and leave as small frozen dataclasses. The way through:
`known` applies the knowledge clock, `intervals` lets each placement hold until the next, `periods` takes the state on
a date, `distribution` counts it over people, `shares` rounds once, `counted` says for whom, of how many and when.
The same code runs on Polars (the embedded engine), on DuckDB, pandas and Spark; tests compare them with a naive
reference in plain Python. Bad input raises `ValueError`; sums that do not add up raise `DoesNotClose`.
Not here: reading the database, texts for the screen, permissions.
"""
