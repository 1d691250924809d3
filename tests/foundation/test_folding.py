"""Folding of names: what a search forgives."""

from __future__ import annotations

import pytest

from opstap.foundation.folding import fold, folded_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Çelik", "celik"),
        ("Müller-Lüdenscheidt", "muller ludenscheidt"),
        ("d'Arnaud", "d arnaud"),
        ("  Van   Damme ", "van damme"),
        ("Østergård", "ostergard"),
        ("Şahin Yıldız", "sahin yildiz"),
        ("Łukasz", "lukasz"),
        ("Groß", "gross"),
        ("", ""),
        ("'t", "t"),
    ],
)
def test_accents_capitals_and_signs_are_forgiven(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("parts", "folded"),
    [
        (("Boer", "Leyla", "de"), " boer leyla de deboer"),
        (("Meer", "Jan", "van der"), " meer jan van der vandermeer"),
        (("O'Neil", "Sean", ""), " o neil sean oneil"),
        (("Bakker", "", ""), " bakker"),
    ],
)
def test_a_name_is_found_by_each_word_and_by_prefix_and_surname_as_one(
    parts: tuple[str, str, str], folded: str
) -> None:
    assert folded_name(*parts) == folded
