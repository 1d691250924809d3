"""Snapshots of a whole database: taking one while others write, putting one at a place of its own, and swapping.

A place is a database by its Django settings: a file for SQLite, a name on a server for PostgreSQL. Nothing here knows
what is in it, nor what a backup consists of.
"""

from opstap.foundation.snapshots import postgres, sqlite
from opstap.foundation.snapshots.places import Place, Unusable, rows_of, same_place

__all__ = ["Place", "Unusable", "postgres", "rows_of", "same_place", "sqlite"]
