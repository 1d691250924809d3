"""What axe can't see, on a page of every kind: 320 pixels wide, with more room between letters, by keyboard and finger.

WCAG 2.2: 1.4.10 reflow, 1.4.12 text spacing, 2.4.7 and 2.4.11 the focus is seen and not covered, 2.5.8 targets of 24
pixels, 2.4.2 titles, 1.3.1 and 2.4.6 headings, 3.1.1 language. What it proves stands in docs/accessibility/.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from tests.journeys.walking import Walker

Demo = tuple[str, dict[str, dict[str, str]]]
NARROW, STOPS = 320, 60
PAGES = {
    "case_manager": (
        "/clienten/", "/contact/vandaag/", "CLIENT", "CLIENT/persoon/", "/plaatsen/CLIENT", "/contact/CLIENT",
        "/hulp/CLIENT", "/rapporten/plaatsing/", "/rapporten/beweging/", "/ladders/vng/",
    ),
    "policy": ("/publicaties/",),
    "coordinator": ("/publicaties/vaststellen/", "/team/", "/import/", "/rapporten/nu-en-verwacht/"),
    "functional_administrator": (
        "/beheer/", "/beheer/gebruikers/", "/beheer/instellingen/", "/beheer/kenmerken/nieuw/",
    ),
    "privacy_officer": ("/inzage/", "/inzage/opvallend/", "/inzage/verwerkingen/", "/onderzoek/toestaan/"),
    "researcher": ("/onderzoek/",),
}  # fmt: skip
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; ' +
    'word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll('main *, nav *, header *')].filter(box => {
  const style = getComputedStyle(box);
  const across = ['hidden', 'clip'].includes(style.overflowX), down = ['hidden', 'clip'].includes(style.overflowY);
  if (box.closest('.visually-hidden, .chart__frame, svg, select, input')) return false;
  if (box.clientWidth < 3 || box.clientHeight < 3) return false;
  return (across && box.scrollWidth > box.clientWidth + 2) || (down && box.scrollHeight > box.clientHeight + 2);
}).map(box => box.outerHTML.slice(0, 120))"""
FOCUS = """async () => {
  const box = document.activeElement;
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  if (!box || box === document.body) return null;
  const style = getComputedStyle(box), after = getComputedStyle(box, '::after'), place =
    [...(box.matches('[type=radio], [type=checkbox]') && box.labels[0] || box).getClientRects()]
      .find(line => line.width > 2) || box.getBoundingClientRect();  // a link that wraps has a box on each line
  const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== 'none'
    || (after.outlineStyle !== 'none' && parseFloat(after.outlineWidth) >= 1.5)
    || box.matches('[type=date], [type=time]')
    || (box.labels && [...box.labels].some(label => getComputedStyle(label).outlineStyle !== 'none'))
    || getComputedStyle(box.closest('tr, .row-link, label, summary') || box).outlineStyle !== 'none';
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([across, down]) =>
    document.elementFromPoint(place.left + place.width * across, place.top + place.height * down));
  const seen = points.some(at => at && (at === box || box.contains(at) ||
    (box.labels && [...box.labels].some(label => label.contains(at)))));
  return {html: box.outerHTML.slice(0, 140), shown, seen: seen || place.width < 3};
}"""
SMALL = """() => {
  const inline = box => getComputedStyle(box).display === 'inline' &&
    [...box.parentElement.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
  const hidden = box => getComputedStyle(box.closest('thead') || box).clipPath === 'inset(50%)';
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(box => box.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !box.disabled
      && !box.closest('.visually-hidden, .skip-link, svg') && !hidden(box))
    .map(box => ({box, place: (box.labels && box.matches('[type=radio],[type=checkbox]') && box.labels[0] || box)
      .getBoundingClientRect()}))
    .filter(({place}) => place.width > 2 && place.height > 2);
  const near = (one, other) => {
    const across = one.place.left + one.place.width / 2, down = one.place.top + one.place.height / 2;
    const aside = Math.max(other.place.left - across, 0, across - other.place.right);
    const above = Math.max(other.place.top - down, 0, down - other.place.bottom);
    return Math.hypot(aside, above) < 12;
  };
  return all.filter(one => (one.place.width < 24 || one.place.height < 24) && !inline(one.box)
      && all.some(other => other.box !== one.box && !one.box.contains(other.box) && !other.box.contains(one.box)
        && near(one, other)))
    .map(({box, place}) => `${Math.round(place.width)}x${Math.round(place.height)} ${box.outerHTML.slice(0, 120)}`);
}"""


