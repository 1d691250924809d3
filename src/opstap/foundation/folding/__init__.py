"""Folding of names: the letters people type, without accents, capitals and signs, so that a search forgives those."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a base and an accent.
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})


def fold(text: str) -> str:
    """`Çelik-d'Arnaud` becomes `celik d arnaud`: words of letters and digits with one space between."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    letters = (sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign))
    return " ".join("".join(letters).split())


def folded_name(surname: str, given_names: str = "", name_prefix: str = "") -> str:
    """What a name is found and sorted by: surname, given names, prefix, then prefix and surname as one word.

    A space stands before each word, so that ` bak` finds the words that begin with it.
    """
    last, prefix = fold(surname), fold(name_prefix)
    joined = (prefix + last).replace(" ", "")
    parts = [last, fold(given_names), prefix, last.replace(" ", "") if " " in last else "", joined if prefix else ""]
    return "".join(f" {part}" for part in parts if part)
