"""Administration: the pages with which a functional administrator sets up the municipality (*Beheer*).

The index, setting up an empty installation, the municipality with its settings and parts, and the code lists: composed
from the rooms below, without models. `municipality` lies under `accounts`, so it can guard no page of its own.
Not here: what a room can show itself (users and teams in `accounts`, programmes in `clients`, scales in `ladder`), and
any page with clients on it.
"""
