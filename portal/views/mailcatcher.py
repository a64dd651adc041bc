"""The mail that the example installation caught. Elsewhere these pages do not exist."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import wraps
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import mailcatcher
from portal.access import public

PER_PAGE = 50
# Types that a browser may show here; others are downloads.
SHOWN = {"text/plain", "text/html", "text/calendar"}
# For a formatted message: its own styles, no scripts, nothing from elsewhere.
OWN_STYLES = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'none'"],
    "sandbox": True,
}


def example_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anyone at this computer may look, but only in the example installation."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not settings.EXAMPLE_INSTALLATION:
            raise Http404
        return view(request, **kwargs)

    return public(require_safe(guarded))  # type: ignore[arg-type,return-value]


def summary(key: str) -> dict[str, Any]:
    mail = find(key)
    return {
        "key": key,
        "subject": mail["Subject"] or _("(no subject)"),
        "sender": mail["From"] or "",
        "recipients": mail["X-Envelope-To"] or "",
        "date": sent_at(mail),
    }


def sent_at(mail: EmailMessage) -> datetime | None:
    """A date without a zone (-0000) is universal time."""
    if not mail["Date"]:
        return None
    moment: datetime = mail["Date"].datetime
    return timezone.localtime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def find(key: str) -> EmailMessage:
    try:
        return mailcatcher.read(key)
    except KeyError as missing:
        raise Http404 from missing


def leaves(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if not part.is_multipart()]  # type: ignore[misc]


@example_only
def message_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(mailcatcher.newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "mails": [summary(key) for key in page]}
    return render(request, "portal/mailcatcher_list.html", context)


@example_only
def message(request: HttpRequest, key: str) -> HttpResponse:
    mail = find(key)
    text = mail.get_body(("plain",))
    parts = [
        {"number": number, "name": part.get_filename() or part.get_content_type(), "type": part.get_content_type()}
        for number, part in enumerate(leaves(mail))
    ]
    context = {"mail": summary(key), "text": text.get_content() if text else "", "parts": parts}
    return render(request, "portal/mailcatcher_message.html", context)


@example_only
@csp(OWN_STYLES)  # type: ignore[arg-type]
def part(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One part as it was sent; a formatted message may use its own styles, and nothing else."""
    try:
        chosen = leaves(find(key))[number]
    except IndexError as missing:
        raise Http404 from missing
    kind = chosen.get_content_type()
    charset = chosen.get_content_charset() or "utf-8"
    content = chosen.get_payload(decode=True)
    response = HttpResponse(content, content_type=f"{kind}; charset={charset}" if kind in SHOWN else kind)
    if kind not in SHOWN:
        response["Content-Disposition"] = content_disposition_header(True, chosen.get_filename() or "part")
    return response
