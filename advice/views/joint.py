"""A joint advice in the room of another council: the text that the leading council adopted, and what it decides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.joint import adopt_jointly, decline_jointly, register_jointly
from advice.enclosures import documents_of, with_links
from advice.explaining import Explainer
from advice.forms.joint import AdoptJointlyForm, DeclineJointlyForm, RegisterJointlyForm
from advice.joint import joint_address, joint_standings, shared_with, text_to_adopt
from advice.letter_text import letter_data, preview_data, text_to_send
from advice.models import Advice, LetterPdf
from advice.states import AdviceState
from advice.views.drafting import find_advice
from councils.models import Council
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import serve


def find(request: PortalRequest, council: str, public_id: str) -> tuple[Council, Advice]:
    """Only what the leading council adopted. Its draft, votes and comments do not exist here."""
    room = get_for(request, Council, slug=council)
    return room, get_object_or_404(shared_with(room).select_related("council", "letter"), public_id=public_id)


@require_safe
@requires("advice.read_joint")
def joint(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    room, advice = find(request, council, public_id)
    sent = advice.state == AdviceState.ISSUED
    copies = list(advice.letter.copies.select_related("authority", "letter__council", "pdf__document")) if sent else []
    data: dict[str, Any] = dict(letter_data(copies[0]) if copies else preview_data(advice))
    standings = [] if sent else joint_standings(advice)
    context = {
        "council": room,
        "advice": advice,
        "leading": advice.council,
        "letter": advice.letter if sent else None,
        "copies": copies,
        "data": with_links(data, "advice:joint_attachment", room.slug, advice.public_id),
        "explainer": Explainer(data.get("glossary") or []),
        "standings": standings,
        "mine": next((one for one in standings if one.council == room), None),
        "may_adopt": not sent and request.user.has_perm("advice.adopt_jointly", room),
    }
    return render(request, "advice/joint.html", context)


def hash_of(advice: Advice) -> str:
    text = text_to_adopt(advice)
    return text.sha256 if text else ""


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.adopt_jointly")
def adopt(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    room, advice = find(request, council, public_id)
    form = AdoptJointlyForm(request.POST or None, council=room, seen=hash_of(advice))
    return decided(request, room, advice, form, adopt_jointly, _("Your council has adopted the letter."))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.adopt_jointly")
def decline(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    room, advice = find(request, council, public_id)
    form = DeclineJointlyForm(request.POST or None, seen=hash_of(advice))
    said = _("%(council)s gets your reason.") % {"council": advice.council.name}
    return decided(request, room, advice, form, decline_jointly, said)


def decided(
    request: PortalRequest, room: Council, advice: Advice, form: Any, verb: Callable[..., object], said: str
) -> HttpResponse:
    here = joint_address(advice, room)
    if request.method != "POST" and advice.state == AdviceState.ISSUED:
        return redirect(here)
    form.cancel_url, status = here, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                verb(advice, room, by=request.user.person, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
                status = 422 if refused.field else 409
            else:
                messages.success(request, said)
                return redirect(here)
    context = {"council": room, "advice": advice, "leading": advice.council, "form": form, "here": here}
    return render(request, "advice/joint_decide.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.issue")
def register(request: PortalRequest, council: str, public_id: str, other: str) -> HttpResponse:
    """The leading council puts on file what a council without the portal decided."""
    advice = find_advice(request, council, public_id)
    room = get_object_or_404(advice.joint_with, slug=other)
    form = RegisterJointlyForm(request.POST or None)
    form.cancel_url = advice.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            register_jointly(advice, room, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is on file that they adopted the letter."))
            return redirect(advice)
    context = {"council": advice.council, "advice": advice, "other": room, "form": form}
    return render(request, "advice/joint_register.html", context, status=422 if request.method == "POST" else 200)


# --- files ------------------------------------------------------------------


@require_safe
@requires("advice.read_joint")
def letter_pdf(request: PortalRequest, council: str, public_id: str, authority: str) -> HttpResponseBase:
    _room, advice = find(request, council, public_id)
    pdfs = LetterPdf.objects.select_related("document", "copy__letter__original")
    pdf = get_object_or_404(pdfs, copy__letter__advice=advice, copy__authority__slug=authority)
    letter = pdf.copy.letter
    return serve(letter.original or pdf.document, name=f"{letter.slug}.pdf", inline=True)


@require_safe
@requires("advice.read_joint")
def attachment(request: PortalRequest, council: str, public_id: str, document: str) -> HttpResponseBase:
    """A file that the adopted text or the letter names."""
    _room, advice = find(request, council, public_id)
    text = advice.letter.text if advice.state == AdviceState.ISSUED else text_to_send(advice)
    named = {str(one.public_id): one for one in documents_of(text)}
    if str(document) not in named:
        raise Http404
    return serve(named[str(document)], inline=True)
