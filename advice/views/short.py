"""The short address of a letter: to its public page, or to where the visitor may read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from advice.models import Letter
from advice.short_address import as_typed
from councils.querysets import facts_of
from portal.access import public


@require_safe
@public
def short(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing of a letter that is not public is told to who may not read it, not even the council that wrote it."""
    letter = Letter.objects.select_related("council", "publication").filter(code=as_typed(code)).first()
    if letter is None:
        raise Http404
    if hasattr(letter, "publication"):
        return redirect(letter)
    if request.user.has_perm("advice.view_letter", letter):
        return redirect("advice:letter", letter.council.slug, letter.public_id)
    mine = letter.copies.filter(authority__in=facts_of(request.user).authority_ids).select_related("authority").first()
    if mine:
        return redirect("advice:desk_letter", mine.authority.slug, mine.public_id)
    response = render(request, "advice/short.html", {"address": request.path})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
