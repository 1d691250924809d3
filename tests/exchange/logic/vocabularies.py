"""A vocabulary as an installation on the VNG ladder has it, small enough to read."""

from datetime import date

from opstap.exchange.logic import LISTS, CodeWord, LevelWord, Vocabulary, normalise

TODAY = date(2026, 11, 1)

_NAMES = (
    "Geïsoleerd",
    "Sociale contacten buitenshuis",
    "Deelname aan georganiseerde activiteiten",
    "Onbetaald werk",
    "Betaald werk met ondersteuning",
    "Betaald werk",
)


def vng_levels() -> tuple[LevelWord, ...]:
    """Code 0, six levels, and halves of the first five."""
    levels = [LevelWord("0", "Nog niet bepaald", None, 0)]
    for place, name in enumerate(_NAMES, start=1):
        levels.append(LevelWord(str(place), name, None, place * 10))
        if place < len(_NAMES):
            levels.append(LevelWord(f"{place}-", f"{name} -", str(place), place * 10 + 1))
            levels.append(LevelWord(f"{place}+", f"{name} +", str(place), place * 10 + 2))
    return tuple(levels)


def groups() -> tuple[LevelWord, ...]:
    """A grouping without halves, whose codes are words."""
    names = {"direct": "Direct werk", "ervaren": "Werken & ervaren", "zorg": "Zorg"}
    return tuple(LevelWord(code, name, None, place) for place, (code, name) in enumerate(names.items()))


def _words(finer: str = "", /, **codes: str) -> dict[str, CodeWord]:
    return {
        normalise(word): CodeWord(code, finer=word in finer.split(), label=words.split()[0])
        for code, words in codes.items()
        for word in words.split()
    }


_FINER = "psychisch lichamelijk verslaafd dakloos schulden justitie"
CODES = {key: _words() for key in LISTS} | {
    "benefit_kind": _words(participatiewet="Participatiewet pw bijstand", wwb="WWB", ioaw="Ioaw", ioaz="Ioaz",
                           bbz="Bbz", nugger="nugger nug", none="geen"),
    "barrier_kind": _words(_FINER, health="gezondheid psychisch lichamelijk verslaafd", home="thuissituatie dakloos",
                           money="geld schulden", language="taal", care="zorgtaken", age="leeftijd",
                           other="anders justitie", none="geen"),
    "exemption_ground": _words(medical="medisch", social="sociaal", age="leeftijd"),
    "integration_status": _words(none="geen", duty="plicht", need="behoefte"),
    "exit_reason": _words(employment="werk", deceased="overlijden"),
    "language": _words(nl="Nederlands nl", pl="Pools"),
    "trajectory_kind": _words(orientation="Oriëntatietraject", integration="Inburgering")
    | {normalise("naar werk"): CodeWord("work")},
    "activity_kind": _words(work="Participatiebaan") | {normalise("cursus nederlands"): CodeWord("education")},
}  # fmt: skip


def vocabulary(
    *, levels: tuple[LevelWord, ...] | None = None, reference_date: date | None = None, ordinal: bool = True
) -> Vocabulary:
    return Vocabulary(levels or vng_levels(), CODES, TODAY, reference_date, ordinal)
