"""Help beside a field: each room's `help.toml` is the one source of the words on screen and of the manual's page.

A topic goes by its room and its name (`ladder.growth`). Not here: the words themselves, and what a figure means
(a report's own columns say that).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps


@dataclass(frozen=True)
class Topic:
    """What is explained, in two languages."""

    key: str
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str

    def title(self, language: str) -> str:
        """What it is called."""
        return self.title_en if language == "en" else self.title_nl

    def text(self, language: str) -> str:
        """The explanation."""
        return self.text_en if language == "en" else self.text_nl


@cache
def topics() -> dict[str, Topic]:
    """Every topic of every room, in the order of the rooms and of their files."""
    found: dict[str, Topic] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "help.toml"
        if path.exists() and app.name.startswith("opstap."):
            for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
                key = f"{app.label}.{name}"
                title, text = entry["title"], entry["text"]
                found[key] = Topic(key, title["nl"], title["en"], text["nl"], text["en"])
    return found


def topic_of_field(form: object, name: str) -> Topic | None:
    """The topic of a form's field: the form's room and the field's own name, or the one in the form's `help_names`.

    A form names another topic where its field means something else than the same name in the room's other forms.
    """
    module = type(form).__module__.split(".")
    topic = getattr(form, "help_names", {}).get(name, name)
    return topics().get(f"{module[1]}.{topic}") if module[0] == "opstap" and len(module) > 1 else None
