"""Writes of the privacy room: judgements on looks, and what clients ask about their own data."""

from opstap.privacy.operations.judging import RemarkNeeded, judge_look
from opstap.privacy.operations.requests import RequestRefused, answer_request, extend_request, note_request

__all__ = ["RemarkNeeded", "RequestRefused", "answer_request", "extend_request", "judge_look", "note_request"]
