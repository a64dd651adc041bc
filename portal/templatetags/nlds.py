"""What the templates of the nlds pack need to draw a question. Pages use `{% crispy form %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal import forms, unsent

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


@register.simple_tag
def guarded(form: Any = None) -> SafeString:
    """The attributes of a form whose text must not be lost: what static/js says, and where it keeps a draft."""
    words = {
        "data-guarded": "",
        "data-offline": _("No connection. Your text is still on this screen."),
    }
    if url := getattr(form, "draft_url", ""):
        words |= {
            "data-draft-url": url,
            "data-draft-seconds": str(settings.DRAFT_SECONDS),
            "data-signed-out": _("You are signed out. Your text is still on this screen. Save it, then sign in."),
            "data-not-kept": _("The draft is not kept. Your text is still on this screen. Save it."),
        }
    return format_html_join(" ", '{}="{}"', words.items())


@register.simple_tag(takes_context=True)
def writer_token(context: Context) -> SafeString:
    """Says to the server, and to nobody else, who was typing: see portal.unsent."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', unsent.FIELD, unsent.token_for(user))


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
