"""What comes in by mail. Each handler looks at a mail and says what it made of it, or None when it is not for it.

    @handles(order=2)
    def calendar_answer(mail: EmailMessage) -> Inbound | None: ...

The reader of the mailbox asks the handlers in order and keeps one row (portal.models.InboundMail) of what came out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from portal.models import Message
from portal.states import InboundKind, InboundOutcome


@dataclass(frozen=True)
class Inbound:
    """`reason`: why it was set aside or what was noted, in a sentence for the secretary without personal data."""

    kind: InboundKind
    state: InboundOutcome
    reason: str = ""
    about: Message | None = None
    council_id: int | None = None


Handler = Callable[[EmailMessage], Inbound | None]
HANDLERS: list[tuple[int, Handler]] = []


def handles(*, order: int) -> Callable[[Handler], Handler]:
    """Low numbers first: 1 what came back and automatic answers, 2 answers from a calendar."""

    def register(handler: Handler) -> Handler:
        HANDLERS.append((order, handler))
        HANDLERS.sort(key=lambda one: one[0])
        return handler

    return register


def handled(mail: EmailMessage) -> Inbound | None:
    """What the first handler that knows this mail made of it."""
    return next((found for _order, handler in HANDLERS if (found := handler(mail))), None)
