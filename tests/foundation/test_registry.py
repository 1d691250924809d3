"""A registry keeps entries in the order of filling and refuses a second one under the same key."""

from __future__ import annotations

import pytest

from opstap.foundation.registry import Registry


def test_entries_come_in_the_order_of_filling() -> None:
    registry: Registry[int] = Registry("numbers")
    registry.add("two", 2)
    registry.add("one", 1)
    assert list(registry) == [2, 1]
    assert registry.keys() == ["two", "one"]
    assert (registry.get("one"), registry.get("three")) == (1, None)


def test_a_key_is_plugged_in_once() -> None:
    registry: Registry[int] = Registry("numbers")
    registry.add("one", 1)
    with pytest.raises(ValueError, match="numbers: one is registered twice"):
        registry.add("one", 2)
    assert list(registry) == [1]
