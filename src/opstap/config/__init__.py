"""Config: the only place that knows every room.

Settings, addresses, navigation, the database's set-up (append-only triggers after every migration, reference data),
and the `opstap` command with one file per subcommand in `commands/`.
Not here: any rule of the field.
"""
