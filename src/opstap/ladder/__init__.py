"""Ladder: scales, their levels, and placements of people on them.

A `Scale` is a ladder (ordinal) or a grouping (nominal); its `Level`s keep their identity over versions, while
names, definitions and examples belong to a version with a period. A `Measurement` is a placement at a measuring
moment: level, growth potential as recorded, expected level, and the traits of that day copied beside it.
A second assessment by another worker is kept apart and never current. A `Crosswalk` says for each level
of one scale which level of another it is read as, or none; a report uses one only when it is asked for. Shipped scales
and crosswalks are data files in `scales/` and `crosswalks/`.
Not here: counting (`analytics`, through `facts`).
"""
