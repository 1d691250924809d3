"""A sealed file comes back as it was, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.foundation.crypto import KeyUnknown, SealBroken, SealedReader, SealedWriter
from opstap.foundation.crypto.keys import fresh_ring
from opstap.foundation.crypto.sealed import PIECE, TAG_BYTES

RING = fresh_ring()
KEY = RING.key("backup")


def sealed(content: bytes, context: str = "test") -> bytes:
    stream = io.BytesIO()
    writer = SealedWriter(stream, KEY, context)
    for start in range(0, len(content), 300_000):
        writer.write(content[start : start + 300_000])
    writer.finish()
    return stream.getvalue()


def opened(stored: bytes, context: str = "test") -> bytes:
    reader, found = SealedReader(io.BytesIO(stored), RING.named, context), b""
    while piece := reader.read(700_001):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_it_comes_back_as_it_was_whatever_its_size(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(content[:size])) == content[:size]


def test_the_same_content_is_never_sealed_twice_alike() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)
    assert b"x" * 8 not in sealed(b"x" * 100)


@given(st.data())
def test_any_changed_bit_is_found(data: st.DataObject) -> None:
    stored = bytearray(sealed(b"feiten"))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((SealBroken, KeyUnknown)):
        opened(bytes(stored))


def test_pieces_can_be_neither_left_out_nor_swapped_nor_added() -> None:
    stored = sealed(bytes(3 * PIECE))
    step = PIECE + TAG_BYTES
    head = len(stored) - 3 * step
    first, second, third = (stored[head + n * step : head + (n + 1) * step] for n in range(3))
    for pieces in (
        (first, second),
        (first, third),
        (second, first, third),
        (first, second, third, third),
        (),
        (third,),
    ):
        with pytest.raises(SealBroken):
            opened(stored[:head] + b"".join(pieces))
    assert opened(stored[:head] + first + second + third) == bytes(3 * PIECE)


def test_another_context_or_ring_does_not_open_it() -> None:
    stored = sealed(b"feiten")
    with pytest.raises(SealBroken):
        opened(stored, context="other")
    with pytest.raises(KeyUnknown) as unknown:
        SealedReader(io.BytesIO(stored), fresh_ring().named, "test")
    assert unknown.value.identifier == KEY.identifier
