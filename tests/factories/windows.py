"""A window in which a form stands open: what its fields hold as a browser would send them, and what comes back."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from django.test import Client

Fields = dict[str, str]


class Window:
    """One form, opened and sent; what a refused form holds is what is sent next."""

    def __init__(self, browser: Client, url: str, asks: str = "") -> None:
        """Of a page with more forms that carry a version: the first one, or that which asks this field."""
        self.browser, self.url, self.asks = browser, url, asks
        response = browser.get(url)
        assert response.status_code == 200, response.status_code
        self.page = response.content.decode()
        self.fields = fields_of(self.page, asks)
        self.led = ""

    def send(self, **changes: str | None) -> int:
        """Fills in these fields (None empties a tick box) and sends all of them; returns the status of the answer."""
        sent = {name: value for name, value in (self.fields | changes).items() if value is not None}
        response = self.browser.post(self.url, sent)
        self.page = response.content.decode()
        self.led = response.get("Location", "")
        if response.status_code != 302:
            self.fields = fields_of(self.page, self.asks)
        return response.status_code

    @property
    def words(self) -> str:
        """What stands on the page to read."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page[self.page.index("<main") :])))


def version_at(browser: Client, url: str, asks: str = "") -> Fields:
    """The field with the version on which a form is opened now; of several, the one that asks this."""
    return {"version": Window(browser, url, asks).fields["version"]}


def fields_of(page: str, asks: str = "") -> Fields:
    """What the form that carries a version holds; of other forms on the page nothing."""
    reader = _Forms()
    reader.feed(page)
    found = [form for form in reader.forms if "version" in form and (not asks or asks in form)]
    return found[0] if found else {}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name", "")
        ticks = given.get("type") in {"radio", "checkbox"}
        if tag == "input" and name and (not ticks or "checked" in given):
            form[name] = given.get("value", "on" if ticks else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in form):
            form[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._text, form[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][self._text] += data.removeprefix("\n")
