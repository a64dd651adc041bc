from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.access import public
from portal.alarm import alarm


@require_safe
@public
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: 200 when the database answers. Late post does not take the web server away, it is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    words = "ok\npost is late\n" if alarm() else "ok"
    return HttpResponse(words, content_type="text/plain")
