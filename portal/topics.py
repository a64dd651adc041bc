"""What messages are about. Every kind of message belongs to one topic, registered with its builder (portal.post).

A topic that belongs to somebody's task always comes at once; of any other the person chooses how often.
A kind that was not registered counts as one that always comes: nothing is lost by a slip.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.models import Message
from portal.states import Frequency

Line = Callable[[Message], str]
ALWAYS = (Frequency.AT_ONCE,)
OFTEN = (Frequency.AT_ONCE, Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER)


@dataclass(frozen=True)
class Topic:
    """`why` is completed with the name of the council; `always` says why a statutory mail comes."""

    slug: str
    name: Any
    about: Any
    frequencies: tuple[Frequency, ...] = OFTEN
    why: Any = field(default=_("You get this mail because you take part in %(name)s."))
    always: Any = field(default=_("This mail belongs to your task and always comes."))

    @property
    def is_statutory(self) -> bool:
        return self.frequencies == ALWAYS


MEETINGS = Topic(
    "meetings", _("Invitation, change and cancellation of a meeting"),
    _("Without these you would not know when to come."), ALWAYS,
)  # fmt: skip
ASKED = Topic(
    "asked", _("Votes and questions to you"),
    _("Your council waits for your answer. What others enter for you is here too."), ALWAYS,
)  # fmt: skip
LETTERS = Topic(
    "letters", _("Letters, requests for advice and answers"), _("A last day often begins with them."), ALWAYS,
    always=_("A message like this always comes."),
)  # fmt: skip
ACCOUNT = Topic(
    "account", _("Signing in and your account"), _("Without these you cannot get in."), ALWAYS,
    always=_("A message like this always comes."),
)  # fmt: skip
PAPERS = Topic(
    "papers", _("Papers and minutes of meetings"),
    _("There is a new paper for a meeting, or minutes to read."),
)  # fmt: skip
WRITING = Topic(
    "writing", _("What members write"), _("What happens with proposals and texts for an advice."),
)  # fmt: skip
AGENDA = Topic(
    "agenda", _("Long-term agenda of the authority"),
    _("A topic is new, moves or goes, and what is done with your talks about it."),
)  # fmt: skip
PROMISES = Topic(
    "promises", _("Promises to the council"), _("A promise was kept, or the council does not agree."),
)  # fmt: skip
REMINDERS = Topic(
    "reminders", _("Reminders"),
    _("A reminder comes at once or not at all: in an overview it would come too late."),
    (Frequency.AT_ONCE, Frequency.NEVER),
)  # fmt: skip
# The overview itself: what is chosen here holds for all that comes in it.
OVERVIEW = Topic("overview", _("Overview of messages"), _("This holds for everything that comes in your overview."))

# In the order of the page: what one chooses first, then what always comes.
TOPICS = {
    topic.slug: topic for topic in (PAPERS, WRITING, AGENDA, PROMISES, REMINDERS, MEETINGS, ASKED, LETTERS, ACCOUNT)
}
CHOSEN = [topic for topic in TOPICS.values() if not topic.is_statutory]
STATUTORY = [topic for topic in TOPICS.values() if topic.is_statutory]


@dataclass(frozen=True)
class Kind:
    """A kind of message, as portal.post.builds registers it.

    `name`: what the outbox calls it. `line`: what an overview says of one message, in some words. `batched`: changes of
    one thing within some minutes become one message, so its builder tells of the thing as it is then (the `about` of
    post()). `must_go`: a letter or another proof, which nobody drops by hand.
    """

    topic: Topic
    name: Any
    line: Line | None = None
    batched: bool = False
    must_go: bool = False


KINDS: dict[str, Kind] = {}


def topic_of(kind: str) -> Topic | None:
    found = KINDS.get(kind)
    return found.topic if found else None


def name_of(kind: str) -> str:
    """Also of a kind that an older version had."""
    return str(KINDS[kind].name) if kind in KINDS else gettext("Message")


def must_go() -> list[str]:
    return [kind for kind, found in KINDS.items() if found.must_go]


def suppressible() -> list[str]:
    return [kind for kind, found in KINDS.items() if not found.topic.is_statutory]
