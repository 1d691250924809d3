"""Municipality: the municipalities of an installation, their settings, and the code lists.

A setting, a code and its label hold for a half-open period, so that a report of an earlier year reads them as they
were; the law changes its words, not the code. Code lists and the state pension age are shipped as data files
(`codelists.toml`, `state_pension_age.toml`) and installed by `opstap migrate`.
Not here: districts (with the postcode table, later), people of any kind.
"""
