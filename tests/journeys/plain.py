"""Somebody who walks through the pages without a script, by the links and the forms on them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIResponse

from tests.journeys.reading import Form, Read
from tests.journeys.walking import Walker

Key = tuple[str, str]  # the name of an address, and which of its kinds
# Addresses that stand for pages of several kinds: each kind is walked.
KINDS = {"reporting:report": "slug", "dossier:part": "slug", "dossier:add": "slug"}
EXAMPLES = {
    "dossier:client": 10,
    "contacts:note": 4,
    "contacts:plan": 4,
    "plans:help": 6,
    "dossier:part": 6,
    "reporting:people": 2,
}
# Sent last: afterwards clients are out of sight of whoever walks, or the session has ended.
HIDES = {"dossier:known", "dossier:protect", "desk:hand-over", "desk:handover", "accounts:own-account"}
# Whatever is answered first ends it, so that the other buttons are gone: tests/dossier/test_handing_over sends each.
ANSWERED = {"desk:handover"}


def key_of(path: str) -> Key | None:
    """Which page it is; None for what is no page of ours, such as a style sheet."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    return found.view_name, str(found.kwargs.get(KINDS.get(found.view_name, ""), ""))


@dataclass
class Plain:
    """Somebody without JavaScript: what they saw by following links, and the forms that stand there."""

    walker: Walker
    pages: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: set[str] = field(default_factory=set)
    forms: dict[tuple[str, str], list[tuple[str, Form]]] = field(default_factory=lambda: defaultdict(list))
    waiting: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    only: tuple[str, ...] = ("/",)

    def get(self, path: str) -> APIResponse:
        return self.walker.page.request.get(f"{self.walker.address}{path}")

    def read(self, path: str) -> Read:
        return Read(path, self.get(path).text())

    def send(self, form: Form, button: tuple[str, str] = ("", ""), **given: str) -> APIResponse:
        """What a browser sends when this button is pressed; where it leads to is not followed."""
        fields = [(name, value) for name, value in form.fields if name not in given] + list(given.items())
        if button[0]:
            fields.append(button)
        url = f"{self.walker.address}{form.action}"
        if form.method == "get":
            return self.walker.page.request.get(f"{url.split('?', maxsplit=1)[0]}?{urlencode(fields)}")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": url}
        return self.walker.page.request.post(url, data=urlencode(fields), headers=kind, max_redirects=0)

    def add(self, path: str) -> None:
        """To be looked at, unless enough of its kind were."""
        key = key_of(path)
        bare = urlsplit(path).path  # another way back in the address makes no other page
        if (
            key is None
            or not bare.startswith(self.only)
            or bare in self.met
            or len(self.pages[key]) >= EXAMPLES.get(key[0], 2)
        ):
            return
        self.met.add(bare)
        self.pages[key].append(path)
        self.waiting.append(path)

    def crawl(self) -> None:
        """Follow every link, and see that it leads to a page that asks no script."""
        while self.waiting:
            path = self.waiting.popleft()
            key = key_of(path)
            assert key is not None
            answer = self.get(path)
            assert answer.status == 200, f"a link leads to {path}, which answers {answer.status}"
            if "text/html" not in answer.headers["content-type"]:
                self.files.add(key[0])
                self.pages[key].remove(path)
                continue
            at = urlsplit(answer.url)._replace(scheme="", netloc="", fragment="").geturl()  # perhaps led on
            page = Read(at, answer.text())
            assert page.inline == [], f"{path} asks a script: {page.inline}"
            for link in page.links:
                self.add(link)
            self._keep(at, page)

    def _keep(self, path: str, page: Read) -> None:
        for form in page.forms:
            assert form.buttons, f"a form on {path} to {form.action} can't be sent without a script"
            assert form.method == "get" or form.has_token, f"a form on {path} to {form.action} has no token"
            action = key_of(form.action)
            assert action is not None, f"a form on {path} leads to {form.action}"
            for name, value in form.buttons:
                said = f"{name}={value}" if name in {"action", "what"} else name
                examples = self.forms[action[0], said]
                if len(examples) < 4 and not any(urlsplit(path).path == urlsplit(other).path for other, _ in examples):
                    examples.append((path, form))

    def send_all(self) -> list[str]:
        """Send every form as it stands, each button once: those that are nowhere saved, nor refused on a page."""
        wrong, settled = [], list[str]()
        for (action, said), examples in sorted(self.forms.items(), key=lambda one: one[0][0] in HIDES):
            if action != "accounts:sign-out":
                answers = [self._sent(action, said, path) for path, _form in examples[:1]]
                answers += [self._sent(action, said, path) for path, _form in examples[1:] if answers[0] not in GOOD]
                is_over = action in ANSWERED and action in settled
                if set(answers) & GOOD:
                    settled.append(action)
                elif not is_over:
                    wrong.append(f"{action} ({said}) on {[path for path, _ in examples]}: {answers}")
        return wrong

    def _sent(self, action: str, said: str, path: str) -> int:
        for form in self.read(path).forms:
            for name, value in form.buttons:
                if (key_of(form.action) or ("", ""))[0] == action and said in {name, f"{name}={value}"}:
                    answer = self.send(form, (name, value))
                    if answer.status in {302, 303}:
                        self.add(answer.headers["location"])
                    return answer.status
        return 404

    @property
    def names(self) -> set[str]:
        """Every address that was opened, sent to, or handed over as a file."""
        return {name for (name, _kind), paths in self.pages.items() if paths} | self.files | {a for a, _ in self.forms}


GOOD = {200, 302, 303, 400}
