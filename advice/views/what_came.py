"""What came of it: for everyone, per council. Only published letters, only answers that were given."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from advice.models import Letter
from advice.what_came import card_of, for_cards, letters_of, lines_of, numbers_of, sentence_of
from consultations.states import Law
from councils.models import Council
from councils.views.public import public_desk, public_page
from portal.access import public

PER_PAGE = 10


@require_safe
@public
def what_came(request: HttpRequest, council: str) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    letters = letters_of(found)
    years, laws = choices_of(letters)
    year = next((year for year in years if str(year) == request.GET.get("jaar")), None)
    law = request.GET.get("wet", "") if request.GET.get("wet") in laws else ""
    if year:
        letters = letters.filter(year=year)
    if law:
        letters = letters.filter(advice__laws__contains=[law])
    numbers = numbers_of(letters)
    paginator = Paginator(for_cards(letters), PER_PAGE)
    paginator.count = numbers["letters"]
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "council": found, "desk": public_desk(request, found), "page": page,
        "cards": [card_of(letter) for letter in page.object_list], "numbers": numbers,
        "sentence": sentence_of(numbers), "lines": lines_of(numbers), "years": years, "year": year, "law": law,
        "laws": [(code, label) for code, label in Law.choices if code in laws], "narrowed": bool(year or law),
        "today": timezone.localdate(),
    }  # fmt: skip
    return public_page(request, "advice/what_came.html", context)


def choices_of(letters: QuerySet[Letter]) -> tuple[list[int], set[str]]:
    """The years and laws that there is something to choose from, in one query."""
    years: Counter[int] = Counter()
    laws: set[str] = set()
    for year, about, number in letters.order_by().values_list("year", "advice__laws").annotate(Count("pk")):
        years[year] += number
        laws |= set(about or [])
    return sorted(years, reverse=True), laws
