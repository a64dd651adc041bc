"""The parts of a page: `{% load portal %}`. Every part is shown on the style guide page, /stijlgids/.

Small parts
  {% icon "clock" %}                      inline SVG from portal.icons, beside a word; size="large"
  {% badge label tone icon="" %}          tone: neutral, active, warning, safe, danger
  {% deadline date done=False %}          "nog 5 dagen", "vandaag is de laatste dag", "8 dagen te laat"
  {% date_leaf date %}                    the leaf of a calendar, decoration beside a date in words
  {% verdict code label="" %}             adopted, partly, rejected, already_policy, later
  {% bar done total tone="" %}            a bar drawn as SVG; say the figures beside it in words
  {% time date "long_date" %}             <time datetime="…">dinsdag 26 mei 2026</time>; the name of a date filter
Dates (filters): long_date "dinsdag 26 mei 2026", plain_date "26 mei 2026", day_month "26 mei", clock_time "19.30 uur",
  long_datetime "dinsdag 12 mei 2026 om 19.30 uur", month_year "mei 2026"
Text (filters): rich (safe HTML of typed or kept text), plain (no tags), listed ("a, b en c"), phone_link

Frames (with an end tag)
  {% card "Title" level=2 tone="" %}…{% endcard %}                tone: accent or quiet
  {% alert "ok" title="" %}<p>…</p>{% endalert %}                 ok, info, warning, error
  {% fact "Label" %}value{% endfact %}                            inside <dl class="portal-facts portal-facts--lines">
  {% more "Summary" %}…{% endmore %}                              a <details>
  {% section "Title" %}…{% endsection %}                          <section> with h2; url= and link= put a link beside it

Whole parts
  {% breadcrumb _("Advices") url title %}     pairs of label and url, then the page itself; starts at the desk
  {% heading title lead="" kicker="" %}       the one h1 of the page
  {% track steps %}                           steps: dicts of label, date_text, state (done, now, todo, late)
  {% stepper 3 6 _("Subject") next="" %}      progress of a form in steps
  {% why_date sum %}                          sum: dicts of label, article, text; nothing when empty
  {% empty _("There are no advices yet.") text="" url="" label="" %}
  {% todo title text="" due=None url="" action="" primary=False done=False %}   inside <ul class="portal-todos">
  {% file_link document url note="" %}        inside <ul class="portal-files">; document has name, size, content_type
  {% people persons %}                        persons: name and initials, `role` when it has one
  {% confirm_button url label tone="primary" name="" value="" about="" %}   a POST form of one button
  {% button_link url label tone="secondary" icon="" about="" %}            a link that looks like a button
  {% back url label="" %}, {% pagination page_obj %}, {% error_summary form formset … %}, {% title_prefix %}
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal import dates, text
from portal.forms import error_items, has_errors
from portal.icons import ICONS

register = template.Library()

# --- small parts ------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    return format_html(
        '<svg class="portal-icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" portal-icon--{size}" if size else "",
        mark_safe(ICONS[name]),  # noqa: S308 - a constant of ours
    )


@register.simple_tag
def badge(label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    drawn = _icon(icon) if icon else ""
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}{}</span>', tone, drawn, label)


@register.simple_tag
def deadline(day: date | None, done: bool = False, today: date | None = None) -> SafeString:
    if day is None:
        return SafeString("")
    if done:
        tone, drawn, words = "done", "check", _("done in time")
    else:
        left = (dates.as_date(day) - (today or timezone.localdate())).days
        tone, drawn, words = dates.deadline_words(left)
    return format_html('<span class="portal-deadline portal-deadline--{}">{}{}</span>', tone, _icon(drawn), words)


@register.simple_tag
def date_leaf(day: date) -> SafeString:
    day = dates.as_date(day)
    return format_html(
        '<span class="portal-leaf" aria-hidden="true"><span class="portal-leaf__weekday">{}</span>'
        '<span class="portal-leaf__day">{}</span><span class="portal-leaf__month">{}</span></span>',
        dateformat.format(day, "l"),
        day.day,
        dateformat.format(day, "b"),
    )


VERDICTS = {
    "adopted": ("yes", "check"),
    "partly": ("partly", "minus"),
    "rejected": ("no", "cross"),
    "already_policy": ("already", "repeat"),
    "later": ("later", "clock"),
}


def _verdict_words(code: str) -> str:
    return {
        "adopted": pgettext("verdict", "Adopted"),
        "partly": pgettext("verdict", "Adopted in part"),
        "rejected": pgettext("verdict", "Not adopted"),
        "already_policy": pgettext("verdict", "Is done already"),
        "later": pgettext("verdict", "Comes later"),
    }[code]


@register.simple_tag
def verdict(code: str, label: str = "") -> SafeString:
    tone, drawn = VERDICTS[code]
    return format_html(
        '<span class="portal-verdict portal-verdict--{}">{}{}</span>', tone, _icon(drawn), label or _verdict_words(code)
    )


@register.simple_tag
def bar(done: float, total: float, tone: str = "") -> SafeString:
    """`tone`: ok, soon or late."""
    width = round(100 * min(max(done, 0), total) / total) if total else 0
    return format_html(
        '<svg class="portal-progress__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect class="portal-bar__rail" width="100" height="8"/>'
        '<rect class="portal-bar__fill{}" width="{}" height="8"/></svg>',
        f" portal-bar__fill--{tone}" if tone else "",
        width,
    )


def _icon(name: str) -> SafeString:
    return icon(name)


# --- dates ------------------------------------------------------------------

DATE_FILTERS: dict[str, Callable[[Any], str]] = {
    "long_date": dates.long_date,
    "plain_date": dates.plain_date,
    "day_month": dates.day_month,
    "clock_time": dates.clock_time,
    "long_datetime": dates.long_datetime,
    "month_year": dates.month_year,
}
for _name, _filter in DATE_FILTERS.items():
    register.filter(_name, _filter)


@register.simple_tag(name="time")
def time_element(value: Any, style: str = "plain_date") -> SafeString:
    if not value:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', dates.local(value).isoformat(), DATE_FILTERS[style](value))


# --- text -------------------------------------------------------------------


@register.filter
def rich(value: str | None) -> SafeString:
    return text.rich(value or "")


@register.filter
def plain(value: str | None) -> str:
    return text.plain_text(value or "")


@register.filter
def listed(values: list) -> str:
    return text.listed(values)


@register.filter
def phone_link(number: str) -> str:
    """The address of a telephone link: `085 - 000 00 00` becomes `tel:+31850000000`."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"tel:{'+31' + digits[1:] if digits.startswith('0') else digits}"


