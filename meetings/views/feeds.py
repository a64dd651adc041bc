"""Calendar feeds: the page with one's own address, and what calendars fetch."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.models import Council
from meetings import feeds
from meetings.actions.feeds import make_address, revoke_address
from portal.access import PortalRequest, public, signed_in
from portal.mail import link

SHOWN_ONCE = "feed_secret"


@require_http_methods(["GET", "POST"])
@signed_in
def own_feed(request: PortalRequest) -> HttpResponse:
    person = request.user.person
    if request.method == "POST":
        if request.POST.get("do") == "revoke":
            revoke_address(person, by=person)
            messages.success(request, _("The address no longer works. Your calendar gets nothing new from here."))
        else:
            request.session[SHOWN_ONCE] = make_address(person, by=person)
        return redirect("meetings:own_feed")
    secret = request.session.pop(SHOWN_ONCE, "")
    memberships = person.memberships.current().select_related("council").order_by("council__name")
    return render(request, "meetings/own_feed.html", {
        "current": person.feed_addresses.filter(revoked_at=None).first(),
        "address": link(reverse("meetings:feed", args=[secret])) if secret else "",
        "councils": [membership.council for membership in memberships],
    })  # fmt: skip


@require_safe
@public
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What the calendar of one person fetches. Revoked or without a role: there is nothing here."""
    address = feeds.address_of(secret)
    with translation.override("nl"):
        found = feeds.of_person(address.person, council=request.GET.get("raad", "")) if address else None
    if address is None or found is None:
        raise Http404
    if address.last_read_on != timezone.localdate():
        address.last_read_on = timezone.localdate()
        address.save(update_fields=["last_read_on"])
    return answer(request, found, cache="private, no-cache")


@require_safe
@public
def public_feed(request: HttpRequest, council: str) -> HttpResponseBase:
    with translation.override("nl"):
        found = feeds.of_council(get_object_or_404(Council, slug=council))
    return answer(request, found, cache="public, max-age=900")


def answer(request: HttpRequest, found: feeds.Feed, *, cache: str) -> HttpResponseBase:
    response = HttpResponse(found.body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    changed = int(found.changed_at.timestamp())
    whole = get_conditional_response(request, etag=found.etag, last_modified=changed, response=response) or response
    whole["ETag"], whole["Cache-Control"] = found.etag, cache
    whole["Last-Modified"] = http_date(changed)
    return whole
