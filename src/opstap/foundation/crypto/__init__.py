"""Keys and what is done with them: encryption of a short text, keyed look-up. No key ever stands in the database."""

from opstap.foundation.crypto.cipher import Cipher, LookUp
from opstap.foundation.crypto.keys import KeyRing, KeysMissing, load_keys

__all__ = ["Cipher", "KeyRing", "KeysMissing", "LookUp", "load_keys"]
