"""One file per subcommand of `opstap`, each with `run(arguments) -> exit code`."""
