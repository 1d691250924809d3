"""The shipped code lists as files: shape, words, borders, what is left out."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from opstap.municipality.logic import NEEDED

ROOM: Final = Path(__file__).resolve().parents[2] / "src" / "opstap" / "municipality"
TEXT: Final = (ROOM / "codelists.toml").read_text(encoding="utf-8")
LISTS: Final[dict[str, dict[str, Any]]] = {entry["key"]: entry for entry in tomllib.loads(TEXT)["list"]}

CODE_KEYS: Final = {"code", "labels", "synonyms", "finer", "valid", "counts_as_benefit", "cbs_code", "delivered"}
EXPECTED_LISTS: Final = {
    "benefit_kind",
    "entry_reason",
    "exit_reason",
    "origin_of_entry",
    "barrier_kind",
    "exemption_ground",
    "exemption_duty",
    "household_type",
    "household_role",
    "person_around_kind",
    "application_outcome",
    "follow_up_ground",
    "follow_up_end_reason",
    "assignment_role",
    "assignment_end_reason",
    "priority_result",
    "integration_status",
    "income_situation",
    "growth_potential",
    "placement_reason",
    "language",
    "contact_channel",
    "contact_kind",
    "sex",
    "legal_term",
    "trajectory_kind",
    "trajectory_end_reason",
    "activity_kind",
    "instrument_kind",
    "instrument_result",
    "glass_reason",
}
LONGEST_CODE: Final = {"sex": 10, "language": 10, "contact_channel": 20}

ORIGIN_WORDS: Final = (
    "afkomst herkomst etnisch etniciteit nationaliteit migratie geboorteland westers allochtoon statushouder "
    "nieuwkomer vluchteling geloof ethnic nationality migrant origin refugee"
).split()
WILLINGNESS_WORDS: Final = ["niet-willer", "onwil", "ongemotiveerd", "unwilling", "motivat"]

each_list = pytest.mark.parametrize("key", sorted(LISTS))


def normalised(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def code_of(key: str, code: str) -> dict[str, Any]:
    return next(item for item in LISTS[key]["code"] if item["code"] == code)


def label_on(key: str, code: str, day: date) -> str:
    holding = [
        label["nl"]
        for label in code_of(key, code)["labels"]
        if label.get("from", date.min) <= day < label.get("until", date.max)
    ]
    assert len(holding) == 1
    return str(holding[0])


def meaning(key: str, word: str) -> tuple[str, bool]:
    """The code a word in a file stands for, and whether it says more than is recorded."""
    for item in LISTS[key]["code"]:
        exact = [label["nl"] for label in item["labels"]] + item.get("synonyms", [])
        if normalised(word) in map(normalised, exact):
            return item["code"], False
        if normalised(word) in map(normalised, item.get("finer", [])):
            return item["code"], True
    pytest.fail(f"{word!r} has no code in {key}")


def test_all_lists_are_shipped_once() -> None:
    assert set(LISTS) == EXPECTED_LISTS
    assert TEXT.count("\n[[list]]\n") == len(LISTS)


@each_list
def test_a_list_and_its_codes_have_the_keys_they_should(key: str) -> None:
    assert set(LISTS[key]) == {"key", "name", "code"}
    assert set(LISTS[key]["name"]) == {"nl", "en"}
    for item in LISTS[key]["code"]:
        assert {"code", "labels"} <= set(item) <= CODE_KEYS
        assert ("counts_as_benefit" in item) == (key == "benefit_kind")
        assert ("delivered" in item) == (key == "instrument_kind")
        assert "cbs_code" not in item or item["delivered"]


@each_list
def test_codes_are_unique_plain_identifiers_that_fit_their_column(key: str) -> None:
    codes = [item["code"] for item in LISTS[key]["code"]]
    assert len(set(codes)) == len(codes) >= 2
    for code in codes:
        assert code.isidentifier()
        assert code == code.lower()
        assert len(code) <= LONGEST_CODE.get(key, 40)


@each_list
def test_labels_stand_in_both_languages(key: str) -> None:
    for item in LISTS[key]["code"]:
        for label in item["labels"]:
            assert {"nl", "en"} <= set(label) <= {"nl", "en", "from", "until"}
            assert 0 < len(label["nl"]) <= 200
            assert 0 < len(label["en"]) <= 200


@each_list
def test_periods_of_labels_leave_no_gap_and_do_not_overlap(key: str) -> None:
    for item in LISTS[key]["code"]:
        labels = item["labels"]
        assert "from" not in labels[0]
        assert "until" not in labels[-1]
        for earlier, later in pairwise(labels):
            assert earlier["until"] == later["from"]
        assert all(label["from"] < label["until"] for label in labels[1:-1])


@each_list
def test_a_period_of_validity_is_not_empty(key: str) -> None:
    for item in LISTS[key]["code"]:
        if "valid" in item:
            valid = item["valid"]
            assert valid
            assert set(valid) <= {"from", "until"}
            assert valid.get("from", date.min) < valid.get("until", date.max)


@each_list
def test_no_word_leads_to_two_codes(key: str) -> None:
    found: dict[str, str] = {}
    if key == "legal_term":
        return
    for item in LISTS[key]["code"]:
        labels = [label[language] for label in item["labels"] for language in ("nl", "en")]
        for word in [item["code"], *labels, *item.get("synonyms", []), *item.get("finer", [])]:
            assert found.setdefault(normalised(word), item["code"]) == item["code"], word


@each_list
def test_no_word_stands_twice_and_all_are_lower_case(key: str) -> None:
    words = [word for item in LISTS[key]["code"] for name in ("synonyms", "finer") for word in item.get(name, [])]
    assert len({normalised(word) for word in words}) == len(words)
    assert all(normalised(word) for word in words)
    assert all(word == word.lower() for word in words)


@each_list
def test_every_label_of_a_code_that_changed_its_name_still_leads_to_it(key: str) -> None:
    for item in LISTS[key]["code"]:
        if len(item["labels"]) > 1 and key != "legal_term":
            assert {label["nl"] for label in item["labels"]} <= set(item["synonyms"])


@pytest.mark.parametrize(
    ("word", "code", "finer"),
    [
        ("dakloos", "home", True),
        ("psychisch", "health", True),
        ("justitie", "other", True),
        ("schulden", "money", True),
        ("zorgtaken", "care", False),
        ("taal", "language", False),
        ("lichamelijk", "health", True),
        ("verslaafd", "health", True),
        ("leeftijd", "age", False),
        ("medisch", "health", False),
        ("sociaal", "home", True),
        ("te weinig scholing", "schooling", False),
        ("onvoldoende taal", "language", False),
        ("beperkte middelen", "money", True),
        ("reiskosten", "travel", True),
        ("onbekend", "none", False),
        ("geen", "none", False),
    ],
)
def test_barriers_in_files_come_in_their_broad_kind(word: str, code: str, finer: bool) -> None:
    assert meaning("barrier_kind", word) == (code, finer)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("benefit_kind", {"WWB": "wwb", "BBZ": "bbz", "IOAW": "ioaw", "IOAZ": "ioaz", "Nug": "nugger"}),
        ("benefit_kind", {"Pw": "participatiewet", "bijstand": "participatiewet", "nieuw beschut": "sheltered_work"}),
        ("exemption_ground", {"medisch": "medical", "sociaal": "social", "leeftijd": "age"}),
        ("integration_status", {"geen": "none", "plicht": "duty", "behoefte": "need"}),
        ("growth_potential", {"ja": "yes", "nee": "no", "onbekend": "unknown"}),
        ("sex", {"V": "female", "M": "male", "X": "x"}),
    ],
)
def test_other_words_in_files_are_known_exactly(key: str, words: dict[str, str]) -> None:
    assert {word: meaning(key, word) for word in words} == {word: (code, False) for word, code in words.items()}


def test_barriers_are_the_broad_functional_kinds() -> None:
    codes = [item["code"] for item in LISTS["barrier_kind"]["code"]]
    assert codes == ["health", "home", "money", "language", "schooling", "care", "travel", "age", "other", "none"]


def test_instruments_bear_the_codes_that_cbs_printed() -> None:
    codes = {item["code"]: item["cbs_code"] for item in LISTS["instrument_kind"]["code"] if "cbs_code" in item}
    assert codes == {
        "trial_placement": "23",
        "work_experience_place": "29",
        "job_coach": "30",
        "workplace_adaptation": "31",
        "facility": "59",
    }


def test_the_act_on_social_assistance_changes_on_one_day() -> None:
    wwb, participation = code_of("benefit_kind", "wwb"), code_of("benefit_kind", "participatiewet")
    assert wwb["valid"]["until"] == participation["valid"]["from"] == date(2015, 1, 1)
    assert code_of("benefit_kind", "wsw")["valid"] == {"until": date(2015, 1, 1)}
    assert label_on("legal_term", "social_assistance_act", date(2014, 12, 31)) == "Wet werk en bijstand"
    assert label_on("legal_term", "social_assistance_act", date(2015, 1, 1)) == "Participatiewet"


def test_benefits_are_told_from_what_is_none() -> None:
    benefits = {item["code"] for item in LISTS["benefit_kind"]["code"] if item["counts_as_benefit"]}
    assert benefits == {"participatiewet", "wwb", "ioaw", "ioaz", "bbz", "anw"}


@pytest.mark.parametrize(
    ("day", "duty", "activation"),
    [
        (date(2025, 12, 31), "tegenprestatie", "sociale activering"),
        (
            date(2026, 1, 1),
            "tegenprestatie of maatschappelijke participatie",
            "sociale activering of maatschappelijke participatie",
        ),
        (
            date(2026, 12, 31),
            "tegenprestatie of maatschappelijke participatie",
            "sociale activering of maatschappelijke participatie",
        ),
        (date(2027, 1, 1), "maatschappelijke participatie", "maatschappelijke participatie"),
    ],
)
def test_the_words_of_the_law_switch_with_a_year_of_tolerance(day: date, duty: str, activation: str) -> None:
    assert label_on("exemption_duty", "social_participation", day) == duty
    assert label_on("legal_term", "reciprocal_activity", day) == duty
    assert label_on("legal_term", "social_activation", day) == activation
    assert label_on("trajectory_kind", "social_participation", day) == activation
    assert label_on("instrument_kind", "social_participation", day) == activation


def test_young_people_without_benefit_are_followed_since_2026() -> None:
    assert code_of("follow_up_ground", "young_person")["valid"] == {"from": date(2026, 1, 1)}


@pytest.mark.parametrize("forbidden", ORIGIN_WORDS + WILLINGNESS_WORDS)
def test_no_word_is_about_where_people_come_from_or_whether_they_want(forbidden: str) -> None:
    assert forbidden not in TEXT.casefold().replace('key = "origin_of_entry"', "")


def test_language_is_a_preference_for_contact() -> None:
    assert LISTS["language"]["name"] == {"nl": "Voorkeurstaal voor contact", "en": "Preferred language of contact"}


def test_every_code_that_opstap_records_by_itself_is_shipped() -> None:
    for key, needed in NEEDED.items():
        shipped = {code["code"] for code in LISTS[key]["code"]}
        assert (needed or shipped) <= shipped
