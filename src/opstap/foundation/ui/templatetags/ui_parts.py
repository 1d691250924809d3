"""What the partials need from Django's objects. No words and no markup."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.utils.translation import get_language

from opstap.foundation.help import Topic, topic_of_field, topics

register = template.Library()


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers to show, with a gap where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control that a link to this field must focus."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label or str(field.auto_id)


@register.filter
def error_count(form: BaseForm) -> int:
    """How many things are wrong; of one field there may be several."""
    return sum(len(errors) for errors in form.errors.values())


@register.inclusion_tag("ui/help.html")
def field_help(field: BoundField) -> dict[str, str]:
    """The explanation beside a field's label; nothing where its room has none."""
    return _shown(topic_of_field(field.form, field.name))


@register.inclusion_tag("ui/help.html", name="help")
def help_about(key: str) -> dict[str, str]:
    """The explanation of a topic, where no field stands: `{% help "reporting.known_at" %}`."""
    return _shown(topics()[key])


def _shown(topic: Topic | None) -> dict[str, str]:
    language = get_language() or "nl"
    return {"title": topic.title(language), "text": topic.text(language)} if topic else {"title": "", "text": ""}
