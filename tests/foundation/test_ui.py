"""The look: filters, partials, shell and error pages, and the rules a style sheet must keep."""

import hashlib
import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from opstap.config.navigation import Banner
from opstap.foundation.charts.colours import GROUPS, contrast, level_colours
from opstap.foundation.ui.templatetags import ui_format

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src/opstap/foundation/ui"
STATIC = UI / "static/ui"
NBSP = "\u00a0"
TODAY = date(2026, 11, 23)


class Sample(forms.Form):
    reference_date = forms.DateField(label="Reference date", help_text="The day of the figures")
    source = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "All"), ("b", "Some")], widget=forms.RadioSelect)
    file = forms.FileField()


def rendered(name: str, language: str = "nl", **context: object) -> str:
    with translation.override(language):
        return render_to_string(name, context)


def shell(*, signed_in: bool, language: str = "nl", **context: object) -> str:
    request = RequestFactory().get("/rapporten/?by=team")
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]  # only this is read
    vars(request)["csp_nonce"] = "once"
    page = Template("{% extends 'ui/base.html' %}{% block title %}Rapporten{% endblock %}")
    with translation.override(language):
        return page.render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("filtered", "dutch", "english"),
    [
        ("{{ day|day }}", "4 mrt 2026", "4 Mar 2026"),
        ("{{ moment|moment }}", "4 mrt 2026, 14:02", "4 Mar 2026, 14:02"),
        ("{{ late|day }}", "5 mrt 2026", "5 Mar 2026"),
        ("{{ none|day }}", "–", "–"),
        ("{{ 1166|number }}", "1.166", "1,166"),
        ("{{ 1234.5|number:1 }}", "1.234,5", "1,234.5"),
        ("{{ 37.4|share }}", f"37,4{NBSP}%", "37.4%"),
        ("{{ 37.5|share:0 }}", f"38{NBSP}%", "38%"),
        ("{{ 0|share }}", f"0,0{NBSP}%", "0.0%"),
        ("{{ none|share }}", "geen waarneming", "no observation"),
        ("{{ none|number }}", "geen waarneming", "no observation"),
    ],
)
def test_filters_write_as_the_reader_expects(filtered: str, dutch: str, english: str) -> None:
    context = Context(
        {
            "day": date(2026, 3, 4),
            "moment": datetime(2026, 3, 4, 13, 2, tzinfo=UTC),
            "late": datetime(2026, 3, 4, 23, 30, tzinfo=UTC),
            "none": None,
        }
    )
    template = Template("{% load ui_format %}" + filtered)
    for language, expected in (("nl", dutch), ("en", english)):
        with translation.override(language):
            assert template.render(context) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Decimal("0.25"), 1, "0,3"),
        (2.675, 2, "2,68"),
        (-0.04, 1, "0,0"),
        (Decimal(5) / 2, 0, "3"),
        (Decimal(2), 1, "2,0"),
    ],
)
def test_rounding_is_half_up_and_knows_no_minus_zero(value: Decimal | float, decimals: int, expected: str) -> None:
    with translation.override("nl"):
        assert ui_format.share(value, decimals) == f"{expected}{NBSP}%"


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (date(2026, 11, 23), "vandaag"),
        (date(2026, 11, 22), "gisteren"),
        (date(2026, 11, 24), "morgen"),
        (date(2026, 11, 10), "13 dagen geleden"),
        (date(2026, 11, 9), "2 weken geleden"),
        (date(2026, 9, 24), "8 weken geleden"),
        (date(2026, 9, 23), "2 maanden geleden"),
        (date(2026, 4, 23), "7 maanden geleden"),
        (date(2026, 4, 24), "6 maanden geleden"),
        (date(2024, 11, 24), "23 maanden geleden"),
        (date(2024, 11, 23), "2 jaar geleden"),
        (date(2026, 11, 26), "over 3 dagen"),
        (date(2027, 1, 23), "over 2 maanden"),
        (date(2029, 11, 23), "over 3 jaar"),
        (None, "–"),
    ],
)
def test_how_long_ago_in_words(then: date | None, expected: str) -> None:
    with translation.override("nl"):
        assert ui_format.ago(then, TODAY) == expected


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (date(2026, 11, 23), "0 dagen"),
        (date(2026, 11, 22), "1 dag"),
        (date(2026, 11, 9), "2 wk"),
        (date(2026, 4, 23), "7 mnd"),
        (date(2024, 11, 23), "2 jr"),
        (None, "–"),
    ],
)
def test_how_long_it_has_been_so_short_enough_for_a_column(then: date | None, expected: str) -> None:
    with translation.override("nl"):
        assert ui_format.span(then, TODAY) == expected


