"""Work in the background: jobs that are put by, a schedule, and the one worker that does them.

A job is a function of a room's `tasks.py` with `@job("its name in words")`. It is put by with `.enqueue(...)` in the
transaction that asks for it, so it exists if and only if that was saved. It is done at least once: a worker that is
killed leaves it to the next, so a job must bear being done twice. Its arguments are references, never personal data:
they stand in the database as they are, and on a page. Not here: which jobs there are and when (`config`), their pages.
"""
