"""The steps of a letter: recorded and taken back by the council or by the authority, seen by both."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advice.actions.steps import record_step, take_back_step
from advice.forms.steps import StepForm, TakeBackForm
from advice.models import LetterCopy, LetterStep
from advice.states import LetterStepKind
from advice.step_rows import SLUGS
from advice.steps import BY_COUNCIL, OF_AUTHORITY, OF_MUNICIPALITY, for_municipality, newest
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import serve

INVALID = 422


def find(request: PortalRequest, **lookup: Any) -> LetterCopy:
    copies = LetterCopy.objects.select_related("letter", "council", "authority")
    return get_for(request, copies.defer("letter__text"), **lookup)


def kind_of(slug: str, copy: LetterCopy, allowed: set[LetterStepKind]) -> LetterStepKind:
    kind = SLUGS.get(slug)
    if kind not in allowed or (kind in OF_MUNICIPALITY and not for_municipality(copy)):
        raise Http404
    return kind


# --- the council --------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.register_step")
def council_step(request: PortalRequest, council: str, public_id: str, kind: str) -> HttpResponse:
    copy = find(request, council__slug=council, public_id=public_id)
    return record_page(request, copy, kind_of(kind, copy, BY_COUNCIL), by_council=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.register_step")
def council_take_back(request: PortalRequest, council: str, public_id: str, kind: str) -> HttpResponse:
    copy = find(request, council__slug=council, public_id=public_id)
    return take_back_page(request, copy, kind_of(kind, copy, set(LetterStepKind)), by_council=True)


# --- the authority -------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.answer")
def desk_step(request: PortalRequest, authority: str, public_id: str, kind: str) -> HttpResponse:
    copy = find(request, authority__slug=authority, public_id=public_id)
    return record_page(request, copy, kind_of(kind, copy, OF_AUTHORITY), by_council=False)


@require_POST
@requires("advice.answer")
def confirm_receipt(request: PortalRequest, authority: str, public_id: str) -> HttpResponse:
    """One button at the desk: it came in today."""
    copy = find(request, authority__slug=authority, public_id=public_id)
    known = newest(copy, LetterStepKind.RECEIVED)
    if known and not known.by_council:
        messages.info(request, _("The receipt was confirmed already."))
        return back_to(copy, by_council=False)
    try:
        record_step(copy, LetterStepKind.RECEIVED, happened_on=timezone.localdate(), by=request.user.person,
                    by_council=False)  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The receipt is confirmed. The council sees this too."))
    return back_to(copy, by_council=False)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.answer")
def desk_take_back(request: PortalRequest, authority: str, public_id: str, kind: str) -> HttpResponse:
    copy = find(request, authority__slug=authority, public_id=public_id)
    return take_back_page(request, copy, kind_of(kind, copy, OF_AUTHORITY), by_council=False)


# --- both ---------------------------------------------------------------------


def back_to(copy: LetterCopy, *, by_council: bool) -> HttpResponse:
    if by_council:
        return redirect("advice:letter", copy.council.slug, copy.letter.public_id)
    return redirect("advice:desk_letter", copy.authority.slug, copy.public_id)


def record_page(request: PortalRequest, copy: LetterCopy, kind: LetterStepKind, *, by_council: bool) -> HttpResponse:
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StepForm(*bound, kind=kind, by_council=by_council)
    form.cancel_url = back_to(copy, by_council=by_council).url  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            record_step(copy, kind, by=request.user.person, by_council=by_council, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("This step is on file. Council and authority both see it."))
            return back_to(copy, by_council=by_council)
    return step_page(request, copy, kind, form, by_council=by_council)


def take_back_page(request: PortalRequest, copy: LetterCopy, kind: LetterStepKind, *, by_council: bool) -> HttpResponse:
    known = newest(copy, kind)
    if known is None:
        messages.info(request, _("Nothing has changed."))
        return back_to(copy, by_council=by_council)
    form = TakeBackForm(request.POST or None)
    form.cancel_url = back_to(copy, by_council=by_council).url  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            take_back_step(copy, kind, by=request.user.person, by_council=by_council, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The step is taken back. What was recorded stays to be seen."))
            return back_to(copy, by_council=by_council)
    return step_page(request, copy, kind, form, by_council=by_council, known=known)


def step_page(
    request: PortalRequest, copy: LetterCopy, kind: LetterStepKind, form: Any, *, by_council: bool,
    known: LetterStep | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "copy": copy, "letter": copy.letter, "kind": kind, "form": form, "by_council": by_council, "known": known,
        "council": copy.council, "authority": copy.authority, "back_url": form.cancel_url,
    }  # fmt: skip
    return render(request, "advice/letter_step.html", context, status=INVALID if request.method == "POST" else 200)


@require_safe
@requires("advice.read_copy")
def step_file(request: PortalRequest, council: str, public_id: str, pk: int) -> HttpResponseBase:
    """The proof, for the council and for the authority of this copy."""
    copy = find(request, council__slug=council, public_id=public_id)
    steps = LetterStep.objects.filter(copy=copy, document__isnull=False).select_related("document")
    return serve(get_object_or_404(steps, pk=pk).document)
