"""{% load post %}: the state of a message as a badge, the same on every page."""

from django import template
from django.utils.safestring import SafeString

from portal.models import Message
from portal.states import MessageState
from portal.templatetags.portal import badge

register = template.Library()
LOOKS = {
    MessageState.WAITING: ("neutral", "clock"),
    MessageState.HELD: ("warning", "lock"),
    MessageState.COLLECTED: ("neutral", "clock"),
    MessageState.SENDING: ("active", "send"),
    MessageState.SENT: ("safe", "check"),
    MessageState.REFUSED: ("danger", "error"),
    MessageState.BOUNCED: ("danger", "back"),
    MessageState.PAPER: ("warning", "print"),
    MessageState.POSTED: ("safe", "check"),
    MessageState.DROPPED: ("neutral", "cross"),
}


@register.simple_tag
def message_badge(message: Message) -> SafeString:
    return badge(message.get_state_display(), *LOOKS[MessageState(message.state)])
