"""What was filled in, in the words of the page that asked for it: the labels and choices that stand on its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

Given = Mapping[str, Sequence[str]]
TICKED = {"checkbox", "radio"}
UNSAID = {"hidden", "password", "file", "image", "reset"}
BUTTONS = {"submit", "button"}
LEAD = "page-head__lead"  # the class of the line below the title: whom the page is about
LEFT_OUT = "field__optional"  # the class of the word beside a label that a field may stay empty


@dataclass
class Control:
    """One field of a form, one of its ticks or a button, with the words beside it."""

    name: str
    kind: str
    value: str = ""
    id: str = ""
    label: str = ""
    group: str = ""
    choices: dict[str, str] = field(default_factory=dict)


@dataclass
class FormRead:
    """A form of a page: where it goes to, and what it asks."""

    action: str
    controls: list[Control] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A field that was filled in; without a label where the page has none. `ticked` says no more than that."""

    label: str
    words: tuple[str, ...] = ()
    day: date | None = None
    ticked: bool = False


@dataclass
class _Words:
    """Text that is being read, up to the end of its element."""

    tag: str
    done: Callable[[str], None]
    parts: list[str] = field(default_factory=list)


class PageRead(HTMLParser):
    """The title of a page, the line below it, and its forms."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = self.lead = ""
        self.forms: list[FormRead] = []
        self._labels: dict[str, str] = {}
        self._groups: list[str] = []
        self._open: list[_Words] = []
        self._within: list[Control] = []  # controls inside the label that is being read
        self._select: Control | None = None
        self._begins: dict[str, Callable[[str, Mapping[str, str]], None]] = {
            "h1": lambda tag, _said: self._read(tag, self._titled),
            "form": lambda _tag, said: self.forms.append(FormRead(said.get("action", ""))),
            "fieldset": lambda _tag, _said: self._groups.append(""),
            "legend": lambda tag, _said: self._read(tag, self._grouped),
            "label": self._label,
            "option": self._option,
            "textarea": self._text,
            **dict.fromkeys(("input", "select", "button"), self._control),
        }
        self.feed(page)
        for form in self.forms:
            for one in form.controls:
                one.label = one.label or self._labels.get(one.id, "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What begins here."""
        said = {name: value or "" for name, value in attrs}
        begins = self._begins.get(tag)
        if begins is not None:
            begins(tag, said)
        elif LEAD in said.get("class", ""):
            self._read(tag, self._led)
        elif LEFT_OUT in said.get("class", ""):
            self._read(tag, lambda _words: None)

    def handle_endtag(self, tag: str) -> None:
        """What ends here."""
        if tag == "fieldset" and self._groups:
            self._groups.pop()
        if tag == "select":
            self._select = None
        if self._open and self._open[-1].tag == tag:
            ended = self._open.pop()
            ended.done(" ".join("".join(ended.parts).split()))

    def handle_data(self, data: str) -> None:
        """Words are of the innermost that is read."""
        if self._open:
            self._open[-1].parts.append(data)

    def _read(self, tag: str, done: Callable[[str], None]) -> None:
        self._open.append(_Words(tag, done))

    def _titled(self, words: str) -> None:
        self.title = self.title or words

    def _led(self, words: str) -> None:
        self.lead = words

    def _grouped(self, words: str) -> None:
        if self._groups:
            self._groups[-1] = words

    def _label(self, tag: str, said: Mapping[str, str]) -> None:
        self._within = []
        self._read(tag, lambda words: self._labelled(said.get("for", ""), words))

    def _text(self, tag: str, said: Mapping[str, str]) -> None:
        """What stands in it is not what it is called."""
        self._control(tag, said)
        self._read(tag, lambda _words: None)

    def _option(self, tag: str, said: Mapping[str, str]) -> None:
        if self._select is not None:
            choices, value = self._select.choices, said.get("value", "")
            self._read(tag, lambda words: choices.update({value: words}))

    def _labelled(self, of: str, words: str) -> None:
        if of:
            self._labels[of] = words
        for one in self._within:
            one.label = words
        self._within = []

    def _control(self, tag: str, said: Mapping[str, str]) -> None:
        kind = said.get("type", "text" if tag == "input" else "submit").lower() if tag in {"input", "button"} else tag
        made = Control(said.get("name", ""), kind, said.get("value", ""), said.get("id", ""))
        made.group = next((words for words in reversed(self._groups) if words), "")
        if tag == "select":
            self._select = made
        if tag == "button":
            self._read(tag, lambda words: setattr(made, "label", words))
        if any(one.tag == "label" for one in self._open):
            self._within.append(made)
        if self.forms and made.name:
            self.forms[-1].controls.append(made)


def lines_of(page: PageRead | None, to: str, given: Given) -> list[Line]:
    """The fields that were filled in, in the order of the page; a button only where nothing else was."""
    form = _form_of(page, to, given) if page is not None else None
    controls = form.controls if form is not None else []
    found: dict[str, Line] = {}
    for one in controls:
        line = None if one.name in found else _line(one, controls, given.get(one.name, ()))
        if line is not None:
            found[one.name] = line
    asked = {one.name for one in controls}
    typed = [words for name, values in given.items() if name not in asked for words in values if len(words.split()) > 1]
    lines = [*found.values(), *(Line("", (words,)) for words in typed)]
    return lines or [Line("", (one.label,)) for one in controls if _is_pressed(one, given)]


def _form_of(page: PageRead, to: str, given: Given) -> FormRead | None:
    """The form of the page that asks the most of what was sent; of two alike the one that goes there."""

    def fits(form: FormRead) -> tuple[int, bool]:
        named = {one.name for one in form.controls if one.kind not in UNSAID} & given.keys()
        return len(named), urlsplit(form.action).path in {"", urlsplit(to).path}

    best = max(page.forms, key=fits, default=None)
    return best if best is not None and fits(best)[0] else None


def _line(one: Control, controls: Sequence[Control], values: Sequence[str]) -> Line | None:
    """Nothing for what nobody types, and for what stayed empty."""
    if one.kind in UNSAID | BUTTONS or not any(words.strip() for words in values):
        return None
    if one.kind in TICKED:
        return _ticks([other for other in controls if other.name == one.name], values)
    if one.kind == "select":
        return Line(one.label, tuple(one.choices.get(value, value) for value in values))
    return Line(one.label, tuple(values), _day(values[0]) if one.kind == "date" else None)


def _ticks(ticks: Sequence[Control], values: Sequence[str]) -> Line:
    if len(ticks) == 1 and ticks[0].kind == "checkbox":
        return Line(ticks[0].label, ticked=True)
    chosen = tuple(one.label or one.value for one in ticks if one.value in values)
    return Line(ticks[0].group, chosen or tuple(values))


def _is_pressed(one: Control, given: Given) -> bool:
    return one.kind in BUTTONS and bool(one.label) and one.value in given.get(one.name, ())


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
