"""The year figures of a council: in its room with the lists behind them, in public only the counts."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from advice.figures import COPIES, KINDS, LETTERS, REQUESTS, figures_of, list_behind
from councils.models import Council
from councils.views.public import public_desk, public_page
from portal.access import get_for, public, requires

FIRST_YEAR = 2000
PER_PAGE = 50
TABLES = {"requests": REQUESTS, "letters": LETTERS, "copies": COPIES}


def years_around(year: int) -> dict[str, int | None]:
    """The year itself, and the ones beside it that can have figures."""
    if not FIRST_YEAR <= year <= localdate().year:
        raise Http404
    before = year - 1 if year > FIRST_YEAR else None
    return {"year": year, "before": before, "after": year + 1 if year < localdate().year else None}


@require_safe
@requires("advice.list")
def room_figures(request: HttpRequest, council: str, year: int) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    context = {"council": room, "groups": figures_of(room, year), **years_around(year)}
    return render(request, "advice/figures.html", context)


@require_safe
@requires("advice.list")
def figure_list(request: HttpRequest, council: str, year: int, figure: str) -> HttpResponse:
    """The requests, letters or answers behind one number."""
    room = get_for(request, Council, slug=council)
    if figure not in KINDS:
        raise Http404
    kind, group = KINDS[figure]
    page = Paginator(list_behind(figure, room, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "council": room, "kind": kind, "page_obj": page, **years_around(year),
        "what": next(name for name, kinds in TABLES.items() if kinds is group),
    }  # fmt: skip
    return render(request, "advice/figure_list.html", context)


@require_safe
@public
def public_figures(request: HttpRequest, council: str, year: int) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    context = {
        "council": found, "desk": public_desk(request, found), "groups": figures_of(found, year), **years_around(year),
    }  # fmt: skip
    return public_page(request, "advice/public_figures.html", context)
