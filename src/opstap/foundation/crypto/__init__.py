"""Keys and what is done with them: encryption of a short text, keyed look-up, a sealed file, a ledger.

No key ever stands in the database, nor in a backup of it.
"""

from opstap.foundation.crypto.cipher import Cipher, LookUp
from opstap.foundation.crypto.key_file import change_keys, load_keys
from opstap.foundation.crypto.keys import Key, KeyRing, KeysMissing
from opstap.foundation.crypto.ledger import Ledger, LedgerBroken
from opstap.foundation.crypto.sealed import KeyUnknown, SealBroken, SealedReader, SealedWriter

__all__ = [
    "Cipher",
    "Key",
    "KeyRing",
    "KeyUnknown",
    "KeysMissing",
    "Ledger",
    "LedgerBroken",
    "LookUp",
    "SealBroken",
    "SealedReader",
    "SealedWriter",
    "change_keys",
    "load_keys",
]
