"""Backups: what one consists of, making and checking one, and putting one back.

`contents` (the manifest), `archives` (the sealed file), `making`, `trying` (the trial restore), `restoring` with its
`journal`, `workshop` (where it is done), `in_use` (locks on the data folder) and `installation` (where everything is).
"""
