"""Which desk the page belongs to: a council's room, an authority's desk, or administration."""

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict:
    return {"desk": None}
