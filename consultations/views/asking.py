"""The civil servant asks for advice in steps; every step saves the draft."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import actions
from consultations.actions.requests import missing_in
from consultations.completeness import weak_points
from consultations.forms.asking import (
    ConcernsForm,
    DocumentForm,
    PlanningForm,
    RoomForm,
    StepForm,
    SubjectForm,
    SummaryForm,
)
from consultations.models import AdviceRequest
from consultations.planning import Plan, plans_for, with_rules_and_meetings
from consultations.states import Law
from consultations.views.common import INVALID, find_request
from councils.models import Authority, Council
from portal.access import Refused, get_for, requires
from portal.documents import keep_upload
from portal.text import listed


@dataclass(frozen=True)
class Step:
    key: str
    path: str  # Dutch, in the address
    title: Any
    lead: Any
    form: type[StepForm] | None = None


STEPS = [
    Step("subject", "onderwerp", gettext_lazy("Subject"),
         gettext_lazy("What do you ask advice about?"), SubjectForm),
    Step("summary", "samenvatting", gettext_lazy("Summary and questions"),
         gettext_lazy("The council reads this first. Write it for somebody who does not know your work."), SummaryForm),
    Step("room", "ruimte", gettext_lazy("What can still be changed"),
         gettext_lazy("Advice makes sense when there is something left to choose."), RoomForm),
    Step("concerns", "voor-wie", gettext_lazy("Who it concerns"),
         gettext_lazy("So the council knows whom to speak with."), ConcernsForm),
    Step("planning", "planning", gettext_lazy("Planning"),
         gettext_lazy("The council wants to think along in time. The portal works out when the advice can be there."),
         PlanningForm),
    Step("documents", "stukken", gettext_lazy("Documents"),
         gettext_lazy("Add what the council needs to read.")),
    Step("check", "controleren", gettext_lazy("Check and send"),
         gettext_lazy("Read your answers once more. After sending you cannot change them.")),
]  # fmt: skip
NUMBERS = {step.key: number for number, step in enumerate(STEPS, 1)}
BY_PATH = {step.path: step for step in STEPS}


@require_http_methods(["GET", "POST"])
@requires("consultations.create_request")
def new_request(request: HttpRequest, authority: str) -> HttpResponse:
    """Step 1 of a new draft."""
    desk = get_for(request, Authority, slug=authority)
    form = SubjectForm(
        request.POST or None, authority=desk, lenient="later" in request.POST, instance=AdviceRequest(authority=desk),
        initial={"contact": request.user.person},
    )  # fmt: skip
    form.submit_label = go_on_label(STEPS[0])
    if request.method == "POST" and form.is_valid():
        draft = actions.start_request(desk, by=request.user.person, **form.cleaned_data)
        return after_saving(request, draft, STEPS[0])
    return draw(request, STEPS[0], desk, form)


@require_http_methods(["GET", "POST"])
@requires("consultations.edit_request")
def edit_step(request: HttpRequest, authority: str, public_id: str, step: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    here = BY_PATH.get(step)
    if here is None or here.form is None:
        raise Http404
    if not draft.is_draft:
        return redirect(draft)
    form = here.form(request.POST or None, authority=draft.authority, lenient="later" in request.POST, instance=draft)
    form.submit_label = go_on_label(here)
    form.cancel_url = address(draft, STEPS[NUMBERS[here.key] - 2]) if NUMBERS[here.key] > 1 else ""
    if request.method == "POST" and form.is_valid():
        before = set(draft.also_for.values_list("pk", flat=True)) if here.key == "planning" else set()
        actions.save_request(draft, by=request.user.person, **form.cleaned_data)
        joined = [one for one in form.cleaned_data.get("also_for") or [] if one.pk not in before]
        if joined and "later" not in request.POST:
            say = _("%(names)s asks with you. Choose its council too, if it has another one.")
            messages.success(request, say % {"names": listed(joined)})
            return redirect(address(draft, here))
        return after_saving(request, draft, here)
    return draw(request, here, draft.authority, form, draft)


def after_saving(request: HttpRequest, draft: AdviceRequest, step: Step) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Your request is saved. You find it under “Not sent yet”."))
        return redirect("consultations:requests", draft.authority.slug)
    draft.refresh_from_db()
    if step.key == "planning" and is_news(request, draft):
        return redirect(address(draft, step))
    return redirect(address(draft, STEPS[NUMBERS[step.key]]))


def is_news(request: HttpRequest, draft: AdviceRequest) -> bool:
    """The first time that a wanted date is too short the page says so before going on. It never blocks."""
    if draft.wanted_on is None or request.POST.get("warned") == draft.wanted_on.isoformat():
        return False
    return any(plan.short_days for plan in plans_of(draft, draft.wanted_councils.all()))


def plans_of(draft: AdviceRequest, councils) -> list[Plan]:
    loaded = with_rules_and_meetings(councils.order_by("name"))
    return plans_for(loaded, wanted_on=draft.wanted_on)


def draw(
    request: HttpRequest, step: Step, authority: Authority, form: StepForm, draft: AdviceRequest | None = None
) -> HttpResponse:
    form.form_tag = form.show_summary = False
    context: dict[str, Any] = {
        "step": step,
        "number": NUMBERS[step.key],
        "total": len(STEPS),
        "next": STEPS[NUMBERS[step.key]].title,
        "authority": authority,
        "form": form,
        "draft": draft,
    }
    if step.key == "planning" and draft is not None:
        stored = AdviceRequest.objects.get(pk=draft.pk)  # the form has put what was typed on the draft
        context["plans"] = plans = plans_of(stored, Council.objects.advising_any(stored.askers()))
        chosen = set(stored.wanted_councils.values_list("pk", flat=True))
        context["short"] = [plan for plan in plans if plan.short_days and plan.council.pk in chosen]
        context["warned"] = stored.wanted_on if context["short"] else None
        context["today"] = localdate()
    return render(request, "consultations/asking_step.html", context, status=INVALID if form.errors else 200)


def go_on_label(step: Step) -> str:
    return _("Go on to: %(step)s") % {"step": str(STEPS[NUMBERS[step.key]].title).lower()}


def address(draft: AdviceRequest, step: Step) -> str:
    where = [draft.authority.slug, draft.public_id]
    if step.key == "documents":
        return reverse("consultations:draft_documents", args=where)
    if step.key == "check":
        return reverse("consultations:check", args=where)
    return reverse("consultations:step", args=[*where, step.path])


# --- documents ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@requires("consultations.edit_request")
def documents(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    if not draft.is_draft:
        return redirect(draft)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = request.user.person
        try:
            document = keep_upload(data["file"], by=person, authority_id=draft.authority_id)
            actions.add_document(
                draft, document, title=data["title"], visibility=data["visibility"],
                embargo_until=data["embargo_until"], by=person,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(Refused(str(refused), field=refused.field or "file"))
        else:
            messages.success(request, _("The document “%(name)s” has been added.") % {"name": document.name})
            return redirect("consultations:draft_documents", authority, public_id)
    step = STEPS[NUMBERS["documents"] - 1]
    context = {
        "step": step, "number": NUMBERS[step.key], "total": len(STEPS), "next": STEPS[-1].title, "form": form,
        "authority": draft.authority, "draft": draft,
        "papers": draft.documents.select_related("document").order_by("pk"),
        "back": address(draft, STEPS[NUMBERS["planning"] - 1]),
    }  # fmt: skip
    return render(request, "consultations/asking_documents.html", context, status=INVALID if form.errors else 200)


@require_POST
@requires("consultations.edit_request")
def remove_document(request: HttpRequest, authority: str, public_id: str, document: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    paper = get_object_or_404(draft.documents.select_related("document"), document__public_id=document)
    try:
        actions.remove_document(paper, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(draft)
    messages.success(request, _("The document has been removed from the request."))
    return redirect("consultations:draft_documents", authority, public_id)


# --- check and send -------------------------------------------------------------------------------------------------


@require_safe
@requires("consultations.edit_request")
def check(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    if not draft.is_draft:
        return redirect(draft)
    plans = plans_of(draft, draft.wanted_councils.all())
    lacking = missing_in(draft, councils=[plan.council for plan in plans])
    advice_by = max((plan.due.day for plan in plans if plan.due), default=None)
    weak = weak_points(draft, papers=draft.documents.count(), advice_by=advice_by, on=localdate())
    said = {"no_room": not draft.changeable, "no_questions": True}  # what is missing says so already
    context = {
        "weak": [
            {"sentence": one.sentence, "url": address(draft, STEPS[NUMBERS[one.step] - 1])}
            for one in weak
            if not said.get(one.code)
        ],
        "step": STEPS[-1], "number": len(STEPS), "total": len(STEPS), "authority": draft.authority, "draft": draft,
        "plans": plans, "short": [plan for plan in plans if plan.short_days],
        "papers": draft.documents.select_related("document").order_by("pk"),
        "laws": [Law(law).label for law in draft.laws],
        "missing": [{"sentence": one.sentence, "url": address(draft, STEPS[NUMBERS[one.step] - 1])} for one in lacking],
        "links": {step.key: address(draft, step) for step in STEPS},
        "back": address(draft, STEPS[NUMBERS["documents"] - 1]),
    }  # fmt: skip
    return render(request, "consultations/asking_check.html", context)


@require_POST
@requires("consultations.edit_request")
def send(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    try:
        parts = actions.submit_request(draft, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("consultations:check", authority, public_id)
    names = ", ".join(part.council.name for part in parts)
    messages.success(
        request, _("Your request has been sent to %(councils)s. You get a receipt by mail.") % {"councils": names}
    )
    return redirect(draft)


@require_POST
@requires("consultations.edit_request")
def discard(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    draft = find_request(request, authority, public_id)
    try:
        actions.discard_request(draft, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(draft)
    messages.success(request, _("The draft has been thrown away."))
    return redirect("consultations:requests", authority)
