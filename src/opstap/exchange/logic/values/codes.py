"""Words of a code list to their codes, by the vocabulary of the installation."""

import re
from collections.abc import Mapping

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import NOTHING, Code, Fault, Reading, fault, warning
from opstap.exchange.logic.vocabulary import CodeWord, Vocabulary
from opstap.exchange.logic.words import closest, normalise

_BETWEEN_BARRIERS = re.compile(r"[,;/\n]")
_NONE_OF_IT = frozenset({"nee", "geen", "neen", "niet", "no", "none"})


def read_code(cell: Cell, list_key: str, vocabulary: Vocabulary) -> Reading[str]:
    """The code of a word; an unknown one is refused, naming the right ones and the nearest."""
    words: Mapping[str, CodeWord] = vocabulary.codes.get(list_key, {})
    text = as_text(cell)
    found = words.get(normalise(text))
    if found is None:
        if normalise(text) in _NONE_OF_IT:
            return NOTHING
        near = closest(normalise(text), words)
        suggestion = (words[near].label or near) if near else ""
        return fault(Code.CODE_UNKNOWN, known=vocabulary.labels(list_key), suggestion=suggestion)
    said = (warning(Code.CODE_BROADENED, kind=found.label or found.code),) if found.finer else ()
    return Reading(found.code, said)


def read_barriers(cell: Cell, vocabulary: Vocabulary) -> Reading[tuple[str, ...]]:
    """All barriers of a cell as broad kinds; what is finer or unknown is broadened, with a warning, never kept."""
    words = vocabulary.codes.get("barrier_kind", {})
    text = as_text(cell)
    parts = [text] if normalise(text) in words else _BETWEEN_BARRIERS.split(text)
    codes: list[str] = []
    said: list[Fault] = []
    for part in filter(None, map(str.strip, parts)):
        found = words.get(normalise(part))
        if found is None:
            found = CodeWord(vocabulary.other_barrier)
            said.append(warning(Code.BARRIER_UNKNOWN, word=part[:80], known=vocabulary.labels("barrier_kind")))
        elif found.finer:
            said.append(warning(Code.BARRIER_BROADENED, word=part[:80], kind=found.label or found.code))
        codes.append(found.code)
    return Reading(tuple(dict.fromkeys(codes)) or None, tuple(said))