# --- frames -----------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, tone: str = "", id: str = "") -> SafeString:
    tone_class = f" portal-card--{tone}" if tone else ""
    if not title:
        return format_html('<div class="portal-card portal-stack{}">{}</div>', tone_class, content)
    id = id or f"kaart-{slugify(title)}"
    return format_html(
        '<section class="portal-card portal-stack{}" aria-labelledby="{}">'
        '<h{} class="utrecht-heading-3" id="{}">{}</h{}>{}</section>',
        tone_class, id, level, id, title, level, content,
    )  # fmt: skip


@register.simple_block_tag
def section(content: str, title: str, url: str = "", link: str = "", id: str = "") -> SafeString:
    id = id or f"deel-{slugify(title)}"
    beside = format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, link) if url else ""
    return format_html(
        '<section aria-labelledby="{}"><div class="portal-section-head"><h2 class="utrecht-heading-2" id="{}">{}</h2>'
        "{}</div>{}</section>",
        id, id, title, beside, content,
    )  # fmt: skip


ALERT_ICONS = {"ok": "check", "info": "info", "warning": "warning", "error": "error"}


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", level: int = 2, role: str = "") -> SafeString:
    heading = format_html('<h{} class="utrecht-heading-4">{}</h{}>', level, title, level) if title else ""
    return format_html(
        '<div class="utrecht-alert utrecht-alert--{}"><div class="utrecht-alert__icon">{}</div>'
        '<div class="utrecht-alert__content"><div class="utrecht-alert__message"{}>{}{}</div></div></div>',
        tone,
        _icon(ALERT_ICONS[tone]),
        format_html(' role="{}"', role) if role else "",
        heading,
        content,
    )


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    return format_html('<div class="portal-facts__row"><dt>{}</dt><dd>{}</dd></div>', label, content)


@register.simple_block_tag
def more(content: str, summary: str, open: bool = False) -> SafeString:
    return format_html(
        '<details class="portal-more"{}><summary>{}</summary><div class="portal-stack">{}</div></details>',
        mark_safe(" open") if open else "",
        summary,
        content,
    )


