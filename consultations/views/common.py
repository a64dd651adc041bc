"""What the views of this floor share: finding the two sides' objects, pages of lists, links to other floors."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from consultations.models import AdviceRequest, CouncilRequest, RequestQuestion
from councils.models import Authority
from portal.access import get_for

PER_PAGE = 25
ANSWERED_BY = ("consent_by", "consent_recorded_by")  # who said what to the shorter term
INVALID = 422  # what was typed cannot be accepted; the page shows it again with the reasons


def find_request(request: HttpRequest, authority: str, public_id: Any) -> AdviceRequest:
    """A request at the desk of its authority, or of one that asks along."""
    source = AdviceRequest.objects.at_desk(authority, request.user)  # type: ignore[arg-type]
    return get_for(request, source.select_related("authority", "topic", "contact"), public_id=public_id)


def desk_of(found: AdviceRequest, slug: str) -> Authority:
    """The authority at whose desk the request is looked at."""
    return found.authority if found.authority.slug == slug else found.also_for.get(slug=slug)


def find_dossier(request: HttpRequest, council: str, public_id: Any) -> CouncilRequest:
    """A request in the room of a council. At the desk of the authority the dossier does not exist."""
    source = CouncilRequest.objects.in_room_of(request.user).filter(council__slug=council)  # type: ignore[arg-type]
    related = ("council", "request__authority", "request__topic", "request__contact", "request__original")
    return get_for(
        request,
        source.select_related(*related, "agenda_item__meeting", "handled_by", *ANSWERED_BY),
        public_id=public_id,
    )


def page_of(rows: QuerySet, request: HttpRequest) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def unanswered_on(whose: str) -> Subquery:
    """How many questions wait for an answer, of a request or ("") of its part at one council."""
    path = f"council_request__{whose}".rstrip("_")
    waiting = RequestQuestion.objects.filter(answered_at__isnull=True, **{path: OuterRef("pk")}).order_by()
    return Subquery(waiting.values(path).annotate(number=Count("pk")).values("number"))


def url_or_none(name: str, *args: Any) -> str:
    """The address of a page of another floor, where this installation has it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
