"""Pieces of the page of a meeting: `{% load meeting_page %}`."""

import json
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.minutes import minutes_of
from meetings.models import Invitee, Meeting
from meetings.states import Aim, Channel, MeetingState, MinutesState
from portal.mail import link

register = template.Library()


@register.inclusion_tag("meetings/_next_step.html", takes_context=True)
def meeting_next_step(context: Context, meeting: Meeting) -> dict[str, Any]:
    """The one thing that the secretary does next: agenda, papers, invite, hold, minutes."""
    posts = context["request"].user.has_perm("meetings.print_post", meeting)
    step = step_of(meeting, list(context["items"]), list(context["invitees"]), posts=posts)
    if step:
        name = step.pop("page")
        step["url"] = reverse(f"meetings:{name}", args=[meeting.council.slug, meeting.public_id]) + step.pop("at", "")
    return {"step": step, "due": context.get("invitations_by") if step and step.get("due") else None}


@register.simple_tag
def event_data(meeting: Meeting) -> SafeString:
    """A public meeting for search engines, as schema.org describes it. It is data and no script: the policy of the
    page lets no script run that stands in it."""
    council = meeting.council
    cancelled = meeting.state == MeetingState.CANCELLED
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Event", "name": meeting.title, "inLanguage": "nl",
        "startDate": timezone.localtime(meeting.starts_at).isoformat(),
        "endDate": timezone.localtime(meeting.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "isAccessibleForFree": True,
        "url": link(reverse("meetings:public_meeting", args=[council.slug, meeting.public_id])),
        "organizer": {"@type": "Organization", "name": council.name},
    }  # fmt: skip
    if meeting.place:
        data["location"] = {"@type": "Place", "name": meeting.place, "address": meeting.place}
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":  # a title cannot end the element
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped just above


def step_of(meeting: Meeting, items: list, invitees: list, *, posts: bool) -> dict[str, Any] | None:
    if meeting.state == MeetingState.CANCELLED:
        return None
    if meeting.state == MeetingState.HELD:
        to_report = {"page": "report", "action": _("To the report")}
        if not all(item.report or item.decision for item in items):
            return {"text": _("Write the minutes.")} | to_report
        minutes = minutes_of(meeting)
        if minutes is None or minutes.state != MinutesState.DRAFT:
            return None
        return {"text": _("Send the minutes to the members.")} | to_report
    if meeting.has_started:
        if not meeting.is_over or meeting.opened_at:
            return {"text": _("Hold the meeting."), "page": "lead", "action": _("Lead the meeting")}
        return {
            "text": _("Note who was there and write the report."),
            "page": "attendance",
            "action": _("Who was there?"),
        }
    if not items:
        invited = meeting.state == MeetingState.INVITED or meeting.parent_id
        text = _("Make the agenda.") if invited else _("Make the agenda. Nobody is invited yet.")
        return {"text": text, "page": "agenda", "action": _("To the agenda")}
    if meeting.state == MeetingState.PLANNED:
        return _papers_or_invite(meeting, items)
    if meeting.leaves_at:
        return None  # nobody can have answered; undoing stands above this
    letters = sum(invitee.posted_on is None and gets_letter(invitee) for invitee in invitees) if posts else 0
    if letters and not meeting.parent_id:
        text = ngettext("%(n)s letter must still be posted.", "%(n)s letters must still be posted.", letters)
        return {"text": text % {"n": letters}, "page": "detail", "at": "#post", "action": _("To the letters")}
    silent = sum(invitee.answer == "none" for invitee in invitees)
    if not silent:
        return None
    text = ngettext("%(n)s person has not answered yet.", "%(n)s people have not answered yet.", silent)
    return {"text": text % {"n": silent}, "page": "detail", "at": "#wie", "action": _("Who is coming?")}


def gets_letter(invitee: Invitee) -> bool:
    return invitee.channel == Channel.PAPER or invitee.has_letter


def _papers_or_invite(meeting: Meeting, items: list) -> dict[str, Any]:
    bare = [item for item in items if item.aim == Aim.DECIDE and not item.papers.all()]
    if meeting.parent_id:
        return {"text": _("The invitation goes out with the whole meeting."), "page": "detail", "at": "#agenda",
                "action": _("Look at the agenda")}  # fmt: skip
    invite = {"page": "invite", "action": _("To the invitations"), "due": True}
    if not bare:
        return invite | {"text": _("Check the agenda and invite the members.")}
    text = ngettext(
        "Invite the members. %(n)s decision has no paper yet.",
        "Invite the members. %(n)s decisions have no paper yet.",
        len(bare),
    )
    return invite | {"text": text % {"n": len(bare)}}
