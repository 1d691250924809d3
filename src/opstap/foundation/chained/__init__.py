"""Records that nobody changes, takes away or adds unseen: each carries a keyed digest over itself and the one before.

`links` makes the digests and follows a chain. `heads` writes the end of each chain outside the store that holds the
records, so that a tail that was cut off, or a whole chain that is gone, is found too. What a record says is the
caller's: here it is bytes.
"""

from opstap.foundation.chained.heads import EMPTY, Head, HeadFile, latest_heads, read_heads
from opstap.foundation.chained.links import cut_seal, joined, next_digest, opening_digest

__all__ = [
    "EMPTY",
    "Head",
    "HeadFile",
    "cut_seal",
    "joined",
    "latest_heads",
    "next_digest",
    "opening_digest",
    "read_heads",
]