# --- whole parts ------------------------------------------------------------


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: Context, *trail: str) -> dict[str, Any]:
    """Pairs of label and address; a last label without an address is the page itself."""
    desk = context.get("desk")
    pairs = [(trail[at], trail[at + 1]) for at in range(0, len(trail) - 1, 2)]
    home = (_("Home"), getattr(desk, "url", None) or "/")
    return {"links": [home, *pairs], "current": trail[-1] if len(trail) % 2 else ""}


@register.inclusion_tag("components/heading.html")
def heading(title: str, lead: str = "", kicker: str = "") -> dict[str, str]:
    return {"title": title, "lead": lead, "kicker": kicker}


@register.inclusion_tag("components/track.html")
def track(steps: list[dict], label: str = "") -> dict[str, Any]:
    numbered = [{**step, "number": number} for number, step in enumerate(steps, 1)]
    now = next((step for step in numbered if step["state"] in ("now", "late")), None)
    following = numbered[now["number"]] if now and now["number"] < len(numbered) else None
    done = now["number"] if now else sum(step["state"] == "done" for step in numbered)
    return {"steps": numbered, "now": now, "next": following, "done": done, "label": label or _("Steps of this file")}


@register.inclusion_tag("components/stepper.html")
def stepper(number: int, total: int, title: str = "", next: str = "") -> dict[str, Any]:
    return {"number": number, "total": total, "title": title, "next": next}


@register.inclusion_tag("components/why_date.html")
def why_date(sum: list[dict] | None, open: bool = False) -> dict[str, Any]:
    return {"steps": sum, "open": open}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", level: int = 2) -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "label": label, "level": level}


@register.inclusion_tag("components/todo.html")
def todo(
    title: str,
    text: str = "",
    due: date | None = None,
    url: str = "",
    action: str = "",
    primary: bool = False,
    done: bool = False,
    level: int = 3, sort: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    return locals()


@register.inclusion_tag("components/file.html")
def file_link(document: Any, url: str, note: str = "", name: str = "") -> dict[str, Any]:
    kind = FILE_KINDS.get(document.content_type, document.name.rsplit(".", 1)[-1].lower())
    size = text.file_size(document.size)
    return {"name": name or document.name, "url": url, "kind": kind, "size": size, "note": note}


FILE_KINDS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "odt",
    "message/rfc822": "e-mail",
    "text/plain": "tekst",
}


@register.inclusion_tag("components/people.html")
def people(persons: list) -> dict[str, Any]:
    return {"persons": persons}


@register.inclusion_tag("components/confirm_button.html", takes_context=True)
def confirm_button(
    context: Context,
    url: str,
    label: str,
    tone: str = "primary",
    name: str = "",
    value: str = "",
    about: str = "",
    icon: str = "",
) -> dict[str, Any]:
    """`about` is read after the label by screen readers: "Verwijderen: notulen"."""
    return {
        "csrf_token": context.get("csrf_token"),
        "url": url,
        "label": label,
        "tone": TONES[tone],
        "name": name,
        "value": value,
        "about": about,
        "icon": icon,
    }


TONES = {
    "primary": "primary-action",
    "secondary": "secondary-action",
    "subtle": "subtle",
    "danger": "secondary-action portal-button--danger",
}


@register.inclusion_tag("components/button_link.html")
def button_link(url: str, label: str, tone: str = "secondary", icon: str = "", about: str = "") -> dict[str, Any]:
    return {"url": url, "label": label, "tone": TONES[tone], "icon": icon, "about": about}


@register.inclusion_tag("components/back.html")
def back(url: str, label: str = "") -> dict[str, str]:
    return {"url": url, "label": label or _("Back")}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """Numbered pages of a Django Paginator; other parts of the query stay."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {
        "request": context["request"],
        "page": page,
        "numbers": [
            {"number": number, "url": _query(context, parameter, number) if isinstance(number, int) else ""}
            for number in numbers
        ],
        "previous": _query(context, parameter, page.number - 1) if page.has_previous() else "",
        "next": _query(context, parameter, page.number + 1) if page.has_next() else "",
    }


def _query(context: Context, parameter: str, number: int) -> str:
    query = context["request"].GET.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


# --- forms ------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """One summary for all forms and formsets of the page. Draw the forms with `show_summary = False` then."""
    return {"errors": [item for form in forms if form for item in error_items(form)]}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """ "Fout: " before the title when a form of the page (form, formset, forms) was refused."""
    forms = [context.get("form"), context.get("formset"), *(context.get("forms") or [])]
    return _("Error: ") if any(has_errors(form) for form in forms if form) else ""
