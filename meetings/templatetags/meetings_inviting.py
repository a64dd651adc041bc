"""What the page of a meeting shows of inviting: `{% load meetings_inviting %}`."""

from typing import Any

from django import template
from django.template import Context

from meetings.models import Meeting
from meetings.states import Channel, MeetingState
from meetings.templatetags.meeting_page import gets_letter

register = template.Library()


@register.inclusion_tag("meetings/_inviting.html", takes_context=True)
def inviting_desk(context: Context, meeting: Meeting) -> dict[str, Any]:
    """What is to be printed, posted, phoned and arranged."""
    told = meeting.state in (MeetingState.INVITED, MeetingState.CANCELLED)
    invitees = context.get("invitees") or []
    paper = [invitee for invitee in invitees if gets_letter(invitee)]
    phone = [invitee for invitee in invitees if invitee.channel == Channel.PHONE]
    if meeting.state == MeetingState.CANCELLED:  # no letter is quick enough
        paper, phone = [], [invitee for invitee in invitees if invitee.channel != Channel.EMAIL]
    return {
        "meeting": meeting, "council": context["council"], "csrf_token": context.get("csrf_token"),
        "on_paper": len(paper), "to_post": sum(invitee.posted_on is None for invitee in paper),
        "by_phone": len(phone), "to_phone": sum(invitee.phoned_on is None for invitee in phone),
        "keeps": told and context["request"].user.has_perm("meetings.see_needs", meeting),
    }  # fmt: skip


@register.inclusion_tag("meetings/_waiting.html", takes_context=True)
def waiting_invitations(context: Context, meeting: Meeting) -> dict[str, Any]:
    """The round that can still be undone: at the top, while there is time. After that what has not left all the same:
    because the mail server is away, or because it is held back."""
    invitees = (context.get("invitees") or []) if meeting.state == MeetingState.INVITED else []
    rounds = {invitee.round for invitee in invitees if invitee.round and invitee.round.can_be_undone}
    round = max(rounds, key=lambda round: round.pk, default=None)
    return {
        "meeting": meeting, "council": context["council"], "csrf_token": context.get("csrf_token"), "round": round,
        "late": 0 if round else sum(invitee.has_unsent for invitee in invitees),
    }  # fmt: skip


@register.simple_tag(takes_context=True)
def reads_notes(context: Context, meeting: Meeting) -> bool:
    """What somebody told the secretary is for the secretary."""
    return context["request"].user.has_perm("meetings.see_needs", meeting)
