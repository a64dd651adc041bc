from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not delivered")
    PAPER = "paper", _("To be sent on paper")
    POSTED = "posted", _("Sent on paper")
    DROPPED = "dropped", _("No longer needed")


MESSAGE_ARROWS = {
    MessageState.WAITING: {MessageState.SENDING, MessageState.DROPPED},
    MessageState.SENDING: {
        MessageState.SENT,
        MessageState.WAITING,
        MessageState.REFUSED,
        MessageState.PAPER,
        MessageState.DROPPED,
    },
    MessageState.REFUSED: {MessageState.WAITING, MessageState.PAPER},
    MessageState.PAPER: {MessageState.POSTED, MessageState.DROPPED},
    MessageState.SENT: set(),
    MessageState.POSTED: set(),
    MessageState.DROPPED: set(),
}
