"""Clients: the people followed, and what is known about them with two clocks.

A `Client` is an identity (municipality, client number, opaque reference); everything else is a fact about it: person,
address, follow-up, household, applications, benefit spells, exemptions, barriers, traits, memberships, caseload
assignments, and what a file brought along without a home yet. Facts are added, replaced or withdrawn, never changed.
`permissions` is the gate: every view reaches clients through `visible_clients` or `client_or_404`, deny by default.
Not here: placements (`ladder`), contacts and plans (later). No field for origin; barriers in broad kinds only.
"""
