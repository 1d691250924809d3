"""The shipped scales as files: their shape, both languages, and what each ladder promises."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from opstap.ladder.logic import Question, walk

FOLDER: Final = Path(__file__).resolve().parents[2] / "src" / "opstap" / "ladder" / "scales"
SCALES: Final = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")}
LADDERS: Final = sorted(key for key, scale in SCALES.items() if scale["kind"] == "ordinal")

SCALE_KEYS: Final = {
    "key": str,
    "kind": str,
    "name": dict,
    "description": dict,
    "horizon_months": int,
    "growth_on_halves": bool,
    "source": str,
    "version": list,
}
LEVEL_KEYS: Final = {
    "code": str,
    "halves": bool,
    "name": dict,
    "definition": dict,
    "examples": dict,
    "works_without_help": bool,
    "growth": bool,
}
LEVEL_KEYS_OPTIONAL: Final = {"band": dict, "note": dict, "support": bool, "aftercare": bool}

each_scale = pytest.mark.parametrize("key", sorted(SCALES))
each_ladder = pytest.mark.parametrize("key", LADDERS)


def levels_of(key: str) -> list[dict[str, Any]]:
    return [level for version in SCALES[key]["version"] for level in version["level"]]


def level(key: str, code: str) -> dict[str, Any]:
    return next(level for level in levels_of(key) if level["code"] == code)


def test_four_scales_are_shipped_and_one_of_them_has_no_order() -> None:
    assert {key: scale["kind"] for key, scale in SCALES.items()} == {
        "vng": "ordinal",
        "groningen": "ordinal",
        "rijswijk": "ordinal",
        "steenwijkerland": "nominal",
    }


@each_scale
def test_a_scale_has_exactly_the_keys_it_should(key: str) -> None:
    scale = SCALES[key]
    assert scale["key"] == key
    assert {name: type(value) for name, value in scale.items()} == SCALE_KEYS
    assert scale["horizon_months"] == 12
    assert scale["growth_on_halves"] is False


@each_scale
def test_versions_are_numbered_and_begin_after_each_other(key: str) -> None:
    versions = SCALES[key]["version"]
    starts = [version["starts_on"] for version in versions]
    assert [version["number"] for version in versions] == list(range(1, len(versions) + 1))
    assert all(type(day) is date for day in starts)
    assert starts == sorted(set(starts))


@each_scale
def test_a_level_has_exactly_the_keys_it_should(key: str) -> None:
    for entry in levels_of(key):
        shapes = {name: type(value) for name, value in entry.items()}
        assert {name: shape for name, shape in shapes.items() if name in LEVEL_KEYS} == LEVEL_KEYS
        assert all(LEVEL_KEYS_OPTIONAL[name] is shape for name, shape in shapes.items() if name not in LEVEL_KEYS)


@each_scale
def test_every_text_stands_in_both_languages(key: str) -> None:
    texts = [SCALES[key]["name"], SCALES[key]["description"]]
    texts += [
        entry[name] for entry in levels_of(key) for name in ("name", "definition", "band", "note") if name in entry
    ]
    for text in texts:
        assert set(text) == {"nl", "en"}
        assert all(sentence == sentence.strip() != "" for sentence in text.values())


@each_scale
def test_sentences_end_with_a_full_stop_and_differ_between_levels(key: str) -> None:
    definitions = [entry["definition"] for entry in levels_of(key)]
    for language in ("nl", "en"):
        sentences = [definition[language] for definition in definitions]
        assert all(sentence.endswith(".") for sentence in sentences)
        assert len(set(sentences)) == len(sentences)


@each_scale
def test_every_level_has_the_same_number_of_examples_in_both_languages(key: str) -> None:
    for entry in levels_of(key):
        assert set(entry["examples"]) == {"nl", "en"}
        assert len(entry["examples"]["nl"]) == len(entry["examples"]["en"]) >= 2


@pytest.mark.parametrize(("key", "top"), [("vng", 6), ("groningen", 7), ("rijswijk", 6), ("steenwijkerland", 6)])
def test_codes_run_from_not_determined_up_without_a_gap(key: str, top: int) -> None:
    assert [entry["code"] for entry in levels_of(key)] == [str(number) for number in range(top + 1)]
    assert level(key, "0")["name"]["nl"] == "Nog niet bepaald"


@each_scale
def test_names_are_unique_within_a_scale(key: str) -> None:
    for language in ("nl", "en"):
        names = [entry["name"][language].casefold() for entry in levels_of(key)]
        assert len(set(names)) == len(names)


def test_half_levels_exist_on_levels_one_to_five_of_vng_only() -> None:
    halved = {(key, entry["code"]) for key in SCALES for entry in levels_of(key) if entry["halves"]}
    assert halved == {("vng", code) for code in "12345"}


@each_ladder
def test_growth_stops_at_the_top_of_a_ladder_only(key: str) -> None:
    placed = [entry for entry in levels_of(key) if entry["code"] != "0"]
    assert [entry["code"] for entry in placed if not entry["growth"]] == [placed[-1]["code"]]


def test_a_grouping_has_no_top() -> None:
    assert all(entry["growth"] for entry in levels_of("steenwijkerland") if entry["code"] != "0")


@each_scale
def test_not_determined_is_no_place_to_grow_from_and_no_work(key: str) -> None:
    undetermined = level(key, "0")
    assert not undetermined["growth"]
    assert not undetermined["works_without_help"]
    assert "band" not in undetermined


def test_work_without_help_is_the_top_of_vng_and_groningen() -> None:
    working = {(key, entry["code"]) for key in SCALES for entry in levels_of(key) if entry["works_without_help"]}
    assert working == {("vng", "6"), ("groningen", "7")}


@pytest.mark.parametrize(
    ("key", "code"), [("groningen", "6"), ("groningen", "7"), ("rijswijk", "6"), ("steenwijkerland", "6")]
)
def test_where_help_is_a_matter_of_judgement_the_choice_is_explained(key: str, code: str) -> None:
    assert "zonder hulp" in level(key, code)["note"]["nl"]


def test_distance_bands_stand_on_the_ladder_of_rijswijk_only() -> None:
    assert {key for key in SCALES for entry in levels_of(key) if "band" in entry} == {"rijswijk"}
    bands = [(entry["band"]["nl"], entry["band"]["en"]) for entry in levels_of("rijswijk") if entry["code"] != "0"]
    large, medium, small = ("groot", "large"), ("middelgroot", "medium"), ("klein", "small")
    assert bands == [large, large, medium, medium, small, small]


def test_the_same_number_means_something_else_on_another_ladder() -> None:
    assert level("rijswijk", "3")["name"] != level("vng", "3")["name"]
    assert level("rijswijk", "3")["definition"] != level("vng", "3")["definition"]
    assert "niet te vergelijken" in SCALES["rijswijk"]["description"]["nl"]


def test_the_criteria_of_vng_say_whether_all_or_one_must_hold() -> None:
    assert level("vng", "6")["definition"]["nl"].endswith("Alle vier gelden.")
    assert level("vng", "5")["definition"]["nl"].count("; of ") == 3
    assert level("vng", "4")["definition"]["nl"].endswith("Alle drie gelden.")
    for code in "234":
        assert "minstens één keer per week" in level("vng", code)["definition"]["nl"]


def test_the_questions_of_vng_lead_to_every_level_in_at_most_five_steps() -> None:
    for part in ("current", "growth"):
        asked = [entry for entry in SCALES["vng"]["version"][0]["question"] if entry["part"] == part]
        questions = [Question(entry["key"], entry["yes"], entry["no"]) for entry in asked]
        assert len(questions) == 5
        walks = [
            walk(questions, dict(zip([one.key for one in questions], answers, strict=True)))
            for answers in product((True, False), repeat=5)
        ]
        assert {walked.found for walked in walks} == set("123456")
        assert max(len(walked.answered) for walked in walks) <= 5
