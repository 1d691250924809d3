"""A test copy without persons: only what a rule lets through is written, into files that held nothing before.

`becoming` (with `becoming.toml`): what becomes of each field. `invented`: whom people become. `copying`: writing it.
"""
