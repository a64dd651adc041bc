"""What the templates of the nlds pack need to draw a question. Pages use `{% crispy form %}`."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.text import slugify

from portal import forms

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a field, with Utrecht's classes and what screen readers need."""
    return forms.control_html(field)


@register.simple_tag
def described_by(field: BoundField) -> str:
    return forms.described_by(field)


@register.simple_tag
def help_text(field: BoundField) -> str:
    return forms.help_text(field)


@register.filter
def is_optional(field: BoundField) -> bool:
    conditional = getattr(field.form, "conditional", [])
    return not field.field.required and field.name not in conditional


@register.filter
def is_tile(field: BoundField) -> bool:
    return field.name in [*getattr(field.form, "tiles", []), *getattr(field.form, "row", [])]


@register.simple_tag
def options_class(field: BoundField) -> str:
    if field.name in getattr(field.form, "row", []):
        return "portal-choices portal-choices--row"
    return "portal-choices" if is_tile(field) else "portal-options"


@register.simple_tag
def option_class(field: BoundField, option: Any) -> str:
    kind = "radio-button" if option.data["type"] == "radio" else "checkbox"
    css = f"utrecht-{kind} utrecht-{kind}--html-input"
    if kind == "checkbox":
        css += " utrecht-custom-checkbox utrecht-custom-checkbox--html-input utrecht-checkbox--custom"
    return f"{css} utrecht-{kind}--invalid" if field.errors else css


@register.filter
def part_id(title: str) -> str:
    return f"deel-{slugify(title)}"
