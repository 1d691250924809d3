"""Why nobody is signed in by the provider."""

from __future__ import annotations


class ProviderDown(Exception):
    """It does not answer, or not as a provider does."""


class DescriptionRefused(ProviderDown):
    """It answers, and describes itself as another one or with a road that is not safe: nothing older is used then."""


class AnswerRefused(Exception):
    """The answer is not believed; `code` says why. Nobody was signed in."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
