"""Promises (toezeggingen) in the council's room and at the authority's desk: the lists, one promise, what is said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from advice.actions.promising import (
    check_commitment,
    finish_commitment,
    move_commitment,
    report_done,
    report_progress,
)
from advice.forms.promises import CheckForm, CommitmentDoneForm, DoneForm, MoveForm, ProgressForm
from advice.letter_text import recommendations_by_number
from advice.models import Commitment, CommitmentReport
from advice.promises import LISTS, as_rows, counts_of, followed, listed, newest, said_of, with_letter
from advice.querysets import PROMISES
from advice.states import ReportKind
from councils.models import Authority, Council
from portal.access import PortalRequest, Refused, get_for, requires
from portal.documents import serve
from portal.forms import PortalForm
from portal.spreadsheet import csv_answer

PER_PAGE = 25
INVALID = 422


# --- the lists --------------------------------------------------------------


@require_safe
@requires("advice.list")
def commitments(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    promises = Commitment.objects.given().filter(council=found)
    context = {
        "council": found, "may_follow_up": request.user.has_perm("advice.create", found), **lists(request, promises),
    }  # fmt: skip
    return render(request, "advice/answer_commitments.html", context)


@require_safe
@requires("councils.view_desk")
def desk_commitments(request: PortalRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    context = {"authority": desk, **lists(request, Commitment.objects.given().filter(authority=desk))}
    return render(request, "advice/desk_commitments.html", context)


def lists(request: HttpRequest, promises: QuerySet[Commitment]) -> dict[str, Any]:
    counts = counts_of(promises)
    chosen = request.GET.get("lijst", "")
    if chosen not in LISTS:
        chosen = next((key for key, (_label, state) in LISTS.items() if counts[state]), "open")
    paginator = Paginator(listed(promises, LISTS[chosen][1]), PER_PAGE)
    paginator.count = counts[LISTS[chosen][1]]
    page = paginator.get_page(request.GET.get("page"))
    followed(page.object_list)
    tabs = [
        {"key": key, "label": label, "count": counts[state], "current": key == chosen}
        for key, (label, state) in LISTS.items()
    ]
    return {
        "page": page, "tabs": tabs, "chosen": chosen, "late": counts["late"], "today": timezone.localdate(),
        "any": sum(counts[state] for state in PROMISES),
    }  # fmt: skip


@require_safe
@requires("advice.list")
def commitments_csv(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    return as_csv(Commitment.objects.given().filter(council=found), found.slug)


@require_safe
@requires("councils.view_desk")
def desk_commitments_csv(request: PortalRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    return as_csv(Commitment.objects.given().filter(authority=desk), desk.slug)


def as_csv(promises: QuerySet[Commitment], slug: str) -> HttpResponse:
    heads = [
        _("Letter"), _("Subject"), _("Recommendation"), _("What is promised"), _("Who does it"), _("Authority"),
        _("Council"), _("Last day"), _("Done on"), _("How we know"), _("What the council says"), _("Why not?"),
    ]  # fmt: skip
    rows = with_letter(promises).prefetch_related("reports").order_by("due_on", "pk")
    return csv_answer(f"toezeggingen-{slug}", heads, as_rows(rows))


# --- one promise ------------------------------------------------------------


def find(request: PortalRequest, **lookup: Any) -> Commitment:
    promises = Commitment.objects.select_related("answer__response__copy__letter", "authority", "council")
    promises = promises.prefetch_related("reports__reported_by", "reports__document")
    return get_for(request, promises, **lookup)


def of_room(request: PortalRequest, council: str, pk: int) -> Commitment:
    return find(request, council__slug=council, pk=pk)


def of_desk(request: PortalRequest, authority: str, pk: int) -> Commitment:
    return find(request, authority__slug=authority, pk=pk)


@require_safe
@requires("advice.read_promise_in_room")
def commitment(request: PortalRequest, council: str, pk: int) -> HttpResponse:
    found = of_room(request, council, pk)
    context = {
        "council": found.council, "may_follow_up": request.user.has_perm("advice.follow_up", found), **described(found),
        "list_url": reverse("advice:commitments", args=[council]),
        "letter_url": reverse("advice:letter", args=[council, found.answer.response.copy.letter.public_id]),
    }  # fmt: skip
    return render(request, "advice/commitment.html", context)


@require_safe
@requires("advice.read_promise_at_desk")
def desk_commitment(request: PortalRequest, authority: str, pk: int) -> HttpResponse:
    found = of_desk(request, authority, pk)
    context = {
        "authority": found.authority, "may_report": request.user.has_perm("advice.report_promise", found),
        **described(found), "list_url": reverse("advice:desk_commitments", args=[authority]),
        "letter_url": reverse("advice:desk_letter", args=[authority, found.answer.response.copy.public_id]),
    }  # fmt: skip
    return render(request, "advice/commitment.html", context)


def described(promise: Commitment) -> dict[str, Any]:
    """The promise, the recommendation that it belongs to, and what was said of it, newest first."""
    letter = promise.answer.response.copy.letter
    asked = recommendations_by_number(letter.text).get(promise.answer.number, {})
    return {
        "promise": promise, "letter": letter, "recommendation": asked.get("text", ""), "said": said_of(promise),
        "reports": sorted(promise.reports.all(), key=lambda one: -one.pk),  # type: ignore[attr-defined]
        "today": timezone.localdate(),
    }  # fmt: skip


@require_safe
@requires("advice.read_promise_in_room")
def commitment_file(request: PortalRequest, council: str, pk: int, report: int) -> HttpResponseBase:
    return file_of(of_room(request, council, pk), report)


@require_safe
@requires("advice.read_promise_at_desk")
def desk_commitment_file(request: PortalRequest, authority: str, pk: int, report: int) -> HttpResponseBase:
    return file_of(of_desk(request, authority, pk), report)


def file_of(promise: Commitment, report: int) -> HttpResponseBase:
    found = get_object_or_404(CommitmentReport.objects.select_related("document"), commitment=promise, pk=report)
    if found.document is None:
        raise Http404
    return serve(found.document, inline=True)


# --- what is said of it -----------------------------------------------------


def say(
    request: PortalRequest, promise: Commitment, form: PortalForm, verb: Callable[..., object], *, said: str, to: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form, or do the verb with what was filled in and go back to the promise."""
    form.cancel_url = to
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given() if hasattr(form, "given") else form.cleaned_data
            verb(promise, by=request.user.person, **given)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said)
            return redirect(to)
    context = {"form": form, "promise": promise, "list_url": to, **described(promise), **context}
    status = INVALID if request.method == "POST" else 200
    return render(request, "advice/commitment_say.html", context, status=status)


