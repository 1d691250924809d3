"""What somebody can choose about the demo: how many clients, which draw, and the last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEFAULT_CLIENTS, DEFAULT_SEED = 1200, 1


@dataclass(frozen=True)
class Choices:
    """The same choices give the same town."""

    until: date
    clients: int = DEFAULT_CLIENTS
    seed: int = DEFAULT_SEED

    @property
    def text(self) -> str:
        """As kept with the building."""
        return f"clients={self.clients} seed={self.seed} until={self.until.isoformat()}"

    @classmethod
    def from_text(cls, text: str) -> Choices:
        """As read back."""
        words = dict(word.split("=", 1) for word in text.split())
        return cls(date.fromisoformat(words["until"]), int(words["clients"]), int(words["seed"]))