@pytest.fixture
def narrow(browser: Browser, demo: Demo) -> Iterator[Walker]:
    """Somebody who zoomed in to 400 % on a screen of 1280 pixels."""
    address, sign_ins = demo
    context = browser.new_context(viewport={"width": NARROW, "height": 640}, locale="nl-NL")
    yield Walker(context.new_page(), address, sign_ins)
    context.close()


def addresses(walker: Walker, role: str) -> list[str]:
    """The pages of a role, with somebody of the own caseload where a client is asked."""
    walker.open("/clienten/")
    link = walker.page.locator("main table a[href^='/clienten/']").first
    client = (link.get_attribute("href") or "").split("?")[0] if role == "case_manager" else ""
    reference = client.strip("/").split("/")[-1]
    shown = [path.replace("CLIENT/", client) if path.startswith("CLIENT") else path for path in PAGES[role]]
    return [client if path == "CLIENT" else path.replace("CLIENT", f"{reference}/") for path in shown]


def titles_and_headings(walker: Walker) -> list[str]:
    """What is wrong with how the page says what it is."""
    page = walker.page
    levels = page.eval_on_selector_all("main h1, main h2, main h3, main h4", "all => all.map(one => +one.tagName[1])")
    wrong = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    wrong += [f"h{before} then h{after}" for before, after in pairwise(levels) if after > before + 1]
    wrong += [] if page.title().strip().endswith("Opstap") and len(page.title()) > len("Opstap") + 3 else ["title"]
    wrong += [] if page.locator("html").get_attribute("lang") == "nl" else ["lang"]
    return wrong


def focus_faults(walker: Walker) -> list[str]:
    """Where Tab leads without the eye following."""
    walker.page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur() }")
    faults, first = [], ""
    for _ in range(STOPS):
        walker.page.keyboard.press("Tab")
        stop = walker.page.evaluate(FOCUS)
        if stop is None or stop["html"] == first:
            break
        first = first or stop["html"]
        faults += [] if stop["shown"] else [f"focus not seen: {stop['html']}"]
        faults += [] if stop["seen"] else [f"focus covered: {stop['html']}"]
    return faults


@pytest.mark.parametrize("role", PAGES)
def test_a_page_of_every_kind_at_four_hundred_percent(narrow: Walker, role: str) -> None:
    narrow.sign_in(role)
    found, titles = [], set()
    for path in addresses(narrow, role):
        assert narrow.open(path) == 200, path
        titles.add(narrow.page.title())
        wrong = [*titles_and_headings(narrow), *narrow.page.evaluate(SMALL), *focus_faults(narrow)]
        sideways = "document.documentElement.scrollWidth - window.innerWidth"
        wrong += ["reflow"] if narrow.page.evaluate(sideways) > 0 else []
        narrow.page.evaluate(SPACED)
        wrong += [f"clipped: {one}" for one in narrow.page.evaluate(CLIPPED)]
        wrong += ["spaced: sideways"] if narrow.page.evaluate(sideways) > 0 else []
        found += [f"{path}: {fault}" for fault in wrong]
    assert found == [], "\n".join(found)
    assert len(titles) == len(PAGES[role]), "each page has a title of its own"


def test_the_examination_can_fail(narrow: Walker) -> None:
    narrow.open("/aanmelden/")
    narrow.page.evaluate(
        """() => { document.querySelector('main').innerHTML = '<h2>x</h2><h4>y</h4>' +
        '<a href="#a">a</a><a href="#b">b</a>'; for (const one of document.querySelectorAll('main a')) {
          one.style.outline = one.style.boxShadow = 'none';
          one.style.display = 'inline-block'; one.style.width = '10px' } }"""
    )
    assert {"0 h1", "h2 then h4"} <= set(titles_and_headings(narrow))
    assert narrow.page.evaluate(SMALL)
    assert [fault for fault in focus_faults(narrow) if "not seen" in fault]
    narrow.page.evaluate(
        """() => { const box = document.createElement('p'); box.textContent = 'lang '.repeat(40);
        Object.assign(box.style, {overflow: 'hidden', whiteSpace: 'nowrap', width: '90px'});
        document.querySelector('main').append(box) }"""
    )
    assert narrow.page.evaluate(CLIPPED)
