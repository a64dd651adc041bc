"""The council's side: requests that lie with it, and what it does with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import actions, recipients
from consultations.actions.handling import late_note, plan_of
from consultations.completeness import weak_points
from consultations.forms.handling import (
    AgendaForm,
    AskForm,
    ConsentForm,
    DeclineForm,
    ExtendForm,
    RegisterAnswerForm,
    RegisterWithdrawalForm,
)
from consultations.models import CouncilRequest, RequestQuestion
from consultations.planning import article_of, sum_of
from consultations.states import Law, RequestState
from consultations.track import outcome_of, track_of
from consultations.views.common import INVALID, find_dossier, page_of, unanswered_on, url_or_none
from consultations.views.desk import document_of
from councils.models import Council
from portal.access import Refused, get_for, requires
from portal.documents import keep_upload, serve
from portal.forms import PortalForm


@require_safe
@requires("consultations.inbox")
def inbox(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    rows = CouncilRequest.objects.filter(council=room).select_related("request__authority").by_urgency()
    rows = rows.annotate(unanswered=unanswered_on(""))
    context = {
        "council": room,
        "page_obj": page_of(rows, request),
        "may_register": request.user.has_perm("consultations.register", room),
        "figures_url": url_or_none("advice:figures", council, localdate().year),
    }
    return render(request, "consultations/inbox.html", context)


@require_safe
@requires("consultations.view_dossier")
def dossier(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    found, plan, advices = part.request, plan_of(part), list(part.advices.order_by("pk"))
    outcome = outcome_of(part) if advices else None
    questions = list(part.questions.select_related("asked_by", "answered_by", "document"))
    heard = part.council.activities.filter(topics=found.topic).order_by("-held_on") if found.topic_id else None
    heard_rows = list(heard[:5]) if heard is not None else []
    leads = request.user.has_perm("consultations.handle", part)
    papers = list(found.documents.select_related("document").order_by("pk"))
    context = {
        "weak": weak_points(found, papers=len(papers), advice_by=part.due_on, on=part.received_on),
        "council": part.council,
        "part": part,
        "found": found,
        "plan": plan,
        "decline_article": article_of(plan.decline_until) if plan.decline_until else "",
        "decline_sum": sum_of(plan.decline_until),
        "outcome": outcome,
        "track": track_of(part, outcome, heard=bool(heard_rows)),
        "heard": heard_rows,
        "questions": questions,
        "papers": papers,
        "laws": [Law(law).label for law in found.laws],
        "advices": advices,
        "may_handle": leads and part.is_open,
        "may_keep_records": request.user.has_perm("consultations.keep_records", part),
        "can_extend": plan.extended is not None and part.extended_on is None,
        "askers": found.askers(),
        "overview_url": url_or_none("advice:room_overview", council, part.public_id),
        "start_advice_url": url_or_none("advice:new_for_request", council, part.public_id),
        "today": localdate(),
    }
    return render(request, "consultations/dossier.html", context)


@require_safe
@requires("consultations.view_dossier")
def dossier_document(request: HttpRequest, council: str, public_id: str, document: str) -> HttpResponseBase:
    part = find_dossier(request, council, public_id)
    opened = document_of(part.request, document)
    actions.note_reading(part.request, document, part=part, by=request.user.person)
    return serve(opened, inline=True)


@require_POST
@requires("consultations.handle")
def accept(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    try:
        actions.accept(part, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have taken this request in hand. The authority sees that too."))
    return redirect(part)


def act(
    request: HttpRequest, part: CouncilRequest, form: PortalForm, verb: Callable[..., Any], *, template: str,
    done: str, extra: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """A form, a verb that takes its answers, and back to the dossier."""
    form.cancel_url = part.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            verb(part, by=request.user.person, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(part)
    context = {"council": part.council, "part": part, "found": part.request, "form": form, **(extra or {})}
    return render(request, template, context, status=INVALID if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("consultations.handle")
def decline(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    rule = plan_of(part).decline_until
    return act(
        request, part, DeclineForm(request.POST or None), actions.decline,
        template="consultations/decline.html", done=_("The council gives no advice on this request."),
        extra={"rule": rule, "article": article_of(rule) if rule else "", "sum": sum_of(rule), "late": late_note(part),
               "contacts": recipients.contacts_of(part.request)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.handle")
def extend(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    later = plan_of(part).extended
    return act(
        request, part, ExtendForm(request.POST or None), actions.extend,
        template="consultations/extend.html", done=_("The term is extended. The new date is in the dossier."),
        extra={"later": later, "article": article_of(later) if later else "", "sum": sum_of(later),
               "too_late": part.due_on and part.due_on < localdate(), "contacts": recipients.contacts_of(part.request)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.answer_urgency")
def answer_urgency(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    plan, person = plan_of(part), request.user.person
    if not part.request.urgent or part.consent:
        return redirect(part)
    form = ConsentForm(request.POST or None, part=part, plan=plan, by=person)
    return act(
        request, part, form, actions.answer_urgency, template="consultations/answer_urgency.html",
        done=_("The answer is in the dossier. The authority sees it too."),
        extra={"plan": plan, "sum": sum_of(plan.urgent), "records": "said_by" in form.fields,
               "contacts": recipients.contacts_of(part.request)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.handle")
def ask(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    contacts = recipients.contacts_of(part.request)
    done = (
        _("Your question has been sent.")
        if contacts
        else _("Your question is on file. Send it yourself by mail or post.")
    )
    return act(
        request, part, AskForm(request.POST or None), actions.ask_question,
        template="consultations/ask.html", done=done, extra={"contacts": contacts},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_records")
def register_answer(request: HttpRequest, council: str, public_id: str, question: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    asked = get_object_or_404(RequestQuestion.objects.filter(council_request=part), public_id=question)

    def verb(part: CouncilRequest, *, by, answer, received_on, document) -> None:
        kept = keep_upload(document, by=by, council_id=part.council_id) if document else None
        actions.register_answer(asked, answer=answer, received_on=received_on, document=kept, by=by)

    return act(
        request, part, RegisterAnswerForm(request.POST or None, request.FILES or None), verb,
        template="consultations/register_answer.html", done=_("The answer is on file."), extra={"asked": asked},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.handle")
def place_on_agenda(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    part = find_dossier(request, council, public_id)
    form = AgendaForm(request.POST or None, part=part)

    def verb(part: CouncilRequest, *, by, place: str) -> None:
        meeting, item = form.chosen
        actions.place_on_agenda(part, meeting=meeting, item=item, by=by)

    return act(
        request, part, form, verb, template="consultations/place_on_agenda.html",
        done=_("The request is on the agenda."), extra={"new_meeting_url": url_or_none("meetings:new", council)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_records")
def register_withdrawal(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    """Of a request that came outside the portal; otherwise the authority withdraws it itself."""
    part = find_dossier(request, council, public_id)
    if not part.request.registered or part.state in (RequestState.WITHDRAWN, RequestState.ADVISED):
        messages.error(request, _("Only the authority can withdraw this request."))
        return redirect(part)
    return act(
        request, part, RegisterWithdrawalForm(request.POST or None), actions.withdraw,
        template="consultations/register_withdrawal.html", done=_("The request has been withdrawn."),
    )  # fmt: skip