def test_a_field_ties_its_label_help_and_error_to_the_control() -> None:
    form = Sample({"reference_date": "31-02-2026", "kind": "a"})
    html = rendered("ui/field.html", field=form["reference_date"])
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert 'for="id_reference_date"' in html
    assert 'aria-invalid="true"' in html
    assert "(niet verplicht)" not in html
    assert "(niet verplicht)" in rendered("ui/field.html", field=form["source"])


def test_radio_buttons_stand_in_a_fieldset_and_a_file_in_the_upload_field() -> None:
    form = Sample()
    assert "<legend" in rendered("ui/field.html", field=form["kind"])
    upload = rendered("ui/field.html", field=form["file"])
    assert 'class="upload"' in upload
    assert 'type="file"' in upload


def test_every_error_links_to_a_control_that_exists() -> None:
    form = Sample({"reference_date": "31-02-2026"})
    summary = rendered("ui/form_errors.html", form=form)
    fields = "".join(rendered("ui/field.html", field=field) for field in form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_reference_date", "id_kind_0", "id_file"]
    assert all(f'id="{target}"' in fields for target in targets)
    assert "3 punten vragen uw aandacht" in summary
    assert rendered("ui/form_errors.html", form=Sample()).strip() == ""


def test_pagination_keeps_the_filters_and_is_silent_on_one_page() -> None:
    pages = Paginator(range(436), 12)
    html = rendered("ui/pagination.html", page_obj=pages.page(7), page_url="?q=bak&page=")
    assert 'href="?q=bak&amp;page=6" rel="prev"' in html
    assert 'href="?q=bak&amp;page=8" rel="next"' in html
    assert "73 tot en met 84 van 436" in html
    assert rendered("ui/pagination.html", page_obj=Paginator([1], 12).page(1), page_url="?page=").strip() == ""


def test_a_notice_starts_with_its_word() -> None:
    words = [
        re.sub(r"<[^>]+>|\s+", " ", rendered("ui/notice.html", kind=kind, text="tekst")).split(":")[0].strip()
        for kind in ("info", "success", "warning", "error")
    ]
    assert words == ["Ter informatie", "Gelukt", "Let op", "Fout"]


def test_the_shell_shows_menu_municipality_banner_and_sign_out_to_who_is_signed_in() -> None:
    menu = [SimpleNamespace(label="Rapporten", url="/rapporten/", current=True)]
    town = SimpleNamespace(name="Voorbeeldstad")
    html = shell(signed_in=True, navigation=menu, municipality=town, banner=Banner("demo", "Demo"))
    assert "<title>Rapporten · Opstap</title>" in html
    assert '<a class="sidenav__link" href="/rapporten/" aria-current="page">Rapporten</a>' in html
    assert "Voorbeeldstad" in html
    assert ">Demo</aside>" in html
    assert "Afmelden" in html
    assert 'href="#content"' in html
    assert 'id="content"' in html
    assert 'name="next" value="/rapporten/?by=team"' in html


def test_the_shell_of_a_visitor_has_no_menu_and_no_sign_out() -> None:
    html = shell(signed_in=False, language="en")
    assert "Sign out" not in html
    assert "sidenav" not in html
    assert ">Nederlands</button>" in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_says_the_way_out(code: str) -> None:
    with translation.override("nl"):
        html = get_template(f"{code}.html").render()
    assert "Naar de startpagina" in html
    assert '<html lang="nl"' in html


def test_no_template_has_inline_script_style_or_handler() -> None:
    for template in (UI / "templates").rglob("*.html"):
        found = re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=", template.read_text(encoding="utf-8"))
        assert found is None, template


def test_style_sheets_load_nothing_from_outside() -> None:
    for sheet in STATIC.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        for address in re.findall(r'url\("([^"]+)"\)', text):
            assert address.startswith("data:") or (sheet.parent / address).is_file(), (sheet, address)


def test_every_rule_of_a_style_sheet_is_closed() -> None:
    """A lost brace hides every rule below it, without a word."""
    for sheet in STATIC.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        depth = 0
        for line in text.splitlines():
            assert depth == 0 or line[:1] in {" ", "}", ""}, (sheet.name, line)
            depth += line.count("{") - line.count("}")
        assert depth == 0, sheet.name


def test_no_style_sheet_of_ours_passes_400_lines() -> None:
    assert all(len(sheet.read_text(encoding="utf-8").splitlines()) <= 400 for sheet in STATIC.glob("*.css"))


def test_every_sheet_of_ours_is_loaded() -> None:
    head = (UI / "templates/ui/head.html").read_text(encoding="utf-8")
    assert all(f"ui/{sheet.name}" in head for sheet in STATIC.glob("*.css"))


def test_every_class_of_the_component_list_has_a_style() -> None:
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in STATIC.glob("*.css"))
    documented = re.findall(r'class="([^"]+)"', (ROOT / "docs/components.md").read_text(encoding="utf-8"))
    names = {name for value in documented for name in value.split()} - {"counter--unchanged"}
    assert {name for name in names if not re.search(rf"\.{re.escape(name)}(?![\w-])", styles)} == set()


