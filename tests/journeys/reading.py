"""Pages as somebody without JavaScript has them: their links and their forms, read from the HTML as it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

NOTHING = frozenset({"button", "reset", "image"})


@dataclass
class Form:
    """A form with what stands in it, and its buttons."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_token(self) -> bool:
        """Whether it can be sent at all."""
        return any(name == "csrfmiddlewaretoken" for name, _value in self.fields)


class Read(HTMLParser):
    """The links and forms of one page, in their order."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url, self.links, self.forms = url, list[str](), list[Form]()
        self.inline = list[str]()  # what only a script would answer
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select = ("", False)
        self._options = list[tuple[str, bool]]()
        self._text: tuple[str, list[str]] | None = None
        self._later = list[tuple[str, str, str]]()
        self.feed(html)
        for form_id, name, value in self._later:
            self._by_id[form_id].buttons.append((name, value))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "a" and "href" in given:
            self._link(given["href"])
        elif tag == "form":
            self._form = Form(given.get("method", "get").lower(), self._address(given.get("action") or self.url))
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        elif tag == "button":
            self._button(given)
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select, self._options = (given.get("name", ""), "multiple" in given), []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._text = (given.get("name", ""), [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._form is not None:
            name, many = self._select
            chosen = [value for value, is_chosen in self._options if is_chosen]
            if not chosen and not many and self._options:
                chosen = [self._options[0][0]]
            self._form.fields += [(name, value) for value in chosen]
        elif tag == "textarea" and self._text is not None:
            if self._form is not None:
                self._form.fields.append((self._text[0], "".join(self._text[1]).lstrip("\n")))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)

    def _address(self, href: str) -> str:
        parts = urlsplit(urljoin(self.url, href))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _link(self, href: str) -> None:
        parts = urlsplit(href)
        if parts.scheme == "javascript":
            self.inline.append(href)
        elif not parts.scheme and not parts.netloc and not href.startswith("#"):
            self.links.append(self._address(href))

    def _button(self, given: dict[str, str]) -> None:
        if given.get("type", "submit") != "submit" or "hidden" in given or "disabled" in given:
            return
        said = given.get("name", ""), given.get("value", "")
        if "form" in given:
            self._later.append((given["form"], *said))
        elif self._form is not None:
            self._form.buttons.append(said)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if self._form is None or not name or kind in NOTHING:
            return
        if kind == "submit":
            self._form.buttons.append((name, given.get("value", "")))
        elif kind == "file":
            self._form.files.append(name)
        elif kind in {"checkbox", "radio"}:
            if "checked" in given:
                self._form.fields.append((name, given.get("value", "on")))
        else:
            self._form.fields.append((name, given.get("value", "")))
