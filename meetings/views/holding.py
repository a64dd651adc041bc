"""Pages for what happens at a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.views.public import public_desk
from meetings.agenda import public_items
from portal.access import public


@require_safe
@public
def public_list(request: HttpRequest, council: str) -> HttpResponse:
    """Public meetings of a council: when, where and what about."""
    found = get_object_or_404(Council, slug=council)
    published = found.meetings.published()
    return render(
        request, "meetings/public_list.html",
        {
            "council": found, "desk": public_desk(request, found),
            "past": published.past().select_related("minutes")[:20],
            "upcoming": public_items(published.not_over()),
        },
    )  # fmt: skip
