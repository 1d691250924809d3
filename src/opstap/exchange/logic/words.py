"""Words as people type them, brought to one form for comparison. No lists of words here."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ĳ": "ij"})


def normalise(text: str) -> str:
    """Letters and digits only, lower case, without accents: `Cliënt-nr.` and `CLIENT NR` are the same word."""
    lowered = text.casefold()
    if lowered.isascii():
        return "".join(filter(str.isalnum, lowered))
    folded = unicodedata.normalize("NFKD", lowered.translate(_UNDECOMPOSED))
    return "".join(character for character in folded if character.isalnum())


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that the typed one most resembles, if it resembles any."""
    found = get_close_matches(word[:80], list(known), n=1, cutoff=0.72)
    return found[0] if found else None


def has_unreadable(text: str) -> bool:
    """Whether the text holds control characters or the mark that stands for a lost letter."""
    if text.isprintable() and "\ufffd" not in text:
        return False
    return any(
        character == "\ufffd" or (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\n\r")
        for character in text
    )
