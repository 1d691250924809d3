"""The small scales that the specs count on. Not here: the scales that ship (`ladder`)."""

from tests.analytics.specs.spec import Table

THREE_LEVELS: Table = (
    {"level": "0", "name": "not determined", "growth": "no"},
    {"level": "1", "name": "isolated", "growth": "yes"},
    {"level": "2", "name": "contacts", "growth": "yes"},
    {"level": "3", "name": "paid work", "growth": "no"},
)
HALF_LEVELS: Table = (
    {"level": "1", "name": "isolated", "growth": "yes"},
    {"level": "2", "name": "contacts", "growth": "yes"},
    {"level": "2-", "name": "contacts -", "half of": "2", "growth": "yes"},
    {"level": "2+", "name": "contacts +", "half of": "2", "growth": "yes"},
    {"level": "3", "name": "paid work", "growth": "no"},
)
GROUPS: Table = (
    {"level": "direct", "name": "straight to work", "growth": "yes"},
    {"level": "learn", "name": "learn and develop", "growth": "yes"},
    {"level": "care", "name": "care", "growth": "yes"},
)
