"""The long-term agenda and the page of a topic, at the desk of the authority and in the room of a council."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations import actions, recipients
from consultations.lead_times import lead_notices
from consultations.models import AdviceRequest, CouncilRequest, PolicyTopic
from consultations.states import Law, RequestState
from consultations.topic_story import Event, story_at_desk, story_in_room, time_words
from consultations.views.common import page_of, url_or_none
from councils.models import Authority, Council
from portal.access import Refused, get_for, requires
from portal.models import Person


@dataclass(frozen=True)
class Side:
    """The desk of an authority or the room of a council: both have the same pages, at addresses of their own."""

    owner: Authority | Council

    @property
    def authority(self) -> Authority | None:
        return self.owner if isinstance(self.owner, Authority) else None

    @property
    def council(self) -> Council | None:
        return self.owner if isinstance(self.owner, Council) else None

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"consultations:{'council_' if self.council else ''}{name}", args=[self.owner.slug, *args])

    @property
    def context(self) -> dict[str, Any]:
        return {"authority": self.authority, "council": self.council, "agenda_url": self.url("agenda")}


@require_safe
@requires("consultations.view_agenda")
def agenda(request: HttpRequest, authority: str) -> HttpResponse:
    desk = get_for(request, Authority, slug=authority)
    asked = AdviceRequest.objects.filter(topic=OuterRef("pk")).submitted()
    asked = asked.filter(Exists(still_there(request=OuterRef("pk")))).order_by("-submitted_at")
    draft = AdviceRequest.objects.filter(topic=OuterRef("pk")).drafts().order_by("created_at")
    rows = desk.policy_topics.annotate(
        asked_id=Subquery(asked.values("public_id")[:1]), draft_id=Subquery(draft.values("public_id")[:1])
    )
    advising = list(Council.objects.advising(desk).order_by("name").prefetch_related("instruments"))
    may_keep = request.user.has_perm("consultations.keep_agenda", desk)
    return draw_agenda(request, Side(desk), rows, advising, may_keep=may_keep)


@require_safe
@requires("consultations.view_council_agenda")
def council_agenda(request: HttpRequest, council: str) -> HttpResponse:
    room = get_for(request, Council.objects.prefetch_related("instruments"), slug=council)
    asked = still_there(request__topic=OuterRef("pk"), council=room).order_by("-received_on", "-pk")
    rows = PolicyTopic.objects.for_council(room).annotate(asked_id=Subquery(asked.values("public_id")[:1]))
    may_keep = request.user.has_perm("consultations.keep_council_agenda", room)
    keeps = may_keep and recipients.without_people(Authority.objects.advised_by(room)).exists()
    return draw_agenda(request, Side(room), rows, [room], may_keep=keeps)


def still_there(**lookup: Any) -> QuerySet[CouncilRequest]:
    """A request that was withdrawn asks nothing any more."""
    return CouncilRequest.objects.filter(**lookup).exclude(state=RequestState.WITHDRAWN)


SHOWN = {"gevraagd": "asked", "niet-gevraagd": "not_asked", "van-de-agenda": "dropped"}


def draw_agenda(
    request: HttpRequest, side: Side, rows: QuerySet[PolicyTopic], councils: list[Council], *, may_keep: bool
) -> HttpResponse:
    shown = SHOWN.get(request.GET.get("toon", ""), "all")
    if shown == "dropped":
        rows = rows.announced().filter(dropped_on__isnull=False).order_by("-dropped_on", "-pk")  # type: ignore[attr-defined]
    else:
        rows = rows.on_agenda()  # type: ignore[attr-defined]
        if shown != "all":
            rows = rows.filter(asked_id__isnull=shown == "not_asked")
        # What is still to be asked by its day, then what was asked, newest first.
        waiting = Case(When(asked_id__isnull=True, then=F("request_expected_on")))
        rows = rows.order_by(waiting.asc(nulls_last=True), F("request_expected_on").desc(nulls_last=True), "-pk")
    named_ids = Council.objects.filter(announced_topics=OuterRef("pk")).values("pk")
    rows = rows.annotate(named_ids=ArraySubquery(named_ids)).select_related("contact", "authority")
    page = page_of(rows, request)
    today, listed = localdate(), []
    for topic in page:
        concerned = [council for council in councils if not topic.named_ids or council.pk in topic.named_ids]
        waits = topic.asked_id is None and topic.dropped_on is None
        listed.append(
            {
                "topic": topic,
                "url": side.url("topic", topic.public_id),
                "councils": concerned,
                "overdue": waits and topic.request_expected_on and topic.request_expected_on < today,
                "short": waits and any(lead_notices(topic, council, today=today) for council in concerned),
            }
        )
    chips = [
        ("", _("Everything"), "all"),
        ("niet-gevraagd", _("Not asked yet"), "not_asked"),
        ("gevraagd", _("Asked"), "asked"),
        ("van-de-agenda", _("Off the agenda"), "dropped"),
    ]
    context = {
        **side.context,
        "page_obj": page,
        "rows": listed,
        "shown": shown,
        "chips": chips,
        "may_keep": may_keep,
        "announce_url": side.url("announce"),
    }
    return render(request, "consultations/agenda_list.html", context)


# --- the page of a topic --------------------------------------------------------------------------------------------


def find_desk_topic(request: HttpRequest, authority: str, public_id: str) -> PolicyTopic:
    """Every topic of the authority has its page, announced or not."""
    desk = get_for(request, Authority, slug=authority)
    topic = get_object_or_404(desk.policy_topics.select_related("contact"), public_id=public_id)
    topic.authority = desk
    return topic


def find_room_topic(request: HttpRequest, council: str, public_id: str) -> tuple[Council, PolicyTopic]:
    """What is announced to this council, also after it went off the agenda."""
    room = get_for(request, Council, slug=council)
    topics = PolicyTopic.objects.announced().for_council(room).select_related("contact", "authority")
    return room, get_object_or_404(topics, public_id=public_id)


@require_safe
@requires("consultations.view_agenda")
def topic(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    found = find_desk_topic(request, authority, public_id)
    desk = found.authority
    events = story_at_desk(found, desk)
    concerned = list(recipients.councils_of(found).prefetch_related("instruments"))
    may_keep = request.user.has_perm("consultations.keep_agenda", desk)
    draft = found.requests.drafts().order_by("created_at").first() if may_keep else None
    extra = {
        "draft": draft,
        "may_keep": may_keep,
        "may_talk": may_keep,
        "may_answer": may_keep,
        "may_ask": may_keep and request.user.has_perm("consultations.create_request", desk),
    }
    return draw_topic(request, Side(desk), found, events, concerned, extra)


@require_safe
@requires("consultations.view_council_agenda")
def council_topic(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    room, found = find_room_topic(request, council, public_id)
    events = story_in_room(found, room)
    keeps = request.user.has_perm("consultations.keep_council_agenda", room) and not recipients.takes_part(
        found.authority
    )
    leads = request.user.has_perm("consultations.think_along", room)
    extra = {
        "may_keep": keeps,
        "may_talk": leads,
        "may_answer": keeps,
        "start_advice_url": url_or_none("advice:start_from_topic", room.slug, found.public_id) if leads else "",
        "heard": room.activities.filter(topics=found).count(),
    }
    return draw_topic(request, Side(room), found, events, [room], extra)


def draw_topic(
    request: HttpRequest, side: Side, found: PolicyTopic, events: list[Event], concerned: list[Council],
    extra: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    on_agenda = found.announced_on is not None and found.dropped_on is None
    open_parts = [e.part for e in events if e.part and e.part.state != RequestState.WITHDRAWN]
    waits = on_agenda and not open_parts
    person = request.user.person if extra["may_talk"] else None
    story = [line_of(side, found, event, person) for event in events]
    context = {
        **side.context,
        "topic": found,
        "on_agenda": on_agenda,
        "asked": bool(open_parts),
        "overdue": waits and found.request_expected_on and found.request_expected_on < localdate(),
        "notices": [n for c in concerned for n in lead_notices(found, c)] if waits else [],
        "councils": concerned,
        "laws": [Law(law).label for law in found.laws],
        "story": story,
        "writing": next((line for line in story if line["event"].kind == "writing"), None),
        "urls": {
            "change": side.url("change_announcement", found.public_id),
            "drop": side.url("drop_topic", found.public_id),
            "talk": side.url("record_talk", found.public_id),
            "announce": f"{side.url('announce')}?onderwerp={found.public_id}",
        },
        **extra,
    }
    return render(request, "consultations/agenda_topic.html", context)


def line_of(side: Side, found: PolicyTopic, event: Event, person: Person | None) -> dict[str, Any]:
    """An event with the address of the page that has it, on this side. `person` writes talks down here."""
    url = ""
    if event.part:
        url = event.part.get_absolute_url() if side.council else event.part.request.get_absolute_url()
    elif event.public_id and side.council:
        url = url_or_none("advice:detail", side.council.slug, event.public_id)
    elif event.public_id and side.authority:
        url = url_or_none("advice:desk_letter", side.authority.slug, event.public_id)
    line = {"event": event, "words": time_words(event), "url": url}
    if event.talk:
        line["answer_url"] = side.url("answer_talk", found.public_id, event.talk.public_id)
        if person and event.talk.can_correct(person, at_authority=side.authority is not None):
            line["correct_url"] = side.url("correct_talk", found.public_id, event.talk.public_id)
    return line


@require_POST
@requires("consultations.create_request")
def ask_from_topic(request: HttpRequest, authority: str, public_id: str) -> HttpResponse:
    found = find_desk_topic(request, authority, public_id)
    try:
        draft = actions.ask_from_topic(found, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("consultations:topic", authority, public_id)
    messages.success(request, _("What the agenda knows is filled in. Check it and go on."))
    return redirect("consultations:step", authority, draft.public_id, "onderwerp")
