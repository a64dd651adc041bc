"""Which desk the page belongs to: a council's room, an authority's desk, or administration."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from councils.desks import desk_of_page


def desk(request: HttpRequest) -> dict:
    return {"desk": SimpleLazyObject(lambda: desk_of_page(request))}
