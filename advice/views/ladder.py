"""When no answer comes: the letter of each step, ready to be sent, and its PDF."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.escalating import send_ladder_letter
from advice.answered import standing_of
from advice.forms.ladder import EvaluationForm, LadderForm
from advice.ladder import offered, steps_for
from advice.ladder_text import addressee, ready_text, salutation
from advice.models import LadderLetter, LadderPdf, LetterCopy
from advice.states import LadderKind
from meetings.models import Meeting
from meetings.states import MeetingState
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import serve

COPIES = LetterCopy.objects.select_related(
    "letter__council", "letter__advice__request__request", "council", "authority__office", "response"
)
INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.escalate")
def send(request: PortalRequest, council: str, public_id: str, kind: str) -> HttpResponse:
    copy = get_for(request, COPIES, council__slug=council, public_id=public_id)
    if kind not in steps_for(copy):
        raise Http404
    back = reverse("advice:letter", args=[council, copy.letter.public_id])
    taken = set(LadderLetter.objects.filter(copy=copy).values_list("kind", flat=True))
    if kind in taken or standing_of(copy, copy.letter).state != "late":
        sent = _("This letter was sent already.")
        messages.info(request, sent if kind in taken else standing_of(copy, copy.letter).sentence)
        return redirect(back)
    form = form_for(request, copy, kind)
    form.cancel_url = back
    if request.method == "POST" and form.is_valid():
        facts = {"subject": form.cleaned_data["subject"], "paragraphs": form.paragraphs}
        try:
            send_ladder_letter(copy, kind, by=request.user.person, meeting=form.cleaned_data.get("meeting"), **facts)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The letter is on its way. Everyone sees that you sent it."))
            return redirect(back)
    now = offered(steps_for(copy), due=copy.due_on, today=timezone.localdate(), taken=taken)
    context: dict[str, Any] = {
        "council": copy.council, "copy": copy, "letter": copy.letter, "form": form, "back": back,
        "title": LadderKind(kind).label, "addressee": addressee(copy, kind), "salutation": salutation(copy, kind),
        "out_of_turn": kind != now, "with_advice": kind == LadderKind.CLERK,
    }  # fmt: skip
    return render(request, "advice/ladder.html", context, status=INVALID if request.method == "POST" else 200)


def form_for(request: PortalRequest, copy: LetterCopy, kind: str) -> LadderForm:
    ready = ready_text(copy, kind, on=timezone.localdate())
    initial = {"subject": ready["subject"], "text": "\n\n".join(ready["paragraphs"])}
    if kind != LadderKind.EVALUATION:
        return LadderForm(request.POST or None, initial=initial)
    planned = Meeting.objects.filter(
        council=copy.council, starts_at__gt=timezone.now(), state__in=[MeetingState.PLANNED, MeetingState.INVITED]
    ).order_by("starts_at")
    first = planned.first()
    initial["meeting"] = first.pk if first else None
    return EvaluationForm(request.POST or None, initial=initial, meetings=planned)


@require_safe
@requires("advice.read_copy")
def letter_pdf(request: PortalRequest, council: str, public_id: str, kind: str) -> HttpResponseBase:
    """For the council that sent it and the authority that got it."""
    copy = get_for(request, LetterCopy, council__slug=council, public_id=public_id)
    found = LadderPdf.objects.filter(letter__copy=copy, letter__kind=kind).select_related("document")
    return serve(get_object_or_404(found).document, inline=True)
