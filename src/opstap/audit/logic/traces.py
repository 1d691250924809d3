"""The trace of a request, in the form of W3C Trace Context: 16 bytes for the trace and 8 for the span, together."""

from __future__ import annotations

import hashlib
import re
import secrets

TRACE_BYTES, SPAN_BYTES = 16, 8
_HEADER = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")


def new_trace() -> bytes:
    """A trace of our own with its first span."""
    return secrets.token_bytes(TRACE_BYTES + SPAN_BYTES)


def caller_of(header: str) -> bytes:
    """The trace and span that a `traceparent` names; nothing when it isn't one, as the standard asks."""
    found = _HEADER.fullmatch(header.strip()[:200])
    if found is None or (header.startswith("00") and found[3]):
        return b""
    trace, span = bytes.fromhex(found[1]), bytes.fromhex(found[2])
    return trace + span if any(trace) and any(span) else b""


def as_header(trace: bytes) -> str:
    """The value of a `traceparent` or `traceresponse` that names our own trace and span."""
    return f"00-{trace[:TRACE_BYTES].hex()}-{trace[TRACE_BYTES:].hex()}-01"


def span_for(trace: bytes, subject: bytes) -> bytes:
    """The span below it that is about one person: the same each time it is asked."""
    return hashlib.sha256(trace + subject).digest()[:SPAN_BYTES]


def trace_at(chain: str, position: int) -> bytes:
    """For a record that was written without a trace: one by its place, the same each time."""
    return hashlib.sha256(f"{chain}:{position}".encode()).digest()[: TRACE_BYTES + SPAN_BYTES]
