from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    HELD = "held", _("Held back")
    COLLECTED = "collected", _("Goes along in the overview")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not delivered")
    BOUNCED = "bounced", _("Came back")
    PAPER = "paper", _("To be sent on paper")
    POSTED = "posted", _("Sent on paper")
    DROPPED = "dropped", _("No longer needed")


MESSAGE_ARROWS = {
    MessageState.WAITING: {MessageState.SENDING, MessageState.DROPPED, MessageState.HELD, MessageState.PAPER},
    MessageState.HELD: {MessageState.WAITING, MessageState.DROPPED, MessageState.PAPER},
    MessageState.COLLECTED: {MessageState.SENT, MessageState.DROPPED, MessageState.WAITING},
    MessageState.SENDING: {
        MessageState.SENT,
        MessageState.WAITING,
        MessageState.REFUSED,
        MessageState.PAPER,
        MessageState.DROPPED,
    },
    MessageState.REFUSED: {MessageState.WAITING, MessageState.PAPER, MessageState.DROPPED},
    MessageState.PAPER: {MessageState.POSTED, MessageState.DROPPED},
    MessageState.BOUNCED: {MessageState.WAITING, MessageState.PAPER, MessageState.DROPPED},
    MessageState.SENT: {MessageState.BOUNCED, MessageState.WAITING},
    MessageState.POSTED: set(),
    MessageState.DROPPED: set(),
}

NOT_LEFT = [MessageState.WAITING, MessageState.HELD, MessageState.COLLECTED, MessageState.PAPER]


class Frequency(TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Not")


class InboundKind(TextChoices):
    ANSWER = "answer", _("Answer from a calendar")
    BOUNCE = "bounce", _("Mail that came back")
    AUTOMATIC = "automatic", _("Automatic answer")
    OTHER = "other", _("Other mail")


class InboundOutcome(TextChoices):
    DONE = "done", _("Handled")
    SET_ASIDE = "set_aside", _("Set aside")
