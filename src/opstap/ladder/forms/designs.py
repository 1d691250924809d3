"""The form of a scale: what it is called, a form for each level and one for each question, and how rows are moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.ladder.enums import QuestionPart, ScaleKind
from opstap.ladder.logic import LevelDesign, QuestionDesign, ScaleDesign

MAX_ROWS = 30
NEW = "vraag-"  # no code of a level can begin so
KINDS = (
    (ScaleKind.ORDINAL.value, _("a ladder: the levels have an order")),
    (ScaleKind.NOMINAL.value, _("a grouping: nobody rises or falls")),
)
PARTS = (
    (QuestionPart.CURRENT.value, _("where someone stands now")),
    (QuestionPart.GROWTH.value, _("where someone can stand within the horizon")),
)
Row = dict[str, Any]


def _text(label: object, *, rows: int = 2, required: bool = False, help_text: object = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "class": "short"})
    return forms.CharField(label=label, widget=box, required=required, max_length=2000, help_text=help_text)  # type: ignore[arg-type]  # lazy texts


class ScaleForm(forms.Form):
    """A scale as a whole."""

    name_nl = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Give the scale a name.")})
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    key = forms.CharField(
        label=_("Short name"),
        max_length=40,
        error_messages={"required": _("Give the scale a short name.")},
        help_text=_(
            "Small letters, figures and hyphens. For addresses, files and commands; it can't be changed later."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    description_nl = _text(_("Description"))
    description_en = _text(_("Description in English"))
    horizon_months = forms.IntegerField(
        label=_("Horizon in months"), min_value=1, max_value=120, help_text=_("Within so many months growth is judged.")
    )
    growth_on_halves = forms.BooleanField(
        label=_("A move between two half-levels counts as rising or falling"), required=False
    )
    starts_on = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), initial=dates.today
    )


class LevelForm(forms.Form):
    """One level."""

    code = forms.CharField(label=_("Code"), max_length=6)
    name_nl = forms.CharField(label=_("Name"), max_length=150)
    name_en = forms.CharField(label=_("Name in English"), max_length=150, required=False)
    definition_nl = _text(_("When does someone stand here?"), rows=3)
    definition_en = _text(_("The same in English"), rows=3)
    examples_nl = _text(_("Examples"), help_text=_("One a line."))
    examples_en = _text(_("Examples in English"), help_text=_("One a line."))
    band_nl = forms.CharField(label=_("Distance to work"), max_length=60, required=False)
    band_en = forms.CharField(label=_("Distance in English"), max_length=60, required=False)
    halves = forms.BooleanField(label=_("split in two half-levels, - and +"), required=False)
    growth = forms.BooleanField(label=_("growth potential is recorded"), required=False)
    works_without_help = forms.BooleanField(label=_("counts as work without help"), required=False)
    has_support = forms.BooleanField(label=_("can be with support"), required=False)
    has_aftercare = forms.BooleanField(label=_("can be with aftercare"), required=False)


class QuestionForm(forms.Form):
    """One question. `ways` are the answers' destinations: a level, or another question of the same part."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    part = forms.ChoiceField(label=_("Leads to"), choices=PARTS)
    text_nl = _text(_("Question"), required=True)
    text_en = _text(_("Question in English"))
    explanation_nl = _text(_("Explanation"))
    explanation_en = _text(_("Explanation in English"))
    yes = forms.ChoiceField(label=_("After yes"))
    no = forms.ChoiceField(label=_("After no"))

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("yes", "no"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", str(_("– choose"))), *ways]


@dataclass
class Drawing:
    """A scale on the drawing table: what is filled in, as rows of plain values."""

    scale: Row
    levels: list[Row]
    questions: list[Row]

    def turned(self, command: str) -> Drawing:
        """The same after a button was pressed: `add-level`, `up-level-2`, `drop-question-0`."""
        verb, kind, *place = command.split("-")
        rows = self.levels if kind == "level" else self.questions
        if verb == "add" and len(rows) < MAX_ROWS:
            rows.append(_new_level(rows) if kind == "level" else _new_question(rows))
        at = int(place[0]) if place and place[0].isdecimal() else -1
        if 0 <= at < len(rows):
            if verb == "drop":
                rows.pop(at)
            elif verb in {"up", "down"}:
                other = at + (-1 if verb == "up" else 1)
                if 0 <= other < len(rows):
                    rows[at], rows[other] = rows[other], rows[at]
        return self

    def ways(self, question: Row) -> list[tuple[str, str]]:
        """Where an answer to a question can lead, in words: the levels, then the other questions of its part."""
        levels = [(row["code"], f"{row['code']} {row['name_nl']}") for row in self.levels if row["code"]]
        words = [(row["key"], row) for row in self.questions if row["part"] == question["part"]]
        asked = [
            (key, str(_("question %(number)s: %(text)s")) % {"number": number, "text": row["text_nl"][:60]})
            for number, (key, row) in enumerate(words, start=1)
            if key != question["key"]
        ]
        return [*levels, *asked]

    def design(self, key: str) -> ScaleDesign:
        """What it comes to."""
        given = self.scale
        return ScaleDesign(
            key=key,
            kind=given["kind"],
            name_nl=given["name_nl"],
            name_en=given["name_en"],
            description_nl=given["description_nl"],
            description_en=given["description_en"],
            horizon_months=given["horizon_months"] or 0,
            growth_on_halves=given["growth_on_halves"],
            starts_on=given["starts_on"],
            levels=tuple(LevelDesign(**_with_examples(row)) for row in self.levels),
            questions=tuple(QuestionDesign(**row) for row in self.questions),
        )


def drawing_of(design: ScaleDesign) -> Drawing:
    """A design back on the drawing table."""
    scale = {name: getattr(design, name) for name in ScaleForm.base_fields}
    levels = [{name: getattr(level, name) for name in LevelForm.base_fields} for level in design.levels]
    for row in levels:
        row |= {name: "\n".join(row[name]) for name in ("examples_nl", "examples_en")}
    questions = [{name: getattr(one, name) for name in QuestionForm.base_fields} for one in design.questions]
    return Drawing(scale, levels, questions)


def drawing_from(given: Mapping[str, Any], scale: Row) -> Drawing:
    """What the page sent, row by row in the order of the page."""
    return Drawing(scale, _rows(given, "level", LevelForm), _rows(given, "question", QuestionForm))


def _rows(given: Mapping[str, Any], kind: str, form: type[forms.Form]) -> list[Row]:
    count = str(given.get(f"{kind}s", "0"))
    rows = []
    for place in range(min(int(count) if count.isdecimal() else 0, MAX_ROWS)):
        row: Row = {}
        for name, field in form.base_fields.items():
            value = str(given.get(f"{kind}-{place}-{name}", "")).strip()
            row[name] = bool(value) if isinstance(field, forms.BooleanField) else value
        rows.append(row)
    return rows


def _with_examples(row: Row) -> Row:
    lines = {name: tuple(x.strip() for x in row[name].splitlines() if x.strip()) for name in _EXAMPLES}
    return {**row, **lines}


_EXAMPLES = ("examples_nl", "examples_en")


def _new_level(rows: Sequence[Row]) -> Row:
    codes = [int(row["code"]) for row in rows if row["code"].isdecimal()]
    empty: Row = dict.fromkeys(LevelForm.base_fields, "")
    flags: Row = dict.fromkeys(("halves", "works_without_help", "has_support", "has_aftercare"), False)
    return empty | flags | {"growth": True, "code": str(max(codes, default=0) + 1)}


def _new_question(rows: Sequence[Row]) -> Row:
    numbers = [int(row["key"].removeprefix(NEW)) for row in rows if row["key"].removeprefix(NEW).isdecimal()]
    empty: Row = dict.fromkeys(QuestionForm.base_fields, "")
    part = rows[-1]["part"] if rows else QuestionPart.CURRENT.value
    return empty | {"key": f"{NEW}{max(numbers, default=0) + 1}", "part": part}
