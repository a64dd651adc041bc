"""More time for the answer: the desk of the authority, and the secretary who registers a letter about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.extending import extend_response
from advice.answered import standing_of
from advice.extending import allowed_by_rules, wants_answer
from advice.forms.extending import ExtendForm, RegisterExtensionForm
from advice.models import LetterCopy, ResponseExtension
from consultations.planning import sum_of
from portal.access import PortalRequest, Refused, get_for, requires
from portal.dates import plain_date
from portal.documents import serve

COPIES = LetterCopy.objects.select_related("letter__council", "letter__advice", "council", "authority", "response")
INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.answer")
def extend(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    copy = get_for(request, COPIES, authority__slug=authority, public_id=public_id)
    back = reverse("advice:desk_letter", args=[authority, copy.public_id])
    form = ExtendForm(request.POST or None, copy=copy)
    return page(request, copy, form, back=back, registered=False)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.register_response")
def register(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    copy = get_for(request, COPIES, council__slug=council, public_id=public_id)
    back = reverse("advice:letter", args=[council, copy.letter.public_id])
    form = RegisterExtensionForm(request.POST or None, request.FILES or None, copy=copy)
    return page(request, copy, form, back=back, registered=True)


def page(request: PortalRequest, copy: LetterCopy, form: ExtendForm, *, back: str, registered: bool) -> HttpResponse:
    if not wants_answer(copy):
        messages.info(request, standing_of(copy, copy.letter).sentence)
        return redirect(back)
    form.cancel_url = back
    if request.method == "POST" and form.is_valid():
        try:
            found = extend_response(copy, by=request.user.person, registered=registered, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The new last day is %(day)s.") % {"day": plain_date(found.until)})
            return redirect(back)
    allowed = allowed_by_rules(copy)
    too_late = copy.due_on is not None and copy.due_on < timezone.localdate()
    context: dict[str, Any] = {
        "copy": copy, "letter": copy.letter, "council": copy.council, "form": form, "back": back,
        "registered": registered, "allowed": allowed, "sum": sum_of(allowed), "too_late": too_late,
    }  # fmt: skip
    if not registered:
        context["authority"] = copy.authority
    status = INVALID if request.method == "POST" else 200
    return render(request, "advice/extend.html", context, status=status)


@require_safe
@requires("advice.read_copy")
def original(request: PortalRequest, council: str, public_id: str, pk: int) -> HttpResponseBase:
    """The letter in which the authority asked more time, as the secretary registered it."""
    copy = get_for(request, LetterCopy, council__slug=council, public_id=public_id)
    extension = get_object_or_404(ResponseExtension.objects.select_related("document"), copy=copy, pk=pk)
    if extension.document is None:
        raise Http404
    return serve(extension.document, inline=True)
