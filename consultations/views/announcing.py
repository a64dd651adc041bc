"""Announcing a topic, changing it, taking it off, and writing down a talk: for whoever keeps the agenda."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import actions, recipients
from consultations.forms.agenda import AnnounceForm, DropForm, TakenAlongForm, TalkForm
from consultations.models import PolicyTopic, ThinkingAlong
from consultations.views.agenda import Side, find_desk_topic, find_room_topic
from consultations.views.common import INVALID
from consultations.views.topics import kept_by_council
from councils.models import Authority, Council
from portal.access import Refused, get_for, requires
from portal.forms import PortalForm

# --- at the desk of the authority -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def announce(request: HttpRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    return announce_form(request, Side(desk), [desk])


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def change_announcement(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    topic = find_desk_topic(request, authority, public_id)
    return change_form(request, Side(topic.authority), topic)


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def drop_topic(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    topic = find_desk_topic(request, authority, public_id)
    return drop_form(request, Side(topic.authority), topic)


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def record_talk(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    topic = find_desk_topic(request, authority, public_id)
    return talk_form(request, Side(topic.authority), topic, list(recipients.councils_of(topic)))


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def answer_talk(request: HttpRequest, authority: str, public_id: str, talk: str) -> HttpResponse:
    topic = find_desk_topic(request, authority, public_id)
    return answer_form(request, Side(topic.authority), topic, find_talk(topic, talk))


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_agenda")
def correct_talk(request: HttpRequest, authority: str, public_id: str, talk: str) -> HttpResponse:
    topic = find_desk_topic(request, authority, public_id)
    return correct_form(request, Side(topic.authority), topic, find_talk(topic, talk))


def find_talk(topic: PolicyTopic, talk: str, **lookup: Any) -> ThinkingAlong:
    return get_object_or_404(topic.talks.select_related("council"), public_id=talk, **lookup)


# --- in the room of a council ---------------------------------------------------------------------------------------


def elsewhere(request: HttpRequest, side: Side) -> HttpResponse:
    messages.error(request, _("The authority keeps the agenda itself. Ask the contact officer."))
    return redirect(side.url("agenda"))


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_council_agenda")
def council_announce(request: HttpRequest, council: str) -> HttpResponse:
    """The secretary keeps the agenda of an authority of which nobody works in the portal."""
    room = get_for(request, Council, slug=council)
    side, authorities = Side(room), kept_by_council(room)
    return announce_form(request, side, authorities) if authorities else elsewhere(request, side)


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_council_agenda")
def council_change_announcement(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    room, topic = find_room_topic(request, council, public_id)
    side = Side(room)
    return elsewhere(request, side) if recipients.takes_part(topic.authority) else change_form(request, side, topic)


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_council_agenda")
def council_drop_topic(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    room, topic = find_room_topic(request, council, public_id)
    side = Side(room)
    return elsewhere(request, side) if recipients.takes_part(topic.authority) else drop_form(request, side, topic)


@require_http_methods(["GET", "POST"])
@requires("consultations.think_along")
def council_record_talk(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    room, topic = find_room_topic(request, council, public_id)
    return talk_form(request, Side(room), topic, [room])


@require_http_methods(["GET", "POST"])
@requires("consultations.think_along")
def council_correct_talk(request: HttpRequest, council: str, public_id: str, talk: str) -> HttpResponse:
    room, topic = find_room_topic(request, council, public_id)
    return correct_form(request, Side(room), topic, find_talk(topic, talk, council=room))


@require_http_methods(["GET", "POST"])
@requires("consultations.keep_council_agenda")
def council_answer_talk(request: HttpRequest, council: str, public_id: str, talk: str) -> HttpResponse:
    """The secretary registers it for an authority of which nobody works in the portal."""
    room, topic = find_room_topic(request, council, public_id)
    side = Side(room)
    if recipients.takes_part(topic.authority):
        return elsewhere(request, side)
    return answer_form(request, side, topic, find_talk(topic, talk, council=room))


# --- the forms of both sides ----------------------------------------------------------------------------------------


def announce_form(request: HttpRequest, side: Side, authorities: list[Authority]) -> HttpResponse:
    known = topic_of_the_list(request, side, authorities)
    if known.pk:
        authorities = [known.authority]
    own = {} if known.contact_id else {"contact": request.user.person}
    form = AnnounceForm(request.POST or None, authorities=authorities, instance=known, initial=own)
    form.submit_label = _("Announce")

    def verb(**facts: Any) -> PolicyTopic:
        authority = facts.pop("authority", authorities[0])
        topic = known if known.pk else None
        return actions.announce(authority, topic=topic, keeper=side.council, by=request.user.person, **facts)

    texts = {"title": _("Announce a topic"), "done": _("The topic is on the agenda. The councils hear of it by mail.")}
    return handle(request, side, form, verb, back=side.url("agenda"), **texts)


def topic_of_the_list(request: HttpRequest, side: Side, authorities: list[Authority]) -> PolicyTopic:
    """A policy topic that is there already, chosen on its list; the form then knows what is filled in."""
    topics = PolicyTopic.objects.filter(authority__in=authorities)
    if side.council:
        topics = topics.for_council(side.council)
    try:
        wanted = UUID(request.GET.get("onderwerp", ""))
    except ValueError:
        return PolicyTopic()
    return topics.filter(public_id=wanted).first() or PolicyTopic()


def change_form(request: HttpRequest, side: Side, topic: PolicyTopic) -> HttpResponse:
    form = AnnounceForm(request.POST or None, authorities=[topic.authority], instance=topic)

    def verb(**facts: Any) -> PolicyTopic:
        return actions.change_announcement(topic, keeper=side.council, by=request.user.person, **facts)

    texts = {"title": _("Change the announcement"), "done": _("The change is saved. Other dates go out by mail.")}
    return handle(request, side, form, verb, topic=topic, **texts)


def drop_form(request: HttpRequest, side: Side, topic: PolicyTopic) -> HttpResponse:
    form = DropForm(request.POST or None)

    def verb(*, reason: str) -> PolicyTopic:
        return actions.drop_topic(topic, reason=reason, by=request.user.person)

    texts = {"title": _("Take off the agenda"), "done": _("The topic is off the agenda. The councils read why.")}
    return handle(request, side, form, verb, topic=topic, **texts)


def talk_form(request: HttpRequest, side: Side, topic: PolicyTopic, councils: list[Council]) -> HttpResponse:
    if not councils:
        raise Http404
    of_authority = side.authority is not None
    form = TalkForm(request.POST or None, councils=councils, of_authority=of_authority)

    def verb(**facts: Any) -> PolicyTopic:
        council = facts.pop("council", councils[0])
        actions.record_talk(topic, council=council, by=request.user.person, at_authority=of_authority, **facts)
        return topic

    texts = {"title": _("Write down a talk"), "done": _("The talk is on file. Both sides can read it.")}
    return handle(request, side, form, verb, topic=topic, **texts)


def correct_form(request: HttpRequest, side: Side, topic: PolicyTopic, talk: ThinkingAlong) -> HttpResponse:
    at_authority = side.authority is not None
    if not talk.can_correct(request.user.person, at_authority=at_authority):
        messages.error(request, actions.TOO_LATE_TO_CORRECT)
        return redirect(side.url("topic", topic.public_id))
    known = {"held_on": talk.held_on, "who": talk.who, "said": talk.said}
    form = TalkForm(request.POST or None, councils=[talk.council], of_authority=False, initial=known)

    def verb(**facts: Any) -> PolicyTopic:
        actions.correct_talk(talk, at_authority=at_authority, by=request.user.person, **facts)
        return topic

    texts = {"title": _("Correct the talk"), "done": _("The talk is corrected. Both sides can read it.")}
    return handle(request, side, form, verb, topic=topic, **texts)


def answer_form(request: HttpRequest, side: Side, topic: PolicyTopic, talk: ThinkingAlong) -> HttpResponse:
    form = TakenAlongForm(request.POST or None, initial={"taken_along": talk.taken_along})

    def verb(*, taken_along: str) -> PolicyTopic:
        actions.answer_talk(talk, taken_along=taken_along, by=request.user.person)
        return topic

    texts = {"title": _("What do you do with it?"), "done": _("Saved. The council hears of it by mail.")}
    return handle(request, side, form, verb, topic=topic, talk=talk, **texts)


def handle(
    request: HttpRequest, side: Side, form: PortalForm | AnnounceForm, verb: Callable[..., PolicyTopic], *,
    title: str, done: str, topic: PolicyTopic | None = None, back: str = "",
    talk: ThinkingAlong | None = None,
) -> HttpResponse:  # fmt: skip
    """A form, a verb that takes its answers, and on to the page of the topic."""
    form.cancel_url = back or side.url("topic", topic.public_id if topic else "")
    if request.method == "POST" and form.is_valid():
        try:
            topic = verb(**form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(side.url("topic", topic.public_id))
    context = {**side.context, "form": form, "title": title, "topic": topic, "talk": talk, "back": form.cancel_url}
    return render(request, "consultations/agenda_form.html", context, status=INVALID if form.errors else 200)