def bound(form: type[PortalForm], request: PortalRequest, **facts: Any) -> PortalForm:
    return form(request.POST, request.FILES, **facts) if request.method == "POST" else form(**facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.report_promise")
def progress(request: PortalRequest, authority: str, pk: int) -> HttpResponse:
    found = of_desk(request, authority, pk)
    to = reverse("advice:desk_commitment", args=[authority, pk])
    if found.is_kept:
        return already(request, to)
    return say(
        request, found, bound(ProgressForm, request), report_progress, to=to, said=_("Your message is on the page."),
        authority=found.authority, title=_("How far is this promise?"),
        now=_("The council and everyone can read it. Nobody gets a mail about it."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.report_promise")
def done(request: PortalRequest, authority: str, pk: int) -> HttpResponse:
    found = of_desk(request, authority, pk)
    to = reverse("advice:desk_commitment", args=[authority, pk])
    if found.is_kept or found.awaits_check:
        return already(request, to)
    said = _("You said that it is done. %(council)s gets a message and looks whether it agrees.")
    return say(
        request, found, bound(DoneForm, request), report_done, to=to, said=said % {"council": found.council.name},
        authority=found.authority, title=_("This promise is done"),
        now=_("The council gets one message. It looks whether it agrees. You hear it when it does not."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.report_promise")
def move(request: PortalRequest, authority: str, pk: int) -> HttpResponse:
    found = of_desk(request, authority, pk)
    to = reverse("advice:desk_commitment", args=[authority, pk])
    if found.is_kept:
        return already(request, to)
    return say(
        request, found, bound(MoveForm, request, commitment=found), move_commitment, to=to, authority=found.authority,
        title=_("Another last day, or somebody else"),
        said=_("The promise has been changed. The page shows what it was."),
        now=_("Both sides and everyone see the old day, the new day and the reason."),
    )  # fmt: skip


def already(request: PortalRequest, to: str) -> HttpResponse:
    messages.info(request, _("You said already that this is done. Nothing has changed."))
    return redirect(to)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.follow_up")
def commitment_done(request: PortalRequest, council: str, pk: int) -> HttpResponse:
    found = of_room(request, council, pk)
    to = reverse("advice:commitment", args=[council, pk])
    if found.is_kept:
        messages.info(request, _("This promise was marked as kept already."))
        return redirect(to)
    return say(
        request, found, bound(CommitmentDoneForm, request), finish_commitment, to=to, council=found.council,
        title=_("Was this promise kept?"), said=_("The promise is marked as kept."),
        now=_("The public page says that the promise was kept."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.follow_up")
def check(request: PortalRequest, council: str, pk: int) -> HttpResponse:
    found = of_room(request, council, pk)
    to = reverse("advice:commitment", args=[council, pk])
    if found.done_on is None:
        messages.info(request, _("Nobody has said yet that this is done."))
        return redirect(to)
    reports = found.reports.all()  # type: ignore[attr-defined]
    last = newest(sorted(reports, key=lambda one: one.pk), ReportKind.DONE)
    form = bound(CheckForm, request, initial={"seen": last.pk if last else None})
    return say(
        request, found, form, check_commitment, to=to, council=found.council, checking=True,
        title=_("Do you agree that this is done?"), said=_("Your answer is on file."),
        now=_("Everyone sees your answer. With ‘No’ the authority gets a message."),
    )  # fmt: skip
