"""`{% csrf_token %}`, which stands in every form, puts the key there too that lets it be saved once, and what else each
form of this request says (`form_fields`).

A builtin of all templates (settings): a form can't forget it, also one of another package.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from opstap.foundation.once import FIELD, new_key

register = template.Library()


class _Tokens(CsrfTokenNode):
    def render(self, context: Any) -> SafeString:
        token = super().render(context)
        # A browser that fills in a reloaded form again leaves the new key as it is.
        said = {FIELD: new_key(), **getattr(getattr(context, "request", None), "form_fields", {})}
        fields = format_html_join("", '<input type="hidden" name="{}" value="{}" autocomplete="off">', said.items())
        return SafeString(f"{token}{fields}") if token else SafeString("")


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> _Tokens:
    """The hidden fields of a form."""
    return _Tokens()
