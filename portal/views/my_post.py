"""What somebody gets by mail: how often, and with one click from the foot of a mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal import digests
from portal.access import public, signed_in
from portal.actions.choosing import choose, choose_all, choose_for_overview
from portal.choices import chosen_by, frequency_now
from portal.message_forms import MyPostForm, OneTopicForm
from portal.models import Message, Person
from portal.states import Frequency, MessageState
from portal.topics import OVERVIEW, STATUTORY, Topic, name_of, suppressible


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def my_post(request: HttpRequest) -> HttpResponse:
    person = request.user.person  # type: ignore[union-attr]
    form = MyPostForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        choose_all(person, form.cleaned_data, by=person)
        messages.success(request, _("Your choices are saved."))
        return redirect("portal:my_post")
    status = 422 if form.is_bound else 200
    return render(
        request, "portal/my_post.html", {"form": form, "statutory": STATUTORY, "person": person}, status=status
    )


# The link is signed, for one person and one topic: it needs no more, also from the button of a mail program.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def change_choice(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing: mail scanners open links. The button does, or the one click of RFC 8058."""
    found = chosen_by(token)
    if found is None:
        raise Http404
    person, topic = found
    if request.method == "POST" and "List-Unsubscribe" in request.POST:
        change(person, topic, Frequency.NEVER)
        return HttpResponse(status=204)
    now = frequency_now(person, topic)
    suggested = Frequency.DAILY if now == Frequency.AT_ONCE and Frequency.DAILY in topic.frequencies else now
    posted = request.POST if request.method == "POST" else None
    form = OneTopicForm(posted, topic=topic, initial={"frequency": suggested})
    done = request.method == "POST" and form.is_valid()
    if done:
        now = Frequency(form.cleaned_data["frequency"])
        change(person, topic, now)
    context = {"form": form, "topic": topic, "now": now, "done": done, "person": person}
    return render(request, "portal/change_choice.html", context, status=422 if form.is_bound and not done else 200)


def change(person: Person, topic: Topic, frequency: Frequency) -> None:
    if topic == OVERVIEW:
        choose_for_overview(person, frequency, by=person)
    else:
        choose(person, topic.slug, frequency, by=person)


PER_PAGE = 30
CAME = [MessageState.SENT, MessageState.BOUNCED, MessageState.REFUSED, MessageState.POSTED, MessageState.COLLECTED]


@require_safe
@signed_in
def my_messages(request: HttpRequest) -> HttpResponse:
    """What was sent to me lately: who deleted a mail finds it back. What is held back or not sent yet is not here."""
    not_wanted = Q(state=MessageState.DROPPED, attempts=0, kind__in=suppressible())
    mine = Message.objects.filter(Q(state__in=CAME) | not_wanted, person=request.user.person)  # type: ignore[union-attr]
    listed = mine.exclude(kind=digests.KIND).order_by("-created_at", "-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"message": one, "subject": one.subject or name_of(one.kind), "not_wanted": one.state == MessageState.DROPPED}
        for one in page
    ]
    return render(request, "portal/my_messages.html", {"page": page, "rows": rows})
