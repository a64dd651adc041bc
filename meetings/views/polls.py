"""A date poll: asking, answering (also by a signed link, also for somebody else), choosing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from councils.models import Council
from meetings.actions import polls
from meetings.clashes import clashes_of
from meetings.emails.polls import poll_of
from meetings.forms.polls import PollAnswerForm, PollForm
from meetings.forms.when import clock_of
from meetings.forms.year import PREFIX, DateRows, with_spare_row
from meetings.models import DateAnswer, DatePoll
from meetings.polls import asked_people, is_open, standings_of
from portal.access import PortalRequest, Refused, get_for, public, requires
from portal.models import Person
from portal.text import whole_number

ROWS = 3


def find_poll(request: PortalRequest, council: str, public_id: str) -> DatePoll:
    found = DatePoll.objects.select_related("council", "meeting__council")
    return get_for(request, found, council__slug=council, public_id=public_id)


def url_of(poll: DatePoll) -> str:
    return reverse("meetings:poll", args=[poll.council.slug, poll.public_id])


@require_http_methods(["GET", "POST"])
@requires("meetings.schedule")
def new_poll(request: PortalRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    last = found.meetings.whole().order_by("-starts_at").first()
    posted = request.method == "POST"
    form = PollForm(
        request.POST if posted else None, initial={"title": last.title, "place": last.place} if last else {}
    )
    rows = DateRows(with_spare_row(request.POST) if posted else _blank(last), prefix=PREFIX)
    asked = posted and "show" not in request.POST
    refusal = ""
    valid = rows.is_valid()
    if asked and form.is_valid() and valid:
        said = form.cleaned_data
        try:
            poll = polls.open_poll(found, spans=rows.spans(), by=request.user.person, **said)
        except Refused as refused:
            refusal = "" if refused.field else str(refused)
            if refused.field:
                form.refuse(refused)
        else:
            messages.success(request, _("The poll is out. You are asked too: fill in which days suit you."))
            return redirect(url_of(poll))
    clashes = clashes_of(found, [one.span for one in rows.forms])
    return render(
        request, "meetings/poll_new.html",
        {
            "council": found, "form": form, "rows": rows, "refusal": refusal,
            "table": list(zip(rows.forms, clashes, strict=True)),
        },
        status=422 if asked else 200,
    )  # fmt: skip


def _blank(last) -> dict:  # type: ignore[no-untyped-def]
    clock = clock_of(last.starts_at, last.ends_at) if last else {}
    data: dict = {f"{PREFIX}-TOTAL_FORMS": ROWS, f"{PREFIX}-INITIAL_FORMS": 0}
    for number in range(ROWS if clock else 0):
        for part in ("starts", "ends"):
            data[f"{PREFIX}-{number}-{part}"] = f"{clock[part].hour}.{clock[part].minute:02d}"
    return data


@require_http_methods(["GET", "POST"])
@requires("meetings.view")
def poll(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """What each day looks like, and one's own answer."""
    found = find_poll(request, council, public_id)
    people = list(asked_people(found))
    own = next((person for person in people if person.pk == request.user.person_id), None)
    form = _form(request, found, own) if own and is_open(found) else None
    if request.method == "POST" and form and own and form.is_valid() and _answered(request, found, own, form):
        return redirect(url_of(found))
    context = {
        "poll": found, "council": found.council, "form": form, "standings": standings_of(found, people),
        "people": people, "can_manage": request.user.has_perm("meetings.manage", found), "open": is_open(found),
    }  # fmt: skip
    return render(request, "meetings/poll.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def poll_answer_for(request: PortalRequest, council: str, public_id: str, person: int) -> HttpResponse:
    """The secretary enters what somebody said by telephone."""
    found = find_poll(request, council, public_id)
    member = get_object_or_404(asked_people(found), pk=person)
    form = _form(request, found, member)
    form.cancel_url = url_of(found)
    if request.method == "POST" and form.is_valid() and _answered(request, found, member, form):
        return redirect(url_of(found))
    context = {"poll": found, "council": found.council, "form": form, "member": member}
    return render(request, "meetings/poll_for.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, found: DatePoll, person: Person) -> PollAnswerForm:
    said = dict(DateAnswer.objects.filter(option__poll=found, person=person).values_list("option_id", "answer"))
    return PollAnswerForm(
        request.POST if request.method == "POST" else None, options=list(found.options.all()), said=said
    )


def _answered(request: PortalRequest, found: DatePoll, person: Person, form: PollAnswerForm) -> bool:
    try:
        polls.answer_poll(found, person, form.answers(), by=request.user.person)
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("The answers are saved. They can be changed until the date is chosen."))
    return True


@require_http_methods(["GET", "POST"])
@public
def poll_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail. A GET changes nothing: mail scanners open links. The button answers."""
    known = poll_of(token)
    if known is None:
        raise Http404
    found, person = known
    form = _form(request, found, person)
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            polls.answer_poll(found, person, form.answers(), by=person)
            done = True
        except Refused as refused:
            form.refuse(refused)
    return render(
        request, "meetings/poll_link.html",
        {
            "poll": found, "council": found.council, "person": person, "form": form, "done": done,
            "open": is_open(found),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )  # fmt: skip


@require_POST
@requires("meetings.manage")
def choose_date(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The day becomes the meeting; next is the preview of its invitation."""
    found = find_poll(request, council, public_id)
    wanted = request.POST.get("option", "")
    option = get_object_or_404(found.options, pk=whole_number(wanted))
    try:
        meeting = polls.choose_date(option, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(url_of(found))
    messages.success(request, _("The meeting is planned. Nobody is invited yet: look at who gets what."))
    return redirect("meetings:invite", found.council.slug, meeting.public_id)


@require_POST
@requires("meetings.manage")
def close_poll(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = find_poll(request, council, public_id)
    try:
        polls.close_poll(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The poll is closed. No date was chosen."))
    return redirect(url_of(found))
