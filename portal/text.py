"""Small text helpers that everybody needs: counted words, lists in a sentence, and clean HTML."""

import html
import re
from collections.abc import Iterable

import nh3
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ALLOWED_TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
_LINKS = {"a": {"href"}}
LONGEST_SEARCH = 100
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|div|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


def search_words(typed: str) -> str:
    """What somebody searches for: the database takes no NUL, and more than a line is no search."""
    return " ".join(typed.replace("\0", "").split())[:LONGEST_SEARCH]


def whole_number(typed: str) -> int:
    """What was typed or sent as a number of at most nine digits; of anything else 0, which no row has as its id."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def days(number: int) -> str:
    """`1 dag`, `3 dagen`."""
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def weeks(number: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def counted(number: int, one: str, more: str) -> str:
    """Any noun: `counted(3, "aanbeveling", "aanbevelingen")`. The words come translated."""
    return f"{number} {one if number == 1 else more}"


def file_size(size: int) -> str:
    """`96 kB`, `1,4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(size / 1_000_000, 1)} MB"


def listed(words: Iterable[object], *, last: str | None = None) -> str:
    """`a, b en c`. `last` is another word than "and", such as "or"."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    between = last or _("and")
    return f"{', '.join(items[:-1])} {between} {items[-1]}"


def clean_html(text: str) -> str:
    """Only the few tags that an advice needs; scripts, styles, pictures and attributes go."""
    return nh3.clean(
        text,
        tags=ALLOWED_TAGS,
        attributes=_LINKS,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    ).strip()


def paragraphs(text: str) -> list[str]:
    """The plain text of HTML or of typed text: one string per paragraph, list item or line."""
    with_breaks = _BLOCK_END.sub("\n", text)
    plain = html.unescape(nh3.clean(with_breaks, tags=set()))
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return [line for line in lines if line]


def plain_text(text: str) -> str:
    return "\n".join(paragraphs(text))


def typed_to_html(text: str) -> SafeString:
    """Typed text as HTML: an empty line parts paragraphs, a single line end stays a line end."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return mark_safe(  # noqa: S308 - every part is escaped here
        "".join(f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in parts if part.strip())
    )


def rich(text: str) -> SafeString:
    """Text of a section for the page: kept HTML is cleaned again, typed text gets paragraphs."""
    if re.search(r"<(?:p|h3|h4|ul|ol|blockquote|strong|em|a)\b", text):
        return mark_safe(clean_html(text))  # noqa: S308 - nh3 has cleaned it
    return typed_to_html(text)
