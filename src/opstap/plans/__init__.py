"""Plans: what is done to help someone.

A `Trajectory` has a kind and a goal on a scale, or keeps the level; under it stand an `Activity` and the
`Instrument`s that are deployed, each for a period. All are facts with two clocks.
Not here: personal plans, contracts and money (later), referrals (a room of their own, above).
"""
