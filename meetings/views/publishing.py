"""The minutes as files, and as the public reads them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from councils.views.public import public_desk
from meetings.actions import publishing
from meetings.forms.correcting import PublicTextsForm, WithdrawForm
from meetings.minutes import are_shown_to_members, is_public_now
from meetings.minutes_content import content_of
from meetings.minutes_print import minutes_context, print_minutes
from meetings.minutes_public import public_content, warnings_of
from meetings.models import Meeting, Minutes, MinutesFile, PublicMinutes
from meetings.states import MinutesState
from meetings.views.correcting import report_of, step_page, written
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, public, requires
from portal.documents import serve


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def publish(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The short texts, how the page will look, and what to look at: then it is public."""
    meeting = find(request, council, public_id)
    minutes = written(meeting)
    if minutes.state != MinutesState.ADOPTED:
        messages.error(request, _("First the council adopts the minutes. Then they can become public."))
        return redirect(report_of(meeting))
    adopted = minutes.adopted  # type: ignore[attr-defined]
    form = PublicTextsForm(request.POST or None, items=items_to_show(adopted))
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        if not form.cleaned_data["sure"]:
            form.add_error("sure", _("Look at the text below and tick this."))
        else:
            try:
                publishing.publish_minutes(minutes, form.texts(), by=request.user.person)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The short report is public now."))
                return redirect(report_of(meeting))
    content = public_content(adopted, form.texts())
    form.cancel_url = report_of(meeting)
    context = {
        "council": meeting.council, "meeting": meeting, "form": form, "warnings": warnings_of(content, meeting),
        "preview": minutes_context(content, public=True),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/publish_minutes.html", context, status=status)


def items_to_show(adopted) -> list[dict]:
    """With the texts of the last edition, if there was one."""
    last = adopted.publications.order_by("-edition").first()
    before = {item["number"]: item["said"] for item in last.content["items"]} if last else {}
    return [{**item, "public": before.get(item["number"], item["public"])} for item in adopted.content["items"]]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def withdraw(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    meeting = find(request, council, public_id)
    minutes = written(meeting)
    form = WithdrawForm(request.POST or None)

    def verb() -> str:
        publishing.withdraw_minutes(minutes, why=form.cleaned_data["why"], by=request.user.person)
        return _("The report is withdrawn. The public page says since when and why.")

    lead = _("The page stays, without the report. It says since when and why it is withdrawn.")
    return step_page(request, meeting, form, _("Withdraw the public report"), verb, lead=lead)


# --- files ---


@require_safe
@requires("meetings.view")
def minutes_pdf(request: PortalRequest, council: str, public_id: str) -> HttpResponseBase:
    """The whole minutes. Adopted ones are made once and stay; a draft is made now and says so."""
    meeting = find(request, council, public_id)
    if not request.user.has_perm("meetings.manage", meeting) and not are_shown_to_members(meeting):
        raise Http404
    large = "groot" in request.GET
    if stored := MinutesFile.objects.filter(adopted__minutes__meeting=meeting, publication=None, large=large).first():
        return serve(stored.document)
    adopted = adopted_content(meeting)
    name = f"verslag-{content_day(meeting)}{'' if adopted else '-concept'}.pdf"
    return pdf_answer(print_minutes(adopted or content_of(meeting), large=large), name)


def adopted_content(meeting: Meeting) -> dict | None:
    adopted = getattr(getattr(meeting, "minutes", None), "adopted", None)
    return adopted.content if adopted else None


def content_day(meeting: Meeting) -> str:
    return timezone.localdate(meeting.began_at).isoformat()


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- the public ---


def public_edition(council: str, public_id: str) -> tuple[Minutes, PublicMinutes]:
    """The last edition; its page stays when it is withdrawn."""
    minutes = get_object_or_404(
        Minutes.objects.select_related("meeting__council"), meeting__council__slug=council,
        meeting__public_id=public_id, published_at__isnull=False,
    )  # fmt: skip
    edition = PublicMinutes.objects.filter(adopted__minutes=minutes).order_by("-edition").first()
    if edition is None:
        raise Http404
    return minutes, edition


@require_safe
@public
def public_minutes(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    """The short minutes of one meeting, for everyone."""
    minutes, edition = public_edition(council, public_id)
    shown = is_public_now(minutes)
    context = {
        "council": minutes.meeting.council, "desk": public_desk(request, minutes.meeting.council), "minutes": minutes,
        "meeting": minutes.meeting, "edition": edition, "shown": shown,
        "report": minutes_context(edition.content, public=True) if shown else None,
    }  # fmt: skip
    return render(request, "meetings/public_minutes.html", context)


@require_safe
@public
def public_minutes_pdf(request: HttpRequest, council: str, public_id: str) -> HttpResponseBase:
    minutes, edition = public_edition(council, public_id)
    if not is_public_now(minutes):
        raise Http404
    large = "groot" in request.GET
    if stored := MinutesFile.objects.filter(publication=edition, large=large).first():
        return serve(stored.document)
    content = print_minutes(edition.content, public=True, large=large, created=edition.published_at)
    return pdf_answer(content, f"openbaar-verslag-{edition.content['day']}.pdf")
