"""Selections: whom somebody wants to see together.

`logic.Criteria` is what is asked of a list of clients, as it stands in an address; a `WorkingList` keeps it under a
name, for its maker or for the team. A `ClientMark` is a worker's own star and note on a client, private to that worker.
Not here: the list itself with its columns (`dossier`), who may be seen (`clients`), reports (`reporting`).
"""