def test_vendored_files_are_as_listed() -> None:
    parts = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["part"]
    listed = {file["path"]: file["sha256"] for part in parts for file in part["file"]}
    present = {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file()
    }
    assert {path: sum_ for path, sum_ in listed.items() if "/foundation/ui/" in path} == present


def colours_of_sheet() -> dict[str, tuple[str, str]]:
    """Of each class of a level its colour and the colour of the number in it, as the style sheets give them."""
    charts, tokens = ((STATIC / name).read_text(encoding="utf-8") for name in ("charts.css", "tokens.css"))
    [dark] = re.findall(r"  color: var\(--level-text, (#[0-9a-f]{3})\);", charts)
    rule = r"\.(level--[\w-]+) ?\{ ?--level: ?([^;}]+?);? ?(?:--level-text: ?(#[0-9a-f]{3});? ?)?\}"
    named = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", tokens))
    rules = re.findall(rule, charts + (STATIC / "levels.css").read_text(encoding="utf-8"))
    return {name: (named.get(colour[4:-1], colour), text or dark) for name, colour, text in rules}


def test_every_number_of_levels_has_the_colours_of_its_charts_and_a_number_that_can_be_read() -> None:
    sheet = colours_of_sheet()
    charted = {
        f"level--{place}-of-{count}": colour
        for count in range(2, 31)
        for place, colour in enumerate(level_colours(count), start=1)
    } | {f"level--group-{place}": colour for place, colour in enumerate(GROUPS, start=1)}
    assert {name: colour.upper() for name, (colour, _text) in sheet.items()} == charted
    for name, (colour, text) in sheet.items():
        assert contrast("#" + text[1:].rjust(6, text[1]), colour) >= 4.5, name


def test_the_style_sheet_of_the_levels_is_as_generated() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts/level_styles.py", "--check"], check=False)
    assert done.returncode == 0


def test_the_number_in_a_level_keeps_its_colour_on_paper() -> None:
    """The rule that makes all text black stands in this sheet too."""
    sheet = (STATIC / "print.css").read_text(encoding="utf-8")
    assert "  .level {\n    color: var(--level-text, #000) !important;" in sheet
